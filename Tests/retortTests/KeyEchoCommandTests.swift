import Formats
import Foundation
import TestSupport
import Testing

/// Keys that endpoints send back to the commands beside `run`: none is in a file that they write or a line that they say.
@Suite("Keys that are sent back")
struct KeyEchoCommandTests {
  static let key = "sk-SECRETkey0123456789abcdefXYZ"

  private let folder: String

  init() throws { folder = try CommandTests.folder() }

  private func retort(_ arguments: [String], _ more: [String: String] = [:]) throws -> CommandTests.Outcome {
    try CommandTests.retort(arguments, environment: ["K": Self.key].merging(more) { $1 }, in: folder)
  }

  /// - Parameter masked: whether something of a response must have been masked in one of the files.
  private func expectNoKey(_ outcomes: [CommandTests.Outcome], masked: Bool = true) throws {
    for text in outcomes.flatMap({ [$0.output, $0.errors] }) {
      #expect(KeyDecoding.finding(Self.key, in: Array(text.utf8)) == nil, "\(text)")
    }
    var isMasked = false
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
    for path in paths where !FileBytes.isFolder(path) {
      let bytes = try FileBytes.read(path)
      #expect(KeyDecoding.finding(Self.key, in: bytes) == nil, "\(path)")
      isMasked = isMasked || Data(bytes).firstRange(of: Data("[redacted]".utf8)) != nil
    }
    #expect(isMasked || !masked, "what was sent back has been stored")
  }

  private func write(_ lines: [String], to name: String) throws {
    try FileBytes.write((lines.joined(separator: "\n") + "\n").utf8, to: "\(folder)/\(name)")
  }

  /// A case of six models behind one address.
  private func writeCase(url: String, more: String = "") throws {
    func model(_ name: String) -> String {
      #"{model: \#(name), endpoint: {url: "\#(url)", model: \#(name), key_env: K\#(more)}}"#
    }
    try write((0..<3).map { #"{"id":"p\#($0)","prompt":"Say \#($0)."}"# }, to: "probes.jsonl")
    try write(
      [
        "seed: 7", "suspect: \(model("s"))", "candidates: [\(model("t"))]",
        "cohort: [\(["a", "b", "c", "d"].map(model).joined(separator: ", "))]", "probes: [probes.jsonl]",
        "sampling: {max_tokens: 20}", "timeout: 20s",
      ], to: "case.yaml")
  }

  @Test("in the certificate of its endpoint", .enabled(if: LocalAuthority.isHere, "\(LocalAuthority.note)"))
  func certificate() async throws {
    let elsewhere = try CommandTests.folder()
    let withKey = try LocalCertificate(in: elsewhere, subject: Self.key)
    let stranger = try LocalCertificate(in: elsewhere, subject: Self.key)
    try await PythonServer.serving("tls.py", [withKey.file, withKey.keyFile]) { ports in
      try writeCase(url: "https://localhost:\(ports[0])/v1")
      let run = ["run", "case.yaml", "--no-check", "--progress", "none"]
      let trusting = try retort(run, ["SSL_CERT_FILE": withKey.file])
      #expect(trusting.status == 3 && trusting.errors.contains("the certificate holds the key that was sent"))
      let refusing = try retort(run, ["SSL_CERT_FILE": stranger.file])
      #expect(refusing.status == 3 && refusing.errors.contains("connection:"), "\(refusing.errors)")
      let doctor = try retort(["doctor", "case.yaml"], ["SSL_CERT_FILE": withKey.file])
      #expect(doctor.status == 0, "the certificate is trusted there as well: \(doctor.errors)")
      try expectNoKey([trusting, refusing, doctor], masked: false)
    }
  }

  @Test("in answers that a baseline and a check are made of, and in the refusal of one")
  func check() throws {
    let server = try RawServer { request in
      guard request.path.hasPrefix("/steady") else {
        return .of(KeyEcho.percentTwice.response(request.key).body, status: "401 Unauthorized")
      }
      let echo: KeyEcho = request.body.contains(UInt8(ascii: "7")) ? .answer : .modelAndFingerprint
      // One sentence for all probes would be no answer to any.
      let number = String(decoding: request.body, as: UTF8.self).firstMatch(of: #/number (\d+)/#).map { String($0.1) }
      let body = String(decoding: echo.response(request.key).body, as: UTF8.self)
        .replacingOccurrences(of: #""assistant","content":""#, with: #""assistant","content":"\#(number ?? ""): "#)
      return .of(Array(body.utf8))
    }
    defer { server.stop() }
    try write((0..<20).map { #"{"id":"s\#($0)","prompt":"What is number \#($0)?","samples":8}"# }, to: "probes.jsonl")
    func configuration(_ path: String) throws {
      try write(
        [
          #"endpoint: {url: "http://127.0.0.1:\#(server.port)/\#(path)/v1", model: m, key_env: K}"#,
          "probes: [probes.jsonl]", "timeout: 20s",
        ], to: "check.yaml")
    }
    try configuration("steady")
    let created = try retort(["baseline", "create", "check.yaml", "-o", "prod.json"])
    try #require(created.status == 0, "\(created.errors)")
    let approved = try retort(["baseline", "approve", "prod.json", "--by", "A. Name", "--reason", "first"])
    let same = try retort(["check", "prod.json", "--run", "one", "--json"])
    #expect(approved.status == 0 && same.status == 0, "\(approved.errors)\(same.errors)")
    try configuration("refusing")
    let refused = try retort(["check", "prod.json", "--configuration", "check.yaml", "--run", "two"])
    #expect(refused.status != 0, "\(refused.errors)")
    let shown = try [["review", "prod.check"], ["history", "prod.json"], ["baseline", "history", "prod.json"]].map {
      try retort($0)
    }
    try expectNoKey([created, approved, same, refused] + shown)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    #expect(names.contains { $0.hasSuffix(".ledger.jsonl") || $0.contains("ledger") }, "\(names)")
  }

  @Test("in the likelihoods of given answers")
  func likelihoods() throws {
    let server = try RawServer { request in
      let isGiven = String(decoding: request.body, as: UTF8.self).contains(#""echo":true"#)
      guard isGiven else {
        return .of(Array(#"{"model":"m","choices":[{"text":"An answer to it.","finish_reason":"stop"}]}"#.utf8))
      }
      return .of(KeyEcho.topNames.response(request.key).body)
    }
    defer { server.stop() }
    try writeCase(url: "http://127.0.0.1:\(server.port)/v1", more: ", dialect: openai-completions")
    let run = try retort(["run", "case.yaml", "--no-check", "--no-report", "--progress", "none"])
    #expect(run.status == 0, "\(run.errors)")
    let likelihood = try retort(["likelihood", "case.yaml", "--json"])
    #expect(FileBytes.exists("\(folder)/case.likelihood.retort"), "\(likelihood.errors)")
    try expectNoKey([run, likelihood])
  }

  @Test("in the tokens that an endpoint takes a given answer apart into")
  func tokens() throws {
    let server = try RawServer { request in
      guard request.path.hasSuffix("/tokenize") else {
        return .of(Array(#"{"content":"An answer to it.","stop":true,"stop_type":"eos"}"#.utf8))
      }
      let pieces = request.key.map { #"{"id":1,"piece":"\#($0)"}"# }.joined(separator: ",")
      return .of(Array(#"{"tokens":[\#(pieces)]}"#.utf8))
    }
    defer { server.stop() }
    try writeCase(url: "http://127.0.0.1:\(server.port)", more: ", dialect: llama.cpp")
    let run = try retort(["run", "case.yaml", "--no-check", "--no-report", "--progress", "none"])
    #expect(run.status == 0, "\(run.errors)")
    let likelihood = try retort(["likelihood", "case.yaml"])
    #expect(likelihood.status == 3, "\(likelihood.errors)")
    #expect(likelihood.errors.contains("the response holds the key that was sent"), "\(likelihood.errors)")
    try expectNoKey([run, likelihood], masked: false)
  }

  @Test("as the numbers of a vector")
  func vectors() throws {
    let server = try RawServer { request in
      let numbers = request.key.utf8.map { "\($0)" }.joined(separator: ",")
      return .of(Array(#"{"data":[{"index":0,"embedding":[\#(numbers)]}]}"#.utf8))
    }
    defer { server.stop() }
    try FileManager.default.createDirectory(atPath: "\(folder)/t", withIntermediateDirectories: true)
    try write([#"{"prompt_id":"p","sample":0,"text":"A text."}"#], to: "t/a.jsonl")
    let embed = try retort([
      "embed", "t", "--url", "http://127.0.0.1:\(server.port)/v1", "--model", "e", "--key-env", "K", "-o", "v.jsonl",
    ])
    #expect(embed.status == 3 && embed.errors.contains("the response holds the key that was sent"), "\(embed.errors)")
    try expectNoKey([embed], masked: false)
  }

  @Test("in all ways in which it is found, to a doctor who prints what is said", arguments: KeyEcho.allCases)
  func doctor(echo: KeyEcho) throws {
    let server = try RawServer { request in
      let response = echo.response(request.key)
      return .of(response.body, status: echo.status(), headers: response.headers.map { "\($0.0): \($0.1)" })
    }
    defer { server.stop() }
    let doctor = try retort([
      "doctor", "--url", "http://127.0.0.1:\(server.port)/v1", "--model", "m", "--key-env", "K", "--json",
    ])
    #expect(doctor.output.contains("retort."), "\(doctor.errors)")
    try expectNoKey([doctor], masked: false)
  }
}
