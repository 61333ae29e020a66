import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation
import Probing
import TestSupport
import Testing

/// Random changes of evidence (`Tests/Bench/mutations.py`), left as they are or signed anew, under options drawn at random: both
/// verifiers must give one exit code.
@Suite("Two verifiers", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
struct VerifierDifferenceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let mutations = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Bench/mutations.py").path

  /// What a line of options asks for.
  private struct Options {
    var keys: [NoteKey] = []
    var witnesses: [NoteKey] = []
    var anchors: [X509Certificate] = []
    var earlier: [SignedNote] = []

    init(_ words: [String]) throws {
      for place in stride(from: 0, to: words.count, by: 2) {
        let value = words[place + 1]
        switch words[place] {
        case "--key": keys.append(try #require(NoteKey(value)))
        case "--witness": witnesses.append(try #require(NoteKey(value, algorithm: .cosignature)))
        case "--authority": anchors += X509Certificate.all(pem: try FileBytes.read(value))
        default: earlier.append(try #require(HeadUpdate(parsing: try FileBytes.read(value))).note)
        }
      }
    }
  }

  private func differences(_ evidence: String, _ seed: Int, _ count: Int, vouching: [String] = []) throws -> [Int: Int]
  {
    let run = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    let output = try IndependentPython.run(
      run,
      arguments: [
        Self.mutations, "write", evidence, folder.file("lab.key"), SecondVerifier.script, "\(seed)", "\(count)",
        folder.file("changed"),
      ] + vouching)
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == count)
    var codes: [Int: Int] = [:]
    for (number, line) in lines.enumerated() {
      let made = JSONValue(parsing: String(line))?.array ?? []
      let second = made.last?.integer ?? -1
      let options = try Options(made.dropFirst().first?.array?.compactMap(\.string) ?? [])
      let checks = try? EvidenceVerification(
        of: try EvidencePlace.open(folder.file("changed/\(number)")), reader: DialectReader(), keys: options.keys,
        witnesses: options.witnesses, anchors: options.anchors, earlier: options.earlier
      ).checks
      let own = checks.map { $0.filter(\.failed).map(\.promise).min().map { 20 + $0.rawValue } ?? 0 } ?? 3
      codes[own, default: 0] += 1
      #expect(own == second, "\(number) \(line): \(String(describing: checks?.filter(\.failed)))")
    }
    return codes
  }

  @Test("on evidence of eleven dialects, with streams and without")
  func dialects() throws {
    try #require(SigningKey(newNamed: "lab.example.org")).write(to: folder.file("lab.key"))
    let codes = try differences(OldEvidenceTests.fixture, 15, 200)
    // The changes reach all kinds of promises that both look at.
    for code in [20, 21, 22, 23, 25] { #expect(codes[code, default: 0] > 0, "\(codes)") }
  }

  @Test(
    "on evidence with time stamps, a witness, a sealed probe, a given answer and names beyond ASCII",
    .enabled(if: LocalAuthority.isHere, "\(LocalAuthority.note)"))
  func vouched() throws {
    let place = try TemporaryFolder()
    let authority = try LocalAuthority(in: place.path, key: .p256)
    let key = try #require(SigningKey(newNamed: "lab\u{E9}"))
    let witness = try #require(SigningKey(newNamed: "other.example.org"))
    try key.write(to: folder.file("lab.key"))
    try witness.write(to: folder.file("witness.key"))
    let evidence = folder.file("base.evidence")
    try write(evidence, key, witness, authority)
    let checks = try EvidenceVerification(
      of: try EvidencePlace.open(evidence), reader: DialectReader(), keys: [key.key], witnesses: [witness.key],
      anchors: X509Certificate.all(pem: try FileBytes.read(authority.anchor))
    ).checks
    #expect(checks.filter(\.failed) == [])
    let codes = try differences(evidence, 16, 150, vouching: [place.path, folder.file("witness.key")])
    for code in [0, 20, 21, 22, 23, 25] { #expect(codes[code, default: 0] > 0, "\(codes)") }
    withExtendedLifetime(place) {}
  }

  private static func configuration() throws -> CaseConfiguration {
    // The tokens are those of the model whose name is written with one code point.
    let given = #"{"text": "Yes.", "prompt_id": "p0", "sample": 0, "of": "t", "tokens": {"e\u0301": [7, 8], "s": [9]}}"#
    let lines = [
      #"{"id": "p0", "prompt": "Question 0?"}"#, #"{"id": "p1", "prompt": "Sealed?"}"#,
      #"{"id": "p2", "prompt": "Question 2?", "given": \#(given)}"#,
    ].map { $0 + "\n" }.joined()
    func model(_ name: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:9/v1", model: "\(name)-v1"),
        lineage: Lineage.Entry(developer: "A"))
    }
    return CaseConfiguration(
      name: "two", seed: 7, suspect: model("s"), candidates: [model("t")],
      cohort: ["a", "b", "c", "\u{E9}"].map(model),
      probeSets: [try ProbeSet.parse(Array(lines.utf8), file: "open.jsonl")], sampling: Sampling(temperature: 0.7))
  }

  /// Stamped and cosigned in the order of a run: each stamp is later than what it covers, the first earlier than any attempt.
  private func write(
    _ path: String, _ key: SigningKey, _ witness: SigningKey, _ authority: LocalAuthority
  ) throws {
    let url = "http://tsa.example.org"
    let certificates = X509Certificate.all(pem: try FileBytes.read(authority.anchor))
    func stamp(_ store: CaseStore) throws {
      let head = try store.signedHead(by: key)
      let request = TimeStampRequest(for: Array(head.note.written.utf8))
      try store.add(
        .init(authority: url, request: request.bytes, response: try authority.reply(to: request.bytes)), to: head)
    }
    let store = try EvidenceSample.store(
      at: folder.file("base.retort"), key: key,
      custody: PlannedCustody(authorities: [.init(url: url, certificates: certificates)]), pace: 1_000_000,
      configuration: try Self.configuration(), begun: stamp)
    try stamp(store)
    let last = try #require(try store.checkpoints().last)
    try store.add(
      cosigned: last.note.cosigned(by: witness, time: Int(Date().timeIntervalSince1970) + 60), file: "witness")
    _ = try EvidenceExport(store, key: key, withholding: .probes([PromptID("p1")]), attachments: []).write(to: path)
    try store.close()
  }
}
