import CaseFile
import Likelihood
import Reporting
import Similarity

/// Scores every labelled pair of a corpus by every channel of text, and writes table and figures.
struct ChannelValidationRun {
  let corpus: String
  let pairs: String
  let folder: String
  let seed: UInt64
  let json: Bool

  func run() async throws {
    let method = CohortMethod.version2
    let channels = ChannelCatalogue.text.map(\.name)
    let found = try await CorpusPairs.read(
      corpus: corpus, pairs: pairs,
      method: CohortMethod(
        version: method.version, name: "all channels of text", channels: ChannelCatalogue.text,
        adjustedForLength: Set(channels), reference: method.reference), seed: seed, thorough: false)
    let validation = ChannelValidation(
      found.scored.map { ($0.labelled, $0.score) }, channels: channels, combined: Set(method.channels.map(\.name)))
    try FileBytes.write(ChannelValidationText.table(found.scored, channels: channels).utf8, to: "\(folder)/scores.csv")
    let text = ChannelValidationText.markdown(
      validation, sets: found.counts.map(\.set), pairs: found.pairs, tool: Version.tool)
    try FileBytes.write(text.utf8, to: "\(folder)/README.md")
    guard json else { return try StandardOutput.write(text) }
    try StandardOutput.json(
      .object([
        "schema": .string("retort.validation/1"), "tool": .string(Version.tool),
        "file": .string("\(folder)/scores.csv"),
        "sets": .array(
          found.counts.map {
            .object(["set": .string($0.set), "pairs": .integer($0.pairs), "scored": .integer($0.scored)])
          }),
      ]))
  }
}
