import CaseFile
import Foundation
import TestSupport

/// A small case as evidence, in memory: what was exported, and ways to change it.
struct EvidenceSample: EvidenceSource {
  let name = "sample.evidence"
  var files: [String: [UInt8]]

  func forEachPath(_ body: (String) throws -> Void) throws { for path in files.keys { try body(path) } }

  func contains(_ path: String) -> Bool { files[path] != nil }

  func bytes(of path: String, from offset: Int, count: Int) -> [UInt8] {
    Array((files[path] ?? []).dropFirst(offset).prefix(count))
  }

  /// What an export wrote into a folder.
  init(folder: String) throws {
    files = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where !FileBytes.isFolder("\(folder)/\(path)") {
      files[path] = try FileBytes.read("\(folder)/\(path)")
    }
  }

  /// A case that answered all but one item, whose attempts all failed; its log is signed three times.
  ///
  /// - Parameters:
  ///   - skipping: items of the plan that are never asked.
  ///   - custody: what the protocol promises of signatures and time stamps.
  ///   - origin: when the first attempt began; each is a second after the one before.
  static func store(
    at file: String, key: SigningKey, probes: Int = 4, skipping: Int = 0, custody: PlannedCustody? = nil,
    origin: Date = Date()
  ) throws -> CaseStore {
    let configuration = try SampleCase.configuration(probes: probes)
    let plan = SampleCase.plan(configuration)
    let store = try CaseStore.create(
      at: file, configuration: configuration, plan: plan, tool: "test 1",
      analysis: PlannedAnalysis(
        question: "Was s trained on answers of t?", proposition: "It was.", alternatives: ["no_link"], method: 2,
        channels: ["style": 1], calibration: nil, exclusions: [], stopping: "All are answered."),
      custody: custody, signer: key)
    _ = try store.signedHead(by: key)
    let run = try store.beginRun(started: UTCTime.text(Date()), tool: "test 1")
    for item in try store.remaining().dropLast(skipping) {
      let nanoseconds = item.order * 1_000_000_000
      let failed = item.order == 7
      for _ in 0..<(failed ? 2 : 1) {
        try store.append(attempt(item, origin: origin, nanoseconds: nanoseconds, failed: failed), run: run)
      }
      if item.order == 11 { _ = try store.signedHead(by: key) }
    }
    _ = try store.signedHead(by: key)
    return store
  }

  private static func attempt(_ item: PlannedItem, origin: Date, nanoseconds: Int, failed: Bool) -> Attempt {
    let base =
      failed
      ? SampleCase.failed(item)
      : SampleCase.answered(
        item, text: "Answer \(item.order)", reasoning: item.order % 3 == 0 ? "Thought \(item.order)" : nil)
    let time = origin.addingTimeInterval(Double(nanoseconds) / 1e9)
    return Attempt(
      item: item,
      times: .init(
        started: UTCTime.text(time), ended: UTCTime.text(time.addingTimeInterval(0.5)), startedNanoseconds: nanoseconds,
        firstByteNanoseconds: nil, endedNanoseconds: nanoseconds + 500_000_000),
      request: base.request, response: base.response, outcome: base.outcome, answer: base.answer,
      failure: base.failure, chargedTokens: base.chargedTokens)
  }

  static func exported(
    in folder: TemporaryFolder, key: SigningKey, withholding: EvidenceWithholding = .nothing, skipping: Int = 0
  ) throws -> EvidenceSample {
    let store = try store(at: folder.file("sample.retort"), key: key, skipping: skipping)
    let path = folder.file("sample.evidence")
    _ = try EvidenceExport(
      store, key: key, withholding: withholding,
      attachments: [("report/result.json", Array("{}\n".utf8)), ("VERIFY.md", Array("# How\n".utf8))]
    ).write(to: path)
    try store.close()
    return try EvidenceSample(folder: path)
  }

  // MARK: - Forgery

  var records: [String] {
    get { lines("records.jsonl") }
    set { files["records.jsonl"] = Array(newValue.map { $0 + "\n" }.joined().utf8) }
  }

  func lines(_ path: String) -> [String] {
    String(decoding: files[path] ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
  }

  mutating func setLines(_ path: String, _ lines: [String]) {
    files[path] = Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  /// Writes the records anew so that they follow one another again, and lists all files: what anybody can do.
  mutating func repair() throws {
    var previous = String(repeating: "0", count: 64)
    var attempts = 0
    records = records.enumerated().map { place, record in
      var members = JSONValue(parsing: record)?.object ?? [:]
      members["seq"] = .integer(place)
      members["prev"] = .string(previous)
      if members["kind"]?.string == "attempt" {
        attempts += 1
        members["id"] = .integer(attempts)
      }
      let text = JSONValue.object(members).canonical
      previous = MerkleTree.leaf(text.utf8).hex
      return text
    }
    list()
  }

  mutating func list() {
    let listed = files.filter { !$0.key.hasPrefix("MANIFEST") }.sorted {
      $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    files["MANIFEST.sha256"] = Array(listed.map { "\(Digest(of: $0.value).hex)  \($0.key)\n" }.joined().utf8)
  }

  /// Signs everything anew, with the very key: what only the operator can do. Time stamps and witnesses cannot be had again.
  mutating func sign(with key: SigningKey) throws {
    try repair()
    let tree = MerkleTree(leaves: records.map { MerkleTree.leaf($0.utf8) })
    var before = 0
    for path in files.keys.filter({ $0.hasPrefix("checkpoints/") }).sorted() {
      guard let note = SignedNote(parsing: files[path] ?? []), let old = Checkpoint(note.text) else { continue }
      let isLast =
        files["checkpoints/\(path.split(separator: "/")[1])"] != nil
        && path == files.keys.filter { $0.hasPrefix("checkpoints/") }.max()
      let size = isLast ? tree.leaves.count : min(old.size, tree.leaves.count)
      let new = Checkpoint(origin: old.origin, size: size, root: tree.root(size: size))
      files[path] = Array(try SignedNote(text: new.text, signedBy: key).written.utf8)
      if before > 0 {
        let proof = ConsistencyProof(old: before, nodes: tree.consistencyProof(from: before, size: size))
        files["consistency/\(path.dropFirst("checkpoints/".count).dropLast(5)).proof"] = Array(proof.text.utf8)
      }
      before = size
    }
    try listAndSign(with: key)
  }

  /// The list of files and its signature alone.
  mutating func listAndSign(with key: SigningKey) throws {
    list()
    let origin =
      SignedNote(parsing: files["checkpoints/00001.note"] ?? []).flatMap { Checkpoint($0.text) }?.origin ?? ""
    let manifest = Digest(of: files["MANIFEST.sha256"] ?? [])
    files["MANIFEST.note"] = Array(
      try SignedNote(text: "retort evidence\n\(origin)\n\(manifest.hex)\n", signedBy: key).written.utf8)
  }

  /// Exit code of the second verifier, with what it said.
  func secondVerifier(_ arguments: [String] = []) throws -> (status: Int32, output: String) {
    let folder = try TemporaryFolder()
    for (path, bytes) in files { try FileBytes.write(bytes, to: "\(folder.path)/e/\(path)") }
    return try SecondVerifier.run([folder.file("e")] + arguments)
  }
}

/// `Reports/verify.py`, which shares no code with ours.
enum SecondVerifier {
  static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Reports/verify.py").path

  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let run = """
      import runpy, sys
      sys.argv = sys.argv[1:]
      try: runpy.run_path(sys.argv[0], run_name="__main__")
      except SystemExit as end: print("exit", end.code)
      """
    let output = String(
      decoding: try IndependentPython.run(run, arguments: [script] + arguments), as: UTF8.self)
    let status = output.split(separator: "\n").last.flatMap { Int32($0.dropFirst("exit ".count)) }
    return (status ?? -1, output)
  }
}
