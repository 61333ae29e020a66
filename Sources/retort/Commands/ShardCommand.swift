import ArgumentParser
import Formats
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
      Writes the part to standard output when all was read; a part without its last line is none. Nothing else is written, and no file. \
      Where the pairs of many models are too many for one part, --tiles and --tile measure some of them; each tile reads all answers of its shard.\(HelpExamples.of("shard"))
      """)

  @Option(help: "Version of the method whose channels are measured.")
  var method = CohortMethod.current.version

  @Flag(
    help:
      "Keep what each prompt contributes to each pair, as intervals need it; without, only sums. Of all models: an interval draws the prompts anew for every pair of the models that are compared."
  )
  var rows = false

  @Option(
    help:
      "Deal the models into so many blocks, \(Limits.words(Limits.tileBlocks)), and measure one tile of their pairs.")
  var tiles: Int?

  @Option(
    help:
      "The tile: of B blocks there are B (B + 1) / 2, numbered from 1. All tiles of all shards make the measurement.")
  var tile: Int?

  func validate() throws {
    guard (tiles == nil) == (tile == nil) else {
      throw ValidationError("--tiles says into how many blocks, and --tile which of their tiles: give both")
    }
  }

  func run() async throws {
    let part = try MeasureShard(method: try .named(method), keepsPrompts: rows, tile: try chosenTile()).run(
      named: "standard input"
    ) {
      Array(try FileHandle.standardInput.read(upToCount: 1 << 20) ?? Data())
    }
    try StandardOutput.write(part)
  }

  private func chosenTile() throws -> (blocks: Int, number: Int)? {
    guard let tiles, let tile else { return nil }
    try OptionBounds.check(tiles, "--tiles", in: Limits.tileBlocks)
    try OptionBounds.check(tile, "--tile", in: 1...MeasureShard.tiles(ofBlocks: tiles))
    return (tiles, tile)
  }
}
