import ArgumentParser
import CaseFile
import Cases
import DemoModels
import Formats
import Terminal
import Workflows

struct ServeDemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-demo",
    abstract: "Serve the demo's models on this machine, to try things against them.",
    discussion: """
      Trains the demo's authors, and a student on the teacher's answers, and serves them by the OpenAI dialect on a free port of 127.0.0.1, until it is stopped. \
      The address is printed once it can be used, then the names of the models. \
      With --output a case about them is written that is ready to run: the student is the suspect, the teacher the candidate. \
      Its likelihood ratios come from a calibration for real models, which these are not: it is a rehearsal.\(HelpExamples.of("serve-demo"))
      """)

  @Option(help: "Seed of the answers to requests that name none.")
  var seed: UInt64 = 20_261_123

  @Option(name: .shortAndLong, help: "Folder for a case.yaml and its probes, ready to run.")
  var output: String?

  @Flag(help: "Print address and models as JSON on standard output.")
  var json = false

  func run() async throws {
    let authors = Dictionary(uniqueKeysWithValues: DemoWorld.authors.map { ($0.name, DemoWorld.train($0)) })
    let student = try await DemoStudent(seed: seed).trained(by: DemoWorld.teacher, of: authors)
    let models = authors.merging([RehearseDemo.student.rawValue: student]) { own, _ in own }
    let (json, output) = (json, output)
    try await withModelServer(models: models, seed: seed) { port in
      let url = "http://127.0.0.1:\(port)/v1"
      let file = try output.map { try RehearsalCase.write(to: $0, url: url) }
      if json {
        try StandardOutput.json(
          .compactDocument(
            "retort.endpoints/1", tool: Version.tool,
            [
              "url": .string(url), "models": .array(models.keys.sorted().map(JSONValue.string)),
              "case": JSONValue(file),
            ]))
      } else {
        // Straight out: whoever waits for the address reads a pipe.
        try StandardOutput.say(
          [url, "models: \(models.keys.sorted().joined(separator: ", "))"]
            + [file.map { "a case that is ready: retort run \($0)" }].compactMap(\.self))
      }
      while !Task.isCancelled { try await Task.sleep(for: .seconds(3_600)) }
    }
  }
}
