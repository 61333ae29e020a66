import ArgumentParser
import DemoModels

struct ServeDemo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-demo",
    abstract: "Serve the demo's models on this machine, to try things against them.",
    discussion: """
      Trains the demo's authors and serves them by the OpenAI dialect on a free port of 127.0.0.1, until it is stopped. \
      The address is printed once it can be used.
      """)

  @Option(help: "Seed of the answers to requests that name none.")
  var seed: UInt64 = 20_261_123

  @Flag(help: "Print address and models as JSON on standard output.")
  var json = false

  func run() async throws { try await DemoEndpoints(seed: seed, json: json).serve() }
}
