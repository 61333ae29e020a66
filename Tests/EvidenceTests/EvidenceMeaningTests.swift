import Cases
import Custody
import Evidence
import Formats
import Foundation
import Probing
import TestSupport
import Testing

/// Evidence that an operator wrote anew with the own key: every digest and signature fits, and it says something else.
@Suite("Evidence whose digests agree with a lie")
struct EvidenceMeaningTests {
  let folder: TemporaryFolder
  let key: SigningKey
  let sample: EvidenceSample

  init() throws {
    folder = try TemporaryFolder()
    key = try #require(SigningKey(newNamed: "lab.example.org"))
    sample = try EvidenceSample.exported(in: folder, key: key)
  }

  /// The code of both verifiers, which must be one.
  private func status(_ evidence: EvidenceSample, _ what: String) throws -> Int32 {
    let checks = try EvidenceVerification(of: evidence, reader: DialectReader()).checks
    let status = Int32(checks.filter(\.failed).map(\.promise).min().map { 20 + $0.rawValue } ?? 0)
    if IndependentPython.isHere {
      let second = try evidence.secondVerifier()
      #expect(second.status == status, "\(what): \(checks.filter(\.failed)); \(second.output)")
    }
    return status
  }

  /// What is found of requests and responses, where nothing is wrong with them.
  private static func meaning(_ evidence: EvidenceSample) throws -> String {
    let checks = try EvidenceVerification(of: evidence, reader: DialectReader()).checks
    guard case .passed(let words) = checks.first(where: { $0.subject == .meaning })?.finding else { return "" }
    return words
  }

  /// Changes the members of each attempt for which `change` does so, and signs all of it.
  private func forged(
    _ evidence: EvidenceSample? = nil, rehashed: Bool = true,
    _ change: (Int, inout [String: JSONValue], inout EvidenceSample, inout [String]) throws -> Void
  ) throws -> EvidenceSample {
    var evidence = evidence ?? sample
    var outcomes = evidence.lines("outcomes.jsonl")
    var number = 0
    evidence.records = try evidence.records.map { record in
      guard var members = JSONValue(parsing: record)?.object, members["kind"]?.string == "attempt" else {
        return record
      }
      defer { number += 1 }
      try change(number, &members, &evidence, &outcomes)
      return JSONValue.object(members).canonical
    }
    evidence.setLines("outcomes.jsonl", outcomes)
    if rehashed { evidence.rehash() }
    try evidence.sign(with: key)
    return evidence
  }

  private static func put(
    _ body: String, _ members: inout [String: JSONValue], _ what: String, _ evidence: inout EvidenceSample
  ) {
    if let old = members[what]?.string { evidence.files["blobs/sha256/\(old.prefix(2))/\(old.dropFirst(2))"] = nil }
    let digest = Digest(of: body).hex
    evidence.files["blobs/sha256/\(digest.prefix(2))/\(digest.dropFirst(2))"] = Array(body.utf8)
    members[what] = .string(digest)
  }

  enum Lie: String, CaseIterable {
    case responses, requests, noResponse, noHash, relabelled, timedOut, failed, cutOff, status, address, otherModel,
      stray, tokens, instantTimeout, manyEvents, manyValues, longBody
  }

  /// Bodies that no run has read: beyond the limits of a response, with an answer in them for whoever reads without.
  private static func tooLarge(_ lie: Lie) -> (body: String, text: String) {
    let chat = #"{"choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}]"#
    switch lie {
    case .manyEvents:
      let event = #"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n"
      let last = #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n"
      return (String(repeating: event, count: 65_536) + last, String(repeating: "a", count: 65_536))
    case .manyValues: return (chat + #","more":["# + String(repeating: "[],", count: 700_000) + "0]}", "Yes.")
    default: return (chat + "}" + String(repeating: " ", count: 8 << 20), "Yes.")
    }
  }

  @Test("each is found by both verifiers, with a code of its own", arguments: Lie.allCases)
  func lies(lie: Lie) throws {
    var evidence = try forged(rehashed: lie != .noHash) { number, members, evidence, outcomes in
      guard number == 4 else { return }
      switch lie {
      case .responses:
        Self.put(
          #"{"choices":[{"message":{"content":"I refuse."},"finish_reason":"stop"}]}"#, &members, "response", &evidence)
      case .requests:
        Self.put(#"{"messages":[{"role":"user","content":"Repeat: x"}]}"#, &members, "request", &evidence)
      case .noResponse:
        for name in ["response", "status", "response_headers"] { members[name] = nil }
      case .noHash: members["hash"] = .string(String(repeating: "0", count: 64))
      case .relabelled: members["outcome"] = .string("truncated")
      case .manyEvents, .manyValues, .longBody:
        let (body, text) = Self.tooLarge(lie)
        Self.put(body, &members, "response", &evidence)
        outcomes[number] = #"{"finish":"stop","native_finish":"stop","text":"\#(text)"}"#
        members["answer"] = .string(Digest(of: outcomes[number]).hex)
      case .failed, .timedOut, .cutOff, .instantTimeout:
        let detail =
          lie == .failed ? "connection: reset" : lie == .cutOff ? "response cut off: x" : "no complete response in time"
        outcomes[number] = JSONValue.object(["kind": .string("transient"), "detail": .string(detail)]).canonical
        members["answer"] = nil
        members["failure"] = .string(Digest(of: outcomes[number]).hex)
        members["outcome"] = .string("failed")
      case .status: members["status"] = .integer(500)
      case .address: members["url"] = .string("https://other.example/v1/chat/completions")
      case .otherModel, .stray: break
      case .tokens:
        outcomes[number] = outcomes[number].replacing("\"completion_tokens\":4", with: "\"completion_tokens\":5")
        members["answer"] = .string(Digest(of: outcomes[number]).hex)
      }
    }
    if lie == .instantTimeout {
      // A limit that every attempt goes beyond would make of any answer one that came too late.
      evidence.records = evidence.records.map {
        $0.replacing("\"timeout_milliseconds\":120000", with: "\"timeout_milliseconds\":0")
      }
      #expect(evidence.records.contains { $0.contains("\"timeout_milliseconds\":0") })
      try evidence.sign(with: key)
    }
    if lie == .stray || lie == .otherModel {
      let body = lie == .stray ? "a response that nobody analysed" : "{}"
      let digest = Digest(of: body).hex
      evidence.files["blobs/sha256/\(digest.prefix(2))/\(digest.dropFirst(2))"] = Array(body.utf8)
      try evidence.sign(with: key)
    }
    #expect(try status(evidence, lie.rawValue) == 25)
  }

  @Test("an attempt that failed with half an answer is no lie, nor one whose length or time shows that it was cut off")
  func cutOff() throws {
    func evidence(_ detail: String, header: String?, milliseconds: Int, kept: Int? = nil) throws -> EvidenceSample {
      // The last of its item: the plan is then short of an answer, which is no matter here.
      try forged { number, members, evidence, outcomes in
        guard number == 24 else { return }
        if let kept {
          let whole = #"{"choices":[{"message":{"content":"I."},"finish_reason":"stop"}]}"#
          let body = whole + String(repeating: " ", count: kept - whole.utf8.count)
          Self.put(body, &members, "response", &evidence)
        }
        outcomes[number] = JSONValue.object(["kind": .string("transient"), "detail": .string(detail)]).canonical
        members["answer"] = nil
        members["failure"] = .string(Digest(of: outcomes[number]).hex)
        members["outcome"] = .string("failed")
        if let header {
          members["response_headers"] = .array([.array([.string("Content-Length"), .string(header)])])
        }
        members["ended_ns"] = .integer((members["started_ns"]?.integer ?? 0) + milliseconds * 1_000_000)
        let form = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let began = try form.parse(members["started"]?.string ?? "")
        members["ended"] = .string(UTCTime.text(began.addingTimeInterval(Double(milliseconds) / 1_000)))
      }
    }
    let late = "no complete response in time"
    #expect(try status(evidence(late, header: nil, milliseconds: 120_000), "late") == 0)
    #expect(try status(evidence(late, header: nil, milliseconds: 500), "early") == 25)
    #expect(try status(evidence("response cut off: reset", header: "4000", milliseconds: 500), "short") == 0)
    #expect(try status(evidence("response cut off: reset", header: "40", milliseconds: 500), "whole") == 25)
    #expect(try status(evidence("response cut off: reset", header: "٤٠٠٠", milliseconds: 500), "no digits") == 25)
    // What is kept of a response that was too long may read as a whole answer, when spaces follow it.
    let long = "response of more than 8388608 bytes"
    let kept = try evidence(long, header: nil, milliseconds: 500, kept: 65_536)
    #expect(try status(kept, "too long") == 0)
    #expect(try status(evidence(long, header: nil, milliseconds: 500, kept: 65_535), "shorter") == 25)
    #expect(
      try status(
        evidence("response of more than 9 bytes", header: nil, milliseconds: 500, kept: 65_536), "another limit") == 25)
    let words = "1 responses hold an answer that by its time or length alone is told to have been cut off"
    #expect(try Self.meaning(kept).contains(words))
    if IndependentPython.isHere { #expect(try kept.secondVerifier().output.contains(words)) }
  }

  @Test("findings of checks of endpoints are counted as words of the operator; those of a stranger are a fault")
  func findings() throws {
    func evidence(_ model: String) throws -> EvidenceSample {
      var evidence = sample
      let finding = #"{"aspect":"seed","observed":"same","requested":"same","standing":"confirmed"}"#
      var records = evidence.records
      records.append(
        #"{"exchanges":[],"findings":[\#(finding)],"kind":"capability","model":"\#(model)","recorded":"","tool":"t","v":1}"#
      )
      evidence.records = records
      try evidence.sign(with: key)
      return evidence
    }
    let told = try evidence("t")
    #expect(try status(told, "known") == 0)
    let words = "not read: 1 findings of those checks, which are the operator's word"
    #expect(try Self.meaning(told).contains(words))
    if IndependentPython.isHere { #expect(try told.secondVerifier().output.contains(words)) }
    #expect(try status(evidence("ghost"), "unknown") == 25)
  }

  // MARK: - What is told of others

  @Test("the name of a signer is that of the key under which the signature holds, not the one that a note begins with")
  func signer() throws {
    var evidence = sample
    let path = "checkpoints/00003.note"
    let note = String(decoding: try #require(evidence.files[path]), as: UTF8.self)
    evidence.files[path] = Array(note.replacing("\n\n", with: "\n\n— nist.example.gov AAAAAAAA\n").utf8)
    try evidence.listAndSign(with: key)
    let verification = try EvidenceVerification(of: evidence, reader: DialectReader())
    #expect(verification.checks.filter(\.failed) == [])
    #expect(
      try verification.contents().run?.custody?.checkpoints.map(\.key) == Array(repeating: key.key.name, count: 3))
  }

  // MARK: - The plan

  enum Plan: String, CaseIterable {
    case asItIs, oneSeed, itemTwice, withoutModel, withoutProbe, moreSamples, otherModel
  }

  @Test("a plan that the protocol does not make is refused by both, whoever signs it", arguments: Plan.allCases)
  func plan(plan: Plan) throws {
    var evidence = sample
    var items = try evidence.lines("plan.jsonl").map { try #require(JSONValue(parsing: $0)?.object) }
    switch plan {
    case .asItIs, .moreSamples: break
    case .oneSeed: for place in items.indices { items[place]["seed"] = .integer(5) }
    case .itemTwice:
      items.append(items[0])
      items[items.count - 1]["seed"] = .integer(7)
    case .withoutModel: items.removeAll { $0["model"] == .string("d") }
    case .withoutProbe: items.removeAll { $0["probe"] == .string("p3") }
    case .otherModel: items[0]["model"] = .string("of no protocol")
    }
    for place in items.indices { items[place]["order"] = .integer(place) }
    evidence.setLines("plan.jsonl", items.map { JSONValue.object($0).canonical })
    var first = try #require(JSONValue(parsing: evidence.records[0])?.object)
    var stated = try #require(first["protocol"]?.object)
    stated["plan"] = .object([
      "items": .integer(items.count), "sha256": .string(Digest(of: evidence.files["plan.jsonl"] ?? []).hex),
    ])
    if plan == .moreSamples, var measurement = stated["measurement"]?.object {
      measurement["samples"] = .integer(2)
      stated["measurement"] = .object(measurement)
    }
    first["protocol"] = .object(stated)
    evidence.records[0] = JSONValue.object(first).canonical
    evidence.files["protocol.json"] = Array(JSONValue.object(stated).canonical.utf8)
    evidence.rehash()
    try evidence.sign(with: key)
    let words = "the plan does not ask each model each probe as often as the protocol says"
    let checks = try EvidenceVerification(of: evidence, reader: DialectReader()).checks
    let found = try #require(checks.first { $0.subject == .completeness })
    #expect("\(found.finding)".contains(words) == (plan != .asItIs), "\(found)")
    guard IndependentPython.isHere else { return }
    let second = try evidence.secondVerifier()
    #expect(second.output.contains("✗ completeness: \(words)") == (plan != .asItIs), "\(second.output)")
  }

  @Test("probes that are not those of the protocol's probe sets are refused by both")
  func otherSet() throws {
    var evidence = sample
    let measurement = JSONValue(parsing: evidence.records[0])?["protocol"]?["measurement"]
    let stated = try #require(measurement?["probes"]?.array?.first?.string)
    let old = "blobs/sha256/\(stated.prefix(2))/\(stated.dropFirst(2))"
    let body = String(decoding: try #require(evidence.files[old]), as: UTF8.self).replacing("Question 1?", with: "Eh?")
    let digest = Digest(of: body).hex
    evidence.files[old] = nil
    evidence.files["blobs/sha256/\(digest.prefix(2))/\(digest.dropFirst(2))"] = Array(body.utf8)
    evidence.records[0] = evidence.records[0].replacing(stated, with: digest)
    let frozen = try #require(JSONValue(parsing: evidence.records[0])?["protocol"])
    evidence.files["protocol.json"] = Array(frozen.canonical.utf8)
    evidence.rehash()
    try evidence.sign(with: key)
    let words = "the probes are not those of the probe sets that the protocol names"
    let checks = try EvidenceVerification(of: evidence, reader: DialectReader()).checks
    #expect(checks.first { $0.subject == .completeness }?.finding == .failed(words))
    guard IndependentPython.isHere else { return }
    let second = try evidence.secondVerifier()
    #expect(second.output.contains("✗ completeness: \(words)"), "\(second.output)")
  }

  @Test("of two checkpoints the second has more records")
  func checkpointsOfOneSize() throws {
    var evidence = sample
    evidence.files["checkpoints/00004.note"] = evidence.files["checkpoints/00003.note"]
    try evidence.sign(with: key)
    #expect(evidence.files["consistency/00004.proof"] != nil)
    #expect(try status(evidence, "two of one size") == 20)
  }

  // MARK: - Files that nothing computes

  @Test(
    "a file below report/ or analysis/ that is no part of a report is refused, and so are two reports",
    arguments: [
      "report/summary.html", "report/x/result.json", "analysis/notes.txt", "report/RESULT.json",
      "report/likelihood.json",
    ])
  func stray(path: String) throws {
    var evidence = sample
    evidence.files[path] = Array("{}".utf8)
    try evidence.sign(with: key)
    #expect(try status(evidence, path) == 20)
    let verification = try EvidenceVerification(of: evidence, reader: DialectReader())
    #expect(verification.checks.first { $0.subject == .manifest }?.failed == true)
    let found = try verification.difference(ofReportFiles: ["report/result.json"])
    #expect(found == "\(path) belongs to no report of this case")
    #expect(try verification.difference(ofReportFiles: ["report/report.md"]) == "report/report.md is missing")
  }

  @Test("a response in which a key was masked says what was analysed like any other, and is counted")
  func masked() throws {
    func evidence(_ content: String) throws -> EvidenceSample {
      try forged { number, members, evidence, outcomes in
        guard number == 4 else { return }
        members["redacted"] = .integer(1)
        let body = #"{"choices":[{"message":{"content":"\#(content)"},"finish_reason":"stop"}]}"#
        Self.put(body, &members, "response", &evidence)
        outcomes[number] = #"{"finish":"stop","native_finish":"stop","text":"It is [redacted]."}"#
        members["answer"] = .string(Digest(of: outcomes[number]).hex)
      }
    }
    let honest = try evidence("It is [redacted].")
    #expect(try status(honest, "masked") == 0)
    let found = try EvidenceVerification(of: honest, reader: DialectReader()).checks.first { $0.subject == .meaning }
    let words = "25 requests ask what was planned, 25 responses say what was analysed, in 1 of them a key was masked"
    #expect(found?.finding == .passed(words))
    #expect(try status(evidence("[redacted]"), "masked, and something else") == 25)
  }

  @Test("of tokens that nobody asked for none were analysed, in a run of an earlier version all, and nothing between")
  func unaskedTokens() throws {
    let tokens = #"{"logprob":-0.5,"token":"Yes"},{"logprob":-0.25,"token":"."}"#
    func evidence(_ analysed: String, by tool: String) throws -> EvidenceSample {
      var run = sample
      run.records = sample.records.map {
        $0.contains(#""kind":"run""#) ? $0.replacing(#""tool":"test 1""#, with: #""tool":"\#(tool)""#) : $0
      }
      return try forged(run) { number, members, evidence, outcomes in
        guard number == 4 else { return }
        let choice = #"{"finish_reason":"stop","logprobs":{"content":[\#(tokens)]},"message":{"content":"Yes."}}"#
        Self.put(#"{"choices":[\#(choice)],"id":"r-1"}"#, &members, "response", &evidence)
        outcomes[number] = #"{"finish":"stop","native_finish":"stop",\#(analysed)}"#
        members["answer"] = .string(Digest(of: outcomes[number]).hex)
      }
    }
    func read(_ evidence: EvidenceSample, _ reading: StoredReading) throws -> [Int] {
      let contents = try EvidenceVerification(of: evidence, reader: DialectReader()).contents(reading)
      return contents.transcripts.values.flatMap(\.responses).compactMap { $0.tokens?.count }
    }
    let none = #""response_id":"r-1","text":"Yes.""#
    let all = #""response_id":"r-1","text":"Yes.","tokens":[\#(tokens)]"#
    let unnamed = #""text":"Yes.","tokens":[\#(tokens)]"#
    let one = #""response_id":"r-1","text":"Yes.","tokens":[{"logprob":-0.5,"token":"Yes"}]"#
    for tool in ["test 1", "retort 0.8.0", "retort 0.9.0", "retort 0.10.0", "retort 0.70", "retort 1.7.0"] {
      #expect(try status(evidence(none, by: tool), "none") == 0)
      // What an earlier version's report would compare.
      #expect(try status(evidence(all, by: tool), "all") == 25)
      #expect(try status(evidence(unnamed, by: tool), "all, without a name") == 25)
    }
    for tool in ["retort 0.1.0", "retort 0.7.0"] {
      let earlier = try evidence(all, by: tool)
      #expect(try status(earlier, "all") == 0)
      #expect(try read(earlier, .before0_8) == [2])
      #expect(try read(earlier, .present) == [])
      #expect(try status(evidence(unnamed, by: tool), "all, without a name") == 0)
      #expect(try status(evidence(none, by: tool), "none") == 25)
      #expect(try status(evidence(one, by: tool), "one") == 25)
    }
    #expect(try status(evidence(one, by: "test 1"), "one") == 25)
    // An earlier version's reading is not taken on its word; whoever holds its evidence is told where it can be checked.
    for (tool, isEarlier) in [
      ("retort 0.7.0", true), ("retort 0.8.0", true), ("retort 0.9.0", true), ("retort 0.10.0", false),
    ] {
      let other = try evidence(#""response_id":"r-1","text":"No.""#, by: tool)
      let checks = try EvidenceVerification(of: other, reader: DialectReader()).checks
      let found = "\(checks.filter(\.failed).map(\.finding))"
      #expect(
        found.contains("says something else") && found.contains("an earlier version read it") == isEarlier, "\(found)")
      guard IndependentPython.isHere else { continue }
      let second = try other.secondVerifier()
      #expect(
        second.status == 25 && second.output.contains("an earlier version read it") == isEarlier, "\(second.output)")
    }
  }

  // MARK: - Checks that were skipped on the evidence's own word

  @Test(
    "a list of what is withheld that nothing refers to, or that names what is here, is a fault, and the report is computed"
  )
  func withheld() throws {
    let attempt = try #require(
      sample.records.compactMap { JSONValue(parsing: $0) }.first { $0["kind"]?.string == "attempt" })
    let answer = try #require(attempt["answer"]?.string)
    let request = try #require(attempt["request"]?.string)
    for line in [
      #"{"sha256":"\#(String(repeating: "0", count: 64))","what":"response"}"#,
      #"{"sha256":"\#(answer)","what":"outcome"}"#, #"{"sha256":"\#(request)","what":"request"}"#,
      #"{"probe":"p0","what":"probe"}"#, #"{"probe":"ghost","what":"probe"}"#, #"{"sha256":"\#(answer)"}"#, "[]",
      "garbage", "",
    ] {
      var evidence = sample
      evidence.files["withheld.jsonl"] = Array((line + "\n").utf8)
      try evidence.sign(with: key)
      #expect(try status(evidence, line) == 20)
      if !line.contains("outcome") {
        #expect(try EvidenceVerification(of: evidence, reader: DialectReader()).isComplete, "\(line)")
      }
    }
  }

  @Test(
    "a record without a member, or with one that makes no sense, is refused by both",
    arguments: [
      ("protocol", "recorded", nil), ("protocol", "recorded", "\"yesterday\""), ("protocol", "recorded", "5"),
      ("protocol", "recorded", "\"2099-01-01T00:00:00Z\""), ("protocol", "v", "2"), ("run", "run", "\"1\""),
      ("attempt", "response", "7"), ("attempt", "response", "\"x\""), ("attempt", "response", "null"),
      ("attempt", "outcome", "\"weird\""), ("attempt", "outcome", "null"), ("attempt", "hash", nil),
      ("attempt", "request", nil), ("attempt", "url", nil), ("attempt", "redacted", "2"), ("attempt", "extra", "1"),
      ("attempt", "started_ns", "\"+51\""), ("attempt", "started_ns", "\"5_1\""), ("attempt", "started_ns", "\"٥\""),
      ("attempt", "ended", "\"2026-11-28T42:00:00.000Z\""), ("attempt", "ended", "\"2026-02-29T00:00:00.000Z\""),
      ("attempt", "ended", "\"2026-11-28T00:00:60.000Z\""), ("attempt", "run", "9"), ("attempt", "status", nil),
    ] as [(String, String, String?)])
  func members(kind: String, name: String, value: String?) throws {
    var evidence = sample
    var records = evidence.records
    let place = try #require(records.firstIndex { $0.contains("\"kind\":\"\(kind)\"") })
    var members = try #require(JSONValue(parsing: records[place])?.object)
    members[name] = value.flatMap { JSONValue(parsing: $0) }
    records[place] = JSONValue.object(members).canonical
    evidence.records = records
    try evidence.sign(with: key)
    #expect(try status(evidence, "\(kind).\(name)") == 20)
  }

  // MARK: - What lies in the folder

  enum Oddity: String, CaseIterable { case pipe, link, linkedFolder, dangling, emptyFolder, socket }

  @Test(
    "a pipe, a link, a socket or an empty folder is refused at once, and never waited for", arguments: Oddity.allCases)
  func oddities(oddity: Oddity) throws {
    let path = folder.file("sample.evidence")
    let outside = folder.file("outside")
    switch oddity {
    case .pipe: #expect(mkfifo("\(path)/report/pipe", 0o600) == 0)
    case .link:
      try FileManager.default.moveItem(atPath: "\(path)/plan.jsonl", toPath: outside)
      #expect(symlink(outside, "\(path)/plan.jsonl") == 0)
    case .linkedFolder:
      try FileManager.default.moveItem(atPath: "\(path)/blobs", toPath: outside)
      #expect(symlink(outside, "\(path)/blobs") == 0)
    case .dangling: #expect(symlink("nowhere", "\(path)/report/x") == 0)
    case .emptyFolder:
      try FileManager.default.createDirectory(atPath: "\(path)/report/x", withIntermediateDirectories: false)
    case .socket:
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      // A name of a socket has little room.
      let name = "\(path)/report/s"
      try #require(name.utf8.count < 100)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name.utf8) }
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      #expect(bound == 0)
    }
    let checks = try EvidenceVerification(of: try EvidencePlace.open(path), reader: DialectReader()).checks
    #expect(checks.filter(\.failed).map(\.promise).min() == .integrity)
    #expect(checks.first { $0.subject == .manifest }?.failed == true, "\(checks)")
    if IndependentPython.isHere {
      let second = try SecondVerifier.run([path])
      #expect(second.status == 20 && second.output.contains("✗ manifest"), "\(second.output)")
    }
  }

  @Test(
    "the second verifier writes nothing of the evidence to a terminal as it is, and tells in a line what it was given wrongly",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func terminal() throws {
    var evidence = sample
    evidence.files["a\u{1B}]0;x\u{7}b\u{202E}"] = [1]
    evidence.setLines("keys.txt", ["\u{1B}[2Jx+00000000+AAAA"])
    var records = evidence.records
    records[3] = records[3].replacing("\"probe\":\"p0\"", with: "\"probe\":\"p\u{1B}[31m\u{202E}\"")
    evidence.records = records
    try evidence.sign(with: key)
    let second = try evidence.secondVerifier()
    #expect(second.status == 20)
    #expect(
      second.output.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && $0 != "\u{202E}"
      },
      "\(second.output.debugDescription)")
    let junk = folder.file("junk")
    try FileBytes.write([0xFF, 0xFE, 0x1B], to: junk)
    for option in ["--key", "--witness", "--authority", "--head"] {
      for value in [junk, folder.path, "\u{1B}]0;x\u{7}"] {
        let told = try SecondVerifier.run([folder.file("sample.evidence"), option, value])
        #expect(told.status == 64 && !told.output.contains("Traceback"), "\(option) \(value): \(told.output)")
      }
    }
  }
}
