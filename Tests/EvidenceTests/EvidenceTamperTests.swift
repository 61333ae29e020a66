import Custody
import Evidence
import Formats
import Foundation
import Probing
import TestSupport
import Testing

@Suite("Evidence that was tampered with")
struct EvidenceTamperTests {
  let folder: TemporaryFolder
  let key: SigningKey
  let sample: EvidenceSample

  init() throws {
    folder = try TemporaryFolder()
    key = try #require(SigningKey(newNamed: "lab.example.org"))
    sample = try EvidenceSample.exported(in: folder, key: key)
  }

  private func failures(_ evidence: EvidenceSample, keys: [NoteKey] = []) throws -> [EvidenceCheck] {
    try EvidenceVerification(of: evidence, reader: DialectReader(), keys: keys).checks.filter(\.failed)
  }

  private func sentence(_ checks: [EvidenceCheck], _ subject: EvidenceCheck.Subject) -> String {
    for check in checks where check.subject == subject {
      if case .failed(let words) = check.finding { return words }
    }
    return ""
  }

  @Test("what was not touched holds, here and for the second verifier")
  func untouched() throws {
    #expect(try failures(sample, keys: [key.key]).isEmpty)
    if IndependentPython.isHere {
      let second = try sample.secondVerifier(["--key", key.key.text(.note)])
      #expect(second.status == 0, "\(second.output)")
    }
  }

  @Test("a flipped byte is found, wherever it is")
  func flippedBytes() throws {
    let bytes = sample.files.sorted { $0.key < $1.key }.flatMap { file in file.value.indices.map { (file.key, $0) } }
    for (path, place) in (0..<120).compactMap({ _ in bytes.randomElement() }) {
      var evidence = sample
      evidence.files[path]?[place] ^= 1 << UInt8.random(in: 0..<8)
      let found = try failures(evidence)
      #expect(!found.isEmpty, "\(path), byte \(place)")
      let expected: EvidenceCheck.Promise = path == "MANIFEST.note" ? .signature : .integrity
      #expect(found.map(\.promise).min() == expected, "\(path), byte \(place): \(found)")
    }
  }

  @Test("each file that is removed is found, and so is one that was added")
  func files() throws {
    for path in sample.files.keys {
      var evidence = sample
      evidence.files[path] = nil
      #expect(try !failures(evidence).isEmpty, "\(path)")
    }
    var evidence = sample
    evidence.files["notes.txt"] = [1]
    #expect(sentence(try failures(evidence), .manifest).contains("notes.txt"))
  }

  @Test("the second verifier finds the same", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func secondVerifier() throws {
    for path in ["outcomes.jsonl", "MANIFEST.note", "checkpoints/00002.note"] {
      var evidence = sample
      let count = evidence.files[path]?.count ?? 1
      evidence.files[path]?[count / 2] ^= 4
      let second = try evidence.secondVerifier()
      #expect(second.status == (path == "MANIFEST.note" ? 21 : 20), "\(path): \(second.output)")
      evidence.files[path] = nil
      let removed = try evidence.secondVerifier()
      #expect(removed.status == (path == "MANIFEST.note" ? 21 : 20), "\(path): \(removed.output)")
    }
  }

  enum Change: String, CaseIterable { case edit, swap, drop, add, clock }

  /// Changes the attempt of order 9, or what stands around it, in records and outcomes alike.
  private func change(_ change: Change, _ evidence: inout EvidenceSample) throws {
    var records = evidence.records
    var outcomes = evidence.lines("outcomes.jsonl")
    let first = try #require(records.firstIndex { $0.contains("\"kind\":\"attempt\"") })
    let place = try #require(records.firstIndex { $0.contains("\"planned_order\":9,") })
    switch change {
    case .edit:
      outcomes[place - first] = outcomes[place - first].replacingOccurrences(of: "Answer 9", with: "Answer X")
      var members = try #require(JSONValue(parsing: records[place])?.object)
      members["answer"] = .string(Digest(of: outcomes[place - first]).hex)
      records[place] = JSONValue.object(members).canonical
    case .swap:
      records.swapAt(place, place + 5)
      outcomes.swapAt(place - first, place - first + 5)
    case .drop:
      records.remove(at: place)
      outcomes.remove(at: place - first)
    case .add:
      records.insert(records[place], at: place + 1)
      outcomes.insert(outcomes[place - first], at: place - first + 1)
    case .clock:
      for index in records.indices.dropFirst(place) {
        var members = try #require(JSONValue(parsing: records[index])?.object)
        for name in ["started", "ended"] {
          guard let time = members[name]?.string else { continue }
          members[name] = .string(
            time.replacingOccurrences(of: "2026-", with: "2025-").replacingOccurrences(of: "2027-", with: "2026-"))
        }
        records[index] = JSONValue.object(members).canonical
      }
    }
    evidence.records = records
    evidence.setLines("outcomes.jsonl", outcomes)
  }

  private func expect(_ evidence: EvidenceSample, _ promise: EvidenceCheck.Promise, _ status: Int32, _ what: String)
    throws
  {
    let found = try failures(evidence)
    #expect(found.map(\.promise).min() == promise, "\(what): \(found)")
    if IndependentPython.isHere {
      let second = try evidence.secondVerifier()
      #expect(second.status == status, "\(what): \(second.output)")
    }
  }

  @Test("attempts that were edited, swapped, dropped, added or set back are found", arguments: Change.allCases)
  func attempts(change: Change) throws {
    var evidence = sample
    try self.change(change, &evidence)
    try expect(evidence, .integrity, 20, "\(change), as it is")
    let found = sentence(try failures(evidence), .records)
    #expect(found.contains("attempt "), "\(found)")
    // With every hash computed anew, only what was signed still tells.
    try evidence.repair()
    let left = try failures(evidence)
    #expect(sentence(left, .records) == "" && sentence(left, .manifest) == "")
    try expect(evidence, .integrity, 20, "\(change), repaired")
    #expect(sentence(left, .root).contains("attempts"), "\(left)")
    #expect(sentence(left, .signature).contains("another list"))
  }

  @Test(
    "with the operator's own key, what is found is what does not fit the plan or the clock",
    arguments: [
      (Change.edit, .meaning, 25), (.swap, .time, 22), (.drop, .completeness, 23), (.add, .completeness, 23),
      (.clock, .time, 22),
    ]
      as [(Change, EvidenceCheck.Promise?, Int32)])
  func insider(change: Change, promise: EvidenceCheck.Promise?, status: Int32) throws {
    var evidence = sample
    try self.change(change, &evidence)
    try evidence.sign(with: key)
    let found = try failures(evidence)
    #expect(found.map(\.promise).min() == promise, "\(found)")
    if IndependentPython.isHere {
      let second = try evidence.secondVerifier()
      #expect(second.status == status, "\(second.output)")
    }
  }

  @Test("the first attempt that differs is named")
  func firstDifference() throws {
    var evidence = sample
    evidence.records = evidence.records.map {
      $0.replacingOccurrences(of: "\"planned_order\":5,", with: "\"planned_order\":6,")
        .replacingOccurrences(of: "\"planned_order\":12,", with: "\"planned_order\":13,")
    }
    #expect(sentence(try failures(evidence), .records).hasPrefix("attempt 6 is not as it was written"))
    evidence = sample
    evidence.setLines(
      "outcomes.jsonl",
      evidence.lines("outcomes.jsonl").map { $0.replacingOccurrences(of: "Answer 4\"", with: "Answer 5\"") })
    #expect(sentence(try failures(evidence), .outcomes) == "what came of attempt 5 is not as it was written")
  }

  @Test("another key than the one that is trusted, or the operator's with another's log, is refused")
  func otherKey() throws {
    let stranger = try #require(SigningKey(newNamed: "lab.example.org"))
    var evidence = sample
    try evidence.sign(with: stranger)
    evidence.setLines("keys.txt", [stranger.key.text(.note)])
    try evidence.sign(with: stranger)
    #expect(try failures(evidence).isEmpty, "by its own word")
    #expect(try failures(evidence, keys: [key.key]).map(\.promise).min() == .signature)
    if IndependentPython.isHere {
      let second = try evidence.secondVerifier(["--key", key.key.text(.note)])
      #expect(second.status == 21, "\(second.output)")
    }
  }

  enum ProofChange: String, CaseIterable { case node, swapped, shortened, lengthened, otherSize, removed }

  @Test(
    "a checkpoint whose proof does not lead from the one before to it is found, though all else is signed anew",
    arguments: ProofChange.allCases)
  func proofs(change: ProofChange) throws {
    let path = "consistency/00002.proof"
    var evidence = sample
    let proof = try #require(ConsistencyProof(String(decoding: evidence.files[path] ?? [], as: UTF8.self)))
    #expect(proof.old == 2 && proof.nodes.count == 3)
    var (old, nodes) = (proof.old, proof.nodes)
    switch change {
    case .node: nodes[0] = Digest(of: "x")
    case .swapped: nodes.swapAt(0, 1)
    case .shortened: nodes.removeLast()
    case .lengthened: nodes.append(nodes[0])
    case .otherSize: old = 3
    case .removed: break
    }
    evidence.files[path] = change == .removed ? nil : Array(ConsistencyProof(old: old, nodes: nodes).text.utf8)
    try evidence.listAndSign(with: key)
    #expect(try failures(evidence).map(\.subject) == [.consistency])
    try expect(evidence, .integrity, 20, "\(change)")
  }

  @Test("a log that does not continue a head that was shown earlier is found, whoever signed it")
  func shownEarlier() throws {
    let note = try #require(SignedNote(parsing: sample.files["checkpoints/00002.note"] ?? []))
    let folder = try TemporaryFolder()
    try folder.write("old 2\n\(Data(Digest(of: "x").bytes).base64EncodedString())\n\n" + note.written, to: "shown.note")
    func failed(_ evidence: EvidenceSample) throws -> [EvidenceCheck.Subject] {
      try EvidenceVerification(of: evidence, reader: DialectReader(), earlier: [note]).checks.filter(\.failed).map(
        \.subject)
    }
    #expect(try failed(sample) == [])
    // An answer that was invented after the head was shown: the operator's own key hides it from all other checks.
    var evidence = sample
    try evidence.invent(order: 9, text: "Invented")
    try evidence.sign(with: key)
    #expect(try failures(evidence).isEmpty)
    #expect(try failed(evidence) == [.consistency])
    if IndependentPython.isHere {
      #expect(try sample.secondVerifier(["--head", folder.file("shown.note")]).status == 0)
      #expect(try evidence.secondVerifier().status == 0)
      let second = try evidence.secondVerifier(["--head", folder.file("shown.note")])
      #expect(second.status == 20 && second.output.contains("✗ consistency"), "\(second.output)")
    }
  }

  @Test("a plan that was not followed to its end is told apart, here and by the second verifier")
  func incomplete() throws {
    let folder = try TemporaryFolder()
    let evidence = try EvidenceSample.exported(in: folder, key: key, skipping: 3)
    try expect(evidence, .completeness, 23, "skipped")
    #expect(sentence(try failures(evidence), .completeness).hasPrefix("3 of 24 planned items were never asked"))
  }

  @Test("no damage crashes the verifier", arguments: 0..<2)
  func damage(seed: Int) throws {
    for _ in 0..<25 {
      var evidence = sample
      for path in sample.files.keys where Int.random(in: 0..<4) == 0 {
        guard var bytes = sample.files[path], !bytes.isEmpty else { continue }
        for _ in 0..<Int.random(in: 1...8) { bytes[Int.random(in: bytes.indices)] = .random(in: .min ... .max) }
        bytes.removeLast(Int.random(in: 0..<bytes.count))
        evidence.files[path] = bytes
      }
      if evidence.files != sample.files { #expect(try !failures(evidence).isEmpty) }
    }
  }
}
