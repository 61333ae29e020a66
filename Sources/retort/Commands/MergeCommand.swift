import ArgumentParser
import Formats
import Terminal
import Workflows

struct MergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Add up parts of a measurement, in any order.",
    discussion: """
      What comes out has the same bytes whichever prompts and tiles stood in which part, and is a part itself: parts may be merged in several steps. \
      retort compare, tree and validate take it with --measurement in place of measuring.\(HelpExamples.of("merge"))
      """)

  @Argument(help: "Parts, of retort shard or of retort merge; also packed with gzip.")
  var parts: [String]

  @Option(name: .shortAndLong, help: "File for the measurement.")
  var output: String

  func run() async throws {
    try OutputPlace.checkFile(output)
    let merged = try MergeParts.merge(parts)
    try FileBytes.write(merged.bytes, to: output)
    Talk.say("\(output): \(merged.models) models, \(merged.prompts) prompts")
    if let missing = merged.missing {
      Talk.say(
        "\(output): tile \(missing.tile) of \(missing.of) is in none of these parts; merge it with them before use")
    }
  }
}
