import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation
import Probing
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
  ///   - origin: when the first attempt began; each is a second after the one before, or as `pace` says.
  ///   - configuration: in place of the sample's.
  ///   - begun: called when the first head is signed, before anything is asked.
  static func store(
    at file: String, key: SigningKey, probes: Int = 4, skipping: Int = 0, custody: PlannedCustody? = nil,
    origin: Date? = nil, pace: Int = 1_000_000_000, configuration: CaseConfiguration? = nil,
    begun: (CaseStore) throws -> Void = { _ in }
  ) throws -> CaseStore {
    let configuration = try configuration ?? SampleCase.configuration(probes: probes)
    let plan = SampleCase.plan(configuration)
    let store = try CaseStore.create(
      at: file, configuration: configuration, plan: plan, tool: "test 1",
      analysis: PlannedAnalysis(
        question: "Was s trained on answers of t?", proposition: "It was.", alternatives: ["no_link"],
        alternative: "no_link", method: 2,
        channels: ["style": 1], calibration: nil, exclusions: [], stopping: "All are answered."),
      custody: custody, signer: key)
    _ = try store.signedHead(by: key)
    try begun(store)
    let run = try store.beginRun(started: UTCTime.text(Date()), tool: "test 1")
    // Not before the protocol, however long that took.
    let origin = origin ?? Date()
    for item in try store.remaining().dropLast(skipping) {
      let nanoseconds = item.order * pace
      let failed = item.order == 7
      for _ in 0..<(failed ? 2 : 1) {
        try store.append(
          attempt(item, configuration, origin: origin, nanoseconds: nanoseconds, failed: failed), run: run)
      }
      if item.order == 11 { _ = try store.signedHead(by: key) }
    }
    _ = try store.signedHead(by: key)
    return store
  }

  /// As an endpoint of the chat dialect would have it: requests and responses are read again by whoever verifies.
  static func attempt(
    _ item: PlannedItem, _ configuration: CaseConfiguration, origin: Date, nanoseconds: Int, failed: Bool
  ) throws -> Attempt {
    guard let probe = configuration.probes.first(where: { $0.id == item.probe }),
      let endpoint = configuration.models.first(where: { $0.id == item.model })?.endpoint
    else { throw CasesError.emptyProbeSet(file: "sample") }
    let reader = DialectReader()
    let request = reader.request(
      for: item, probe: probe, endpoint: endpoint, sampling: configuration.sampling(of: probe))
    let body = response(text: "Answer \(item.order)", thought: item.order % 3 == 0 ? "Thought \(item.order)" : nil)
    let told = failed ? nil : reader.answer(.openAIChat, status: 200, body: body)
    let base = SampleCase.failed(item)
    let time = origin.addingTimeInterval(Double(nanoseconds) / 1e9)
    return Attempt(
      item: item,
      times: .init(
        started: UTCTime.text(time), ended: UTCTime.text(time.addingTimeInterval(0.5)), startedNanoseconds: nanoseconds,
        firstByteNanoseconds: nil, endedNanoseconds: nanoseconds + 500_000_000),
      request: Attempt.Request(
        url: request.url, headers: HeaderAllowList.keep(request.headers), body: request.body),
      response: Attempt.HTTPResponse(
        status: failed ? 500 : 200, headers: [], body: failed ? Array("oops".utf8) : body, isRedacted: false),
      outcome: told?.outcome ?? .failed, answer: told?.answer, failure: failed ? base.failure : nil, chargedTokens: 7)
  }

  private static func response(text: String, thought: String?) -> [UInt8] {
    let message = JSONValue.compact(["content": .string(text), "reasoning": JSONValue(thought)])
    return Array(
      JSONValue.object([
        "model": .string("declared-1"), "system_fingerprint": .string("fp_1"),
        "usage": .object(["prompt_tokens": .integer(3), "completion_tokens": .integer(4)]),
        "choices": .array([.object(["message": message, "finish_reason": .string("stop")])]),
      ]).canonical.utf8)
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

  /// Gives the attempt of that order another answer, with a response that says it: what only the endpoint could gainsay.
  mutating func invent(order: Int, text: String) throws {
    var records = records
    var outcomes = lines("outcomes.jsonl")
    guard let first = records.firstIndex(where: { $0.contains("\"kind\":\"attempt\"") }),
      let place = records.firstIndex(where: { $0.contains("\"planned_order\":\(order),") }),
      var members = JSONValue(parsing: records[place])?.object
    else { return }
    let body = Self.response(text: text, thought: nil)
    if let old = members["response"]?.string { files["blobs/sha256/\(old.prefix(2))/\(old.dropFirst(2))"] = nil }
    let digest = Digest(of: body).hex
    files["blobs/sha256/\(digest.prefix(2))/\(digest.dropFirst(2))"] = body
    guard let told = DialectReader().answer(.openAIChat, status: 200, body: body) else { return }
    outcomes[place - first] = told.answer.json.canonical
    members["response"] = .string(digest)
    members["answer"] = .string(Digest(of: outcomes[place - first]).hex)
    records[place] = JSONValue.object(members).canonical
    self.records = records
    setLines("outcomes.jsonl", outcomes)
    rehash()
  }

  /// Computes the hashes of all attempts anew (`HashChain`), written a second time here.
  mutating func rehash() {
    func field(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
      [tag] + withUnsafeBytes(of: UInt64(content.count).bigEndian, Array.init) + content
    }
    func integer(_ value: Int) -> [UInt8] { field(1, withUnsafeBytes(of: Int64(value).bigEndian, Array.init)) }
    func text(_ value: String) -> [UInt8] { field(2, Array(value.utf8)) }
    let measured = JSONValue(parsing: files["protocol.json"] ?? [])?["measurement"]?.canonical ?? ""
    var start = Array("retort.plan/1".utf8) + field(3, Digest(of: measured).bytes)
    for item in lines("plan.jsonl").compactMap({ JSONValue(parsing: $0) }) {
      start += integer(item["order"]?.integer ?? 0) + text(item["model"]?.string ?? "")
      start += text(item["probe"]?.string ?? "") + integer(item["sample"]?.integer ?? 0)
      start += integer(item["seed"]?.integer ?? 0)
    }
    let said = Dictionary(firstOf: lines("outcomes.jsonl").map { (Digest(of: $0).hex, $0) })
    let columns = [
      "id", "run", "planned_order", "model", "probe", "sample", "request_seed", "started", "ended", "started_ns",
      "first_byte_ns", "ended_ns", "url", "request_headers", "request", "status", "response_headers", "response",
      "redacted", "outcome", "answer", "failure", "charged_tokens",
    ]
    var previous = Digest(of: start)
    records = records.map { record in
      guard var members = JSONValue(parsing: record)?.object, members["kind"]?.string == "attempt" else {
        return record
      }
      var row = Array("retort.attempt/1".utf8)
      for column in columns {
        switch (column, members[column]) {
        case (_, nil): row += field(0, [])
        case ("request", let value?), ("response", let value?):
          row += field(3, value.string.flatMap(Digest.init(hex:))?.bytes ?? [])
        case ("answer", let value?), ("failure", let value?): row += text(said[value.string ?? ""] ?? "")
        case (_, .array(let list)?): row += text(JSONValue.array(list).canonical)
        case (_, .integer(let value)?): row += integer(value)
        case (_, let value?): row += text(value.string ?? "")
        }
      }
      previous = Digest(of: row + field(3, previous.bytes))
      members["hash"] = .string(previous.hex)
      return JSONValue.object(members).canonical
    }
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
    .deletingLastPathComponent().appendingPathComponent("Reports/verify.py").path

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
