import ArgumentParser
import CaseFile
import DemoModels
import Formats
import Terminal

struct ServeDemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-demo",
    abstract: "Serve the demo's models on this machine, to try things against them.",
    discussion: """
      Trains the demo's authors and serves them by the OpenAI dialect on a free port of 127.0.0.1, until it is stopped. \
      The address is printed once it can be used.\(HelpExamples.of("serve-demo"))
      """)

  @Option(help: "Seed of the answers to requests that name none.")
  var seed: UInt64 = 20_261_123

  @Flag(help: "Print address and models as JSON on standard output.")
  var json = false

  func run() async throws {
    let models = Dictionary(uniqueKeysWithValues: DemoWorld.authors.map { ($0.name, DemoWorld.train($0)) })
    let json = json
    try await withModelServer(models: models, seed: seed) { port in
      let url = "http://127.0.0.1:\(port)/v1"
      if json {
        try StandardOutput.json(
          .document(
            "retort.endpoints/1", tool: Version.tool,
            ["url": .string(url), "models": .array(models.keys.sorted().map(JSONValue.string))]))
      } else {
        // Straight out: whoever waits for the address reads a pipe.
        try StandardOutput.say(url)
      }
      while !Task.isCancelled { try await Task.sleep(for: .seconds(3_600)) }
    }
  }
}
