import ArgumentParser
import Foundation
import Likelihood
import Terminal
import Workflows

struct ShardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard",
    abstract: "Measure the answers to some prompts: a part that retort merge adds to others.",
    discussion: """
      Reads answers from standard input, one {"model", "prompt_id", "sample", "text"} a line, sorted by prompt, model and sample in byte order, with all models' answers to a prompt in one shard. \
      Writes the part to standard output when all was read; a part without its last line is none. Nothing else is written, and no file.\(HelpExamples.of("shard"))
      """)

  @Option(help: "Version of the method whose channels are measured.")
  var method = CohortMethod.current.version

  @Flag(help: "Keep what each prompt contributes to each pair, as intervals need it; without, only sums.")
  var rows = false

  func run() async throws {
    let part = try MeasureShard(method: try .named(method), keepsPrompts: rows).run(named: "standard input") {
      Array(try FileHandle.standardInput.read(upToCount: 1 << 20) ?? Data())
    }
    try StandardOutput.write(part)
  }
}
