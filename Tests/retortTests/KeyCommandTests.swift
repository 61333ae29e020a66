import CaseFile
import Cases
import Formats
import Foundation
import TestSupport
import Testing

/// Keys that endpoints send back, from the request to the published evidence.
@Suite("Keys")
struct KeyCommandTests {
  static let key = "sk-SECRETkey0123456789abcdefXYZ"

  /// Each endpoint sends its key back in another way, the first of the models in the first.
  private func configuration(_ echoes: [String], port: Int, in folder: String) throws -> String {
    func model(_ place: Int, _ name: String) -> String {
      #"{model: \#(name), developer: D\#(place), endpoint: {url: "http://127.0.0.1:\#(port)/\#(echoes[place])/v1", model: \#(name), key_env: K}}"#
    }
    let cohort = (2..<echoes.count).map { "  - " + model($0, "c\($0)") }.joined(separator: "\n")
    try FileBytes.write(
      """
      seed: 7
      suspect: \(model(0, "s"))
      candidates: [\(model(1, "t"))]
      cohort:
      \(cohort)
      probes: [probes.jsonl]
      samples: 1
      sampling: {max_tokens: 20}
      timeout: 20s

      """.utf8, to: "\(folder)/case.yaml")
    try FileBytes.write(
      (0..<3).map { #"{"id":"p\#($0)","prompt":"Say \#($0)."}"# + "\n" }.joined().utf8, to: "\(folder)/probes.jsonl")
    return "\(folder)/case.yaml"
  }

  private static func server() throws -> RawServer {
    try RawServer { request in
      guard let echo = request.path.split(separator: "/").first.flatMap({ KeyEcho(rawValue: String($0)) }) else {
        return .of(
          Array(
            #"{"model":"m","choices":[{"finish_reason":"stop","message":{"content":"There is none, said \#(request.key)."}}]}"#
              .utf8))
      }
      let response = echo.response(request.key)
      return .of(response.body, status: echo.status(), headers: response.headers.map { "\($0.0): \($0.1)" })
    }
  }

  /// Every file below a folder.
  private func files(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
      .filter { !FileBytes.isFolder($0) }
  }

  @Test("a key that endpoints stream, encode and take apart is in no file, no line and no evidence")
  func published() throws {
    let server = try Self.server()
    defer { server.stop() }
    let folder = try CommandTests.folder()
    let echoes: [KeyEcho] = [
      .streamSplit, .streamEscaped, .tokenBytes, .modelAndFingerprint, .headersSplit, .streamBase64,
    ]
    let file = try configuration(echoes.map(\.rawValue), port: server.port, in: folder)
    let run = try CommandTests.retort(["run", file, "--progress", "none"], environment: ["K": Self.key])
    #expect(run.status == 0, "\(run.errors)")
    let evidence = "\(folder)/case.evidence"
    let signer = try CommandTests.folder() + "/signer.key"
    #expect(try CommandTests.retort(["key", "new", "lab.example.org", "-o", signer]).status == 0)
    let export = try CommandTests.retort(["export", "\(folder)/case.retort", "-o", evidence, "--key", signer])
    #expect(export.status == 0, "\(export.errors)")
    let verify = try CommandTests.retort(["verify", evidence])
    #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
    let doctor = try CommandTests.retort(["doctor", file], environment: ["K": Self.key])
    for text in [run, export, doctor].flatMap({ [$0.output, $0.errors] }) {
      #expect(KeyDecoding.finding(Self.key, in: Array(text.utf8)) == nil, "\(text)")
    }
    let all = try files(folder)
    #expect(
      all.count > 30 && all.contains { $0.hasSuffix("result.json") } && all.contains { $0.hasSuffix("report.html") })
    for file in all {
      let found = KeyDecoding.finding(Self.key, in: try FileBytes.read(file))
      #expect(found == nil, "\(file)")
    }
    let result = JSONValue(parsing: try FileBytes.read("\(folder)/case.report/result.json"))
    let endpoints = result?["protocol"]?["run"]?["endpoints"]?.array ?? []
    #expect(endpoints.map { $0["redacted"]?.integer } == Array(repeating: 3, count: 6))
    let report = String(decoding: try FileBytes.read("\(folder)/case.report/report.md"), as: UTF8.self)
    #expect(report.components(separatedBy: "3 responses of s held a key").count == 2, "said once")
  }

  @Test("a word for a key is left in the answers, and the user is told that it cannot be guarded")
  func words() throws {
    let server = try Self.server()
    defer { server.stop() }
    let folder = try CommandTests.folder()
    let file = try configuration(Array(repeating: "plainly", count: 6), port: server.port, in: folder)
    let run = try CommandTests.retort(
      ["run", file, "--no-check", "--no-report", "--progress", "none"], environment: ["K": "none"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.components(separatedBy: "too short or too common").count == 2, "once: \(run.errors)")
    let store = try CaseStore.open(at: "\(folder)/case.retort")
    let texts = try store.contents().transcripts.values.flatMap { $0.responses.map(\.text) }
    try store.close()
    #expect(texts.count == 18 && Set(texts) == ["There is none, said none."])
    let doctor = try CommandTests.retort(["doctor", file], environment: ["K": "none"])
    #expect(doctor.errors.contains("the key for s, t, c2, c3, c4, c5 is too short or too common"), "\(doctor.errors)")
    let strong = try CommandTests.retort(["doctor", file], environment: ["K": Self.key])
    #expect(!strong.errors.contains("too common"))
  }

  @Test("a key in the refusal of an endpoint is in no line of run, doctor and embed")
  func refused() throws {
    let server = try RawServer { request in
      .of(
        Array(#"{"error":{"message":"wrong: \#(request.key.map { "\($0)\u{200B}" }.joined())"}}"#.utf8),
        status: "401 Unauthorized")
    }
    defer { server.stop() }
    let folder = try CommandTests.folder()
    let file = try configuration(Array(repeating: "x", count: 6), port: server.port, in: folder)
    let vectors = try CommandTests.folder() + "/t"
    try FileManager.default.createDirectory(atPath: vectors, withIntermediateDirectories: true)
    try FileBytes.write(#"{"prompt_id":"p","sample":0,"text":"A text."}"#.utf8, to: "\(vectors)/a.jsonl")
    for arguments in [
      ["run", file, "--no-check", "--progress", "none"], ["run", file, "--progress", "none"], ["doctor", file],
      [
        "embed", vectors, "--url", "http://127.0.0.1:\(server.port)/v1", "--model", "e", "--key-env", "K", "-o",
        "\(folder)/vectors.jsonl",
      ],
    ] {
      let outcome = try CommandTests.retort(arguments, environment: ["K": Self.key])
      #expect(outcome.status != 0 && (outcome.errors + outcome.output).contains("[redacted]"), "\(outcome.errors)")
      #expect(KeyDecoding.finding(Self.key, in: Array((outcome.output + outcome.errors).utf8)) == nil)
    }
    for file in try files(folder) { #expect(KeyDecoding.finding(Self.key, in: try FileBytes.read(file)) == nil) }
  }
}
