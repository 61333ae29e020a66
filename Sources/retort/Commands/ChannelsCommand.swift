import ArgumentParser
import Formats
import Reporting
import Terminal
import Workflows

struct ChannelsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "channels",
    abstract: "Print each channel's score, normalised score and rank for one suspect.",
    discussion: """
      For a case file the candidates are shown, for a folder of transcripts all its models, or of more than \(RecordedCase.maximumCohort) those that are chosen to be compared. \
      Where models told what they thought, the channels of reasoning come last. \
      A channel's rank is the place of the model among those shown, by the score normalised over the models that are related to neither.\(HelpExamples.of("channels"))
      """)

  @OptionGroup
  var source: SourceOptions

  @Option(
    help:
      "Models shown, nearest first by the mean of the normalised scores that the method combines; up to \(Limits.shown.upperBound)."
  )
  var top = 10

  @Option(
    help:
      "Of many models, measure only so many, nearest to the suspect by a sketch of their words, and a drawn cohort; up to \(Limits.shown.upperBound)."
  )
  var nearest: Int?

  @Option(name: .customLong("channel"), help: "Measure only this channel; may be given several times.")
  var channels: [String] = []

  @Option(
    help:
      "Replicates of a bootstrap over probes, for intervals of the normalised scores, up to \(Limits.replicates.upperBound); 0 for none."
  )
  var replicates = 0

  @Option(help: "Vectors of the answers, as `retort embed` writes them: adds the channel `embeddings`.")
  var vectors: String?

  @Flag(help: "Print JSON, of all models.")
  var json = false

  func run() async throws {
    try OptionBounds.check(top, "--top", in: Limits.shown)
    try OptionBounds.check(nearest, "--nearest", in: 1...Limits.shown.upperBound)
    try OptionBounds.check(replicates, "--replicates", in: Limits.replicates)
    let found = try await MeasureChannels(source.answers, vectors: vectors).run(
      replicates: replicates, nearest: nearest, channels: channels)
    try StandardOutput.write(
      ChannelsText.document(
        found.table, found.shortAnswers, debris: found.debris, draw: found.draw, tool: Version.tool),
      or: ChannelsText.lines(found.table, found.shortAnswers, debris: found.debris, draw: found.draw, top: top),
      json: json)
  }
}
