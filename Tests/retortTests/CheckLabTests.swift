import Formats
import Foundation
import TestSupport
import Testing

/// Real language models behind the server of llama.cpp: the same weights, the same weights quantised, and a fine-tune.
@Suite("Checking real models", .serialized, .enabled(if: ModelLab.isHere, "\(ModelLab.note)"))
struct CheckLabTests {
  /// 20 prompts at a low temperature and 8 at the model's own, answers of a few tokens: a check of the standard size.
  private func configuration(_ server: ModelLab.Server, _ name: String, logprobs: Bool, in folder: String) throws
    -> String
  {
    let file = "\(folder)/\(name).yaml"
    try FileBytes.write(
      """
      name: lab
      endpoint: {url: "\(server.url)", model: T1}
      probes: [probes.jsonl]
      sampling: {temperature: 1, logprobs: \(logprobs)}
      """.utf8, to: file)
    return file
  }

  @Test("T1 is T1, and not its fine-tune nor its 4-bit copy", arguments: [false, true])
  func lineage(logprobs: Bool) throws {
    let folder = try CommandTests.folder()
    let prompts = try FileBytes.read(ModelLab.prompts).split(separator: UInt8(ascii: "\n")).prefix(28)
    let probes = try prompts.enumerated().map { number, line -> String in
      let value = try #require(JSONValue(parsing: Array(line)))
      let isPeaked = number < 20
      return JSONValue.object([
        "id": value["id"] ?? .null, "prompt": value["prompt"] ?? .null, "samples": .integer(isPeaked ? 8 : 20),
        "max_tokens": .integer(isPeaked ? 4 : 1), "temperature": .number(isPeaked ? 0.1 : 1),
      ]).canonical + "\n"
    }
    try FileBytes.write(probes.joined().utf8, to: "\(folder)/probes.jsonl")
    let file = "\(folder)/lab.json"
    let teacher = try ModelLab.Server("T1")
    defer { teacher.stop() }
    let own = try configuration(teacher, "t1", logprobs: logprobs, in: folder)
    let created = try CommandTests.retort(["baseline", "create", own, "-o", file])
    try #require(created.status == 0, "\(created.errors)")
    let approved = try CommandTests.retort(["baseline", "approve", file, "--by", "A", "--reason", "b"])
    #expect(approved.status == 0, "\(approved.errors)")

    func check(_ configuration: String, _ run: String) throws -> CommandTests.Outcome {
      try CommandTests.retort(["check", file, "--configuration", configuration, "--run", run])
    }
    let same = try check(own, "same")
    #expect(same.status == 0, "\(same.output)\(same.errors)")
    for (model, statuses) in [("F1", [Int32(1)]), ("T1-q4", [1, 3])] {
      let server = try ModelLab.Server(model)
      defer { server.stop() }
      let other = try check(try configuration(server, model, logprobs: logprobs, in: folder), model)
      #expect(statuses.contains(other.status), "\(model): \(other.output)\(other.errors)")
      if other.status == 3 {
        #expect(
          other.output.contains("would find") || other.output.contains("without enough answers"), "\(other.output)")
      }
    }
  }
}
