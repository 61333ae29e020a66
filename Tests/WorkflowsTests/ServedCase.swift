import Cases
import DemoModels
import Formats
import Probing
import TestSupport
import Workflows

/// A small case that was asked of endpoints on this machine, once for all tests of a process.
enum ServedCase {
  static let names = ["student", "teacher", "alder", "birch", "cedar", "damson"]

  static func models() -> [String: LanguageModel] {
    let authors = [DemoWorld.teacher] + DemoWorld.cohort.prefix(4)
    var models = Dictionary(uniqueKeysWithValues: authors.map { ($0.name, DemoWorld.train($0)) })
    models["student"] = DemoWorld.train(DemoWorld.teacher)
    return models
  }

  static func configuration(port: Int, in folder: String, prompts: Int = 5) throws -> CaseConfiguration {
    let lines = DemoWorld.probePrompts.prefix(prompts).enumerated().map { number, prompt in
      JSONValue.object(["id": .string("q\(number)"), "prompt": .string(prompt)]).canonical + "\n"
    }
    try FileBytes.write(lines.joined().utf8, to: "\(folder)/probes.jsonl")
    func model(_ name: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:\(port)/v1", model: name),
        lineage: Lineage.Entry(developer: "author of \(name)"))
    }
    return CaseConfiguration(
      name: "served", seed: 7, suspect: model("student"), candidates: [model("teacher")],
      cohort: names.dropFirst(2).map(model), probeSets: [try ProbeSet.read(file: "\(folder)/probes.jsonl")],
      samples: 2, sampling: Cases.Sampling(temperature: 0.7, maxTokens: 24), concurrency: 4)
  }

  /// The file, and what came of asking.
  private static let made = Task { () -> (folder: TemporaryFolder, file: String, result: RunResult) in
    let folder = try TemporaryFolder()
    let result = try await withModelServer(models: models(), seed: 1) { port in
      try await AskCase(
        configuration(port: port, in: folder.path), file: folder.file("served.retort"), environment: [:], tool: "t",
        checks: false
      ).run()
    }
    return (folder, folder.file("served.retort"), result)
  }

  static func answered() async throws -> (file: String, result: RunResult) {
    let made = try await made.value
    return (made.file, made.result)
  }
}
