import CaseFile
import Cases
import DemoModels
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Doctor, and chat windows")
struct DoctorCommandTests {
  private func serve<Result: Sendable>(_ body: @Sendable (_ port: Int) async throws -> Result) async throws -> Result {
    let model = DemoWorld.train(DemoWorld.independent)
    let models = Dictionary(uniqueKeysWithValues: ["s", "t", "a", "b", "c", "d"].map { ($0, model) })
    return try await withModelServer(models: models, seed: 1, body: body)
  }

  @Test("doctor tells what each endpoint of a configuration obeys, and stores nothing")
  func configuration() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let file = try CommandTests.configuration(port: port, in: folder)
      let outcome = try CommandTests.retort(["doctor", file])
      #expect(outcome.status == 0, "\(outcome.errors)")
      for words in ["s  openai-chat http://127.0.0.1:\(port)/v1", "✓ seed", "✓ logprobs", "✗ unknown_field"] {
        #expect(outcome.output.contains(words), "\(outcome.output)")
      }
      #expect(Set(try FileBytes.list(folder)) == ["case.yaml", "probes.jsonl"])
      let json = try CommandTests.retort(["doctor", file, "--json"])
      #expect(JSONValue(parsing: json.output)?["endpoints"]?.array?.count == 6)
      if IndependentPython.isHere { #expect(try Schemas.violations(of: json.output, "doctor") == "") }
    }
  }

  @Test("one endpoint is checked without a configuration; a dead one is named with exit code 3")
  func single() async throws {
    let closed = try await serve { port in
      let outcome = try CommandTests.retort(["doctor", "--url", "http://127.0.0.1:\(port)/v1/", "--model", "s"])
      #expect(outcome.status == 0 && outcome.output.contains("✓ answers"), "\(outcome.errors)")
      return port
    }
    let dead = try CommandTests.retort(["doctor", "--url", "http://127.0.0.1:\(closed)/v1", "--model", "s"])
    #expect(dead.status == 3 && dead.errors.contains("no answer from s"), "\(dead.errors)")
    #expect(dead.output.contains("refused"))
    let dialect = try CommandTests.retort(["doctor", "--url", "http://h", "--model", "s", "--dialect", "telex"])
    #expect(dialect.status == 64 && dialect.errors.contains("openai-chat"))
    #expect(try CommandTests.retort(["doctor", "--url", "http://h"]).status == 64)
  }

  @Test("a run checks the endpoints first, and the report tells requested and observed")
  func run() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let file = try CommandTests.configuration(port: port, in: folder)
      let outcome = try CommandTests.retort(["run", file])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let report = String(decoding: try FileBytes.read("\(folder)/case.report/report.md"), as: UTF8.self)
      #expect(report.contains("Requested and observed") && report.contains("equal answers to one seed"))
      let plain = try CommandTests.folder()
      let unchecked = try CommandTests.retort([
        "run", try CommandTests.configuration(port: port, in: plain), "--no-check",
      ])
      #expect(unchecked.status == 0)
      let other = String(decoding: try FileBytes.read("\(plain)/case.report/report.md"), as: UTF8.self)
      #expect(!other.contains("Requested and observed"))
    }
  }

  @Test("answers of a chat window are pasted, and a run goes on where pasting stopped")
  func pasted() async throws {
    try await serve { port in
      let folder = try CommandTests.folder()
      let file = try CommandTests.configuration(port: port, in: folder)
      let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
      try FileBytes.write(
        text.replacing(
          "suspect: {model: s, endpoint: {url: \"http://127.0.0.1:\(port)/v1\", model: s}}",
          with: "suspect: {model: s, endpoint: {dialect: manual, model: The Window}}"
        ).utf8, to: file)
      let first = try CommandTests.retort(["run", file], input: "One answer.\nOf two lines.\n.\n")
      #expect(first.status == 3 && first.errors.contains("no more answers were pasted"), "\(first.errors)")
      #expect(first.errors.contains("paste this into a new conversation with The Window"))
      #expect(first.errors.contains("Say 0.") && first.errors.contains("retort run"))
      let second = try CommandTests.retort(["run", file], input: "Second.\n.\nThird.\n.\n")
      #expect(second.status == 0, "\(second.errors)")
      let store = try CaseStore.open(at: "\(folder)/case.retort")
      let texts = try store.contents().transcripts[ModelID("s")]?.responses.map(\.text) ?? []
      #expect(Set(texts) == ["One answer.\nOf two lines.", "Second.", "Third."])
      try store.close()
      let result = JSONValue(parsing: try FileBytes.read("\(folder)/case.report/result.json"))
      let endpoint = result?["protocol"]?["run"]?["endpoints"]?.array?.first { $0["model"]?.string == "s" }
      #expect(endpoint?["pasted"] == .integer(3))
    }
  }
}
