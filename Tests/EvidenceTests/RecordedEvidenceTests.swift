import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Probing
import TestSupport
import Testing

/// Evidence of a case some of whose models were not asked: what both verifiers see of them.
@Suite("Evidence of recorded answers")
struct RecordedEvidenceTests {
  let folder: TemporaryFolder
  let key: SigningKey

  init() throws {
    folder = try TemporaryFolder()
    key = try #require(SigningKey(newNamed: "lab.example.org"))
  }

  /// The sample's case with two models of the cohort recorded, one of them by prompt and compressed.
  private func configuration() throws -> CaseConfiguration {
    let sample = try SampleCase.configuration(probes: 4)
    let byID = (0..<4).map { #"{"prompt_id": "p\#($0)", "text": "Recorded \#($0)"}"# + "\n" }.joined()
    let byPrompt =
      (0..<3).map {
        #"{"prompt": "Question \#($0)?", "text": "<think>hm</think>Also \#($0)", "sample": \#($0)}"# + "\n"
      }.joined()
      + #"{"prompt": "Anything else?", "text": "No."}"# + "\n"
    func recorded(_ name: String, _ text: String) throws -> CaseConfiguration.Member {
      let matching = try RecordedAnswers(to: sample.probes).read(Array(text.utf8), file: name, model: ModelID(name))
        .matching
      return .recorded(
        CaseConfiguration.RecordedModel(
          id: ModelID(name),
          recording: Recording(
            file: "in/\(name).jsonl", bytes: Array(text.utf8), origin: .init(by: "somebody", date: "2024"),
            matching: matching)))
    }
    return CaseConfiguration(
      name: sample.name, seed: sample.seed, suspect: sample.suspect, candidates: sample.candidates,
      cohort: Array(sample.cohort.dropLast(2)) + [try recorded("x", byID), try recorded("y", byPrompt)],
      probeSets: sample.probeSets, sampling: sample.sampling)
  }

  private func exported(_ withholding: EvidenceWithholding = .nothing, as name: String = "case") throws
    -> EvidenceSample
  {
    let store = try EvidenceSample.store(
      at: folder.file("\(name).retort"), key: key, configuration: try configuration())
    let contents = try store.contents()
    #expect(contents.transcripts[ModelID("x")]?.responses.map(\.text) == (0..<4).map { "Recorded \($0)" })
    #expect(contents.transcripts[ModelID("y")]?.responses.map(\.reasoning) == ["hm", "hm", "hm"])
    #expect(contents.run?.recorded?.map(\.matching.leftOut) == [0, 1])
    #expect(contents.run?.endpoints.map(\.model.rawValue) == ["s", "t", "a", "b"])
    let path = folder.file("\(name).evidence")
    _ = try EvidenceExport(store, key: key, withholding: withholding, attachments: []).write(to: path)
    try store.close()
    return try EvidenceSample(folder: path)
  }

  private func verification(_ evidence: EvidenceSample) throws -> EvidenceVerification {
    try EvidenceVerification(of: evidence, reader: DialectReader(), keys: [key.key])
  }

  private func failures(_ evidence: EvidenceSample) throws -> Set<EvidenceCheck.Subject> {
    Set(try verification(evidence).checks.filter(\.failed).map(\.subject))
  }

  @Test("bytes, digests and counts lie in the evidence, and both verifiers see that they hold")
  func whole() throws {
    let evidence = try exported()
    let verification = try verification(evidence)
    #expect(verification.checks.filter(\.failed).isEmpty && verification.isComplete)
    #expect(verification.checks.contains { $0.subject == .recorded && !$0.failed })
    let contents = try verification.contents()
    #expect(contents.transcripts[ModelID("y")]?.responses.count == 3 && contents.run?.recorded?.count == 2)
    if IndependentPython.isHere {
      let second = try evidence.secondVerifier(["--key", key.key.text(.note)])
      #expect(second.status == 0 && second.output.contains("✓ recorded: 2 models were not asked"), "\(second.output)")
    }
  }

  @Test("another file in place of a recorded one is refused by both, whoever signs it")
  func exchanged() throws {
    var evidence = try exported()
    let digest = try configuration().recorded[0].recording.digest.hex
    let place = "blobs/sha256/\(digest.prefix(2))/\(digest.dropFirst(2))"
    evidence.files[place] = Array(#"{"prompt_id": "p0", "text": "Invented"}"#.utf8)
    try evidence.sign(with: key)
    #expect(try failures(evidence).isSuperset(of: [.manifest, .bodies, .recorded]))
    if IndependentPython.isHere { #expect(try evidence.secondVerifier().status == 20) }
    evidence.files[place] = nil
    try evidence.sign(with: key)
    #expect(try failures(evidence).isSuperset(of: [.bodies, .recorded]))
    if IndependentPython.isHere { #expect(try evidence.secondVerifier().status == 20) }
  }

  @Test("a protocol that counts other answers than the file holds is refused by both")
  func miscounted() throws {
    var evidence = try exported()
    evidence.records = evidence.records.map { $0.replacing(#""left_out":1"#, with: #""left_out":0"#) }
    let records = try #require(JSONValue(parsing: evidence.records[0])?["protocol"])
    evidence.files["protocol.json"] = Array(records.canonical.utf8)
    evidence.rehash()
    try evidence.sign(with: key)
    let failed = try failures(evidence)
    #expect(failed.contains(.recorded) && !failed.contains(.bodies), "\(failed)")
    if IndependentPython.isHere {
      let second = try evidence.secondVerifier()
      #expect(second.output.contains("✗ recorded: the recorded answers of y are to other probes"), "\(second.output)")
    }
  }

  /// Answers to all four probes, that to the last in a line that is odd.
  private static func file(_ line: String, before: String = "") -> [UInt8] {
    Array((before + (0..<3).map { #"{"prompt_id":"p\#($0)","text":"A"}"# + "\n" }.joined() + line + "\n").utf8)
  }

  /// A line that answers the last probe and has a further member.
  private static func line(_ member: String) -> String { #"{"prompt_id":"p3","text":"A",\#(member)}"# }

  private static let plain = #"{"prompt_id":"p3","text":"A"}"#

  static let readable =
    [
      line(#""sample":1.0"#), line(#""sample":null"#), line(#""sample":1e400"#), line(#""reasoning":null"#),
      line(#""x":NaN"#), line(#""x":"\\ud800""#), line(#""x":"\ud83d\ude00""#), line(#""sample":1,"sample":null"#),
      line(#""logprobs":[{"token":"A","id":1.0,"bytes":[65],"logprob":-1,"top_logprobs":null}]"#),
      #"{"prompt_id":"p0","prompt_id":"p3","text":"A","reasoning":null}"#, "\u{FEFF}" + plain, plain + "\r",
    ].map { file($0) } + [file(plain, before: "\u{FEFF}"), file(plain, before: "\u{FEFF} \r\n")]

  static let unreadable =
    [
      line(#""sample":1.5"#), line(#""sample":"1""#), line(#""sample":true"#), line(#""sample":-4"#),
      line(#""reasoning":5"#), line(#""logprobs":3"#), line(#""logprobs":[{"token":"A","logprob":"x"}]"#),
      line(#""logprobs":[{"token":"A","bytes":[256]}]"#), line(#""logprobs":[null]"#), line(#""x":"\ud800""#),
      line(#""x":"\ud800","x":1"#),
      line(#""x":"# + String(repeating: "[", count: 300) + String(repeating: "]", count: 300)),
      plain + "\n" + #"{"prompt_id":"of no probe","text":"A","sample":"q"}"#,
      #"{"prompt_id":5,"prompt":"Question 3?","text":"A"}"#,
      "[\(plain)]", "\u{FEFF}\u{FEFF}" + plain,
    ].map { file($0) } + [file(plain, before: "\u{FEFF}\u{FEFF}")]

  @Test("what a line of recorded answers may be, both verifiers know alike")
  func odd() throws {
    let whole = try exported()
    let old = try configuration().recorded[0].recording.digest.hex
    func place(_ digest: String) -> String { "blobs/sha256/\(digest.prefix(2))/\(digest.dropFirst(2))" }
    for (bytes, isRead) in Self.readable.map({ ($0, true) }) + Self.unreadable.map({ ($0, false) }) {
      var evidence = whole
      evidence.files[place(old)] = nil
      evidence.files[place(Digest(of: bytes).hex)] = bytes
      evidence.records = evidence.records.map { $0.replacing(old, with: Digest(of: bytes).hex) }
      let stated = try #require(JSONValue(parsing: evidence.records[0])?["protocol"])
      evidence.files["protocol.json"] = Array(stated.canonical.utf8)
      evidence.rehash()
      try evidence.sign(with: key)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(try failures(evidence).contains(.recorded) != isRead, "\(text)")
      guard IndependentPython.isHere else { continue }
      let second = try evidence.secondVerifier()
      #expect(second.output.contains(isRead ? "✓ recorded" : "✗ recorded"), "\(text) \(second.output)")
    }
  }

  @Test("what is withheld of recorded answers is named, and absent: all texts, or files with answers to sealed probes")
  func withheld() throws {
    for (withholding, kept) in [(EvidenceWithholding.texts, 2), (.probes([PromptID("p3")]), 1)] {
      let evidence = try exported(withholding, as: "case\(kept)")
      let digests = try configuration().recorded.map(\.recording.digest.hex)
      let there = digests.filter { evidence.files["blobs/sha256/\($0.prefix(2))/\($0.dropFirst(2))"] != nil }
      #expect(there.count == 2 - kept)
      let verification = try verification(evidence)
      #expect(verification.checks.filter(\.failed).isEmpty && !verification.isComplete)
      if IndependentPython.isHere {
        let second = try evidence.secondVerifier()
        #expect(second.status == 0 && second.output.contains("\(kept) withheld"), "\(second.output)")
      }
    }
  }
}
