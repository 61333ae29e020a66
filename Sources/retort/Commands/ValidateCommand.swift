import ArgumentParser
import CaseFile
import Formats
import Likelihood
import Reporting
import Terminal
import Validation
import Workflows

struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Score labelled pairs of models, to see how good the method is.",
    discussion: """
      The corpus is a folder with lineage.csv and, for each set of answers, NAME/responses/MODEL.jsonl.gz. \
      Writes scores.csv with the scores of every pair whose models answered the same set, and with likelihood ratios; groups.csv with those of all candidates of one developer as one; and README.md with the figures. \
      The ratios come from a calibration that was fitted before (--calibration), or, without one, for each pair from a calibration that saw no developer, no family and no base model of it. \
      With --losses the corpus is a table of what suspects lose on candidates' answers, less what their bases lose (JSONL, plain or gzip): likelihoods against a base are validated, teachers and makers of bases left out.\(HelpExamples.of("validate"))
      """)

  @Option(help: "Folder of the corpus.")
  var corpus: String?

  @Option(help: "Labelled pairs (CSV).")
  var pairs: String?

  @Option(help: "A table of losses, suspect less base, in place of corpus and pairs (JSONL, plain or gzip).")
  var losses: String?

  @Option(help: "Version of the method.")
  var method = CohortMethod.current.version

  @Option(help: "Seed of the bootstrap over families.")
  var seed: UInt64 = 1

  @Option(
    help: "A calibration: `shipped`, or a file of retort calibrate. Default: one for each pair, without its families.")
  var calibration: String?

  @Option(
    help:
      "SET=FILE: measurement of a set's answers, of retort shard --rows and merge, in place of measuring; repeat for several."
  )
  var measurement: [String] = []

  @Option(name: .shortAndLong, help: "Folder for scores.csv, groups.csv and README.md.")
  var output: String

  @Flag(help: "Judge every channel of text by itself instead of the method; no ratios.")
  var channels = false

  @Flag(help: "Print what was scored as JSON on standard output.")
  var json = false

  func validate() throws {
    guard losses == nil ? corpus != nil && pairs != nil : corpus == nil && pairs == nil && !channels else {
      throw ValidationError("Give --corpus DIR and --pairs FILE, or --losses FILE.")
    }
    guard measurement.isEmpty || (losses == nil && !channels) else {
      throw ValidationError("--measurement stands for the answers of the method: leave out --channels and --losses")
    }
  }

  func run() async throws {
    if let losses { return try validateLosses(losses) }
    let (table, text, found) = channels ? try await judgedChannels() : try await validated()
    try FileBytes.write(table.utf8, to: "\(output)/scores.csv")
    try FileBytes.write(text.utf8, to: "\(output)/README.md")
    try tell(text, found.counts)
  }

  private func validateLosses(_ file: String) throws {
    let found = try ValidateLosses(file: file).run(calibration: calibration)
    let text = LossValidationText(found, tool: Version.tool).markdown()
    try FileBytes.write(LossValidationText.table(found.validation).utf8, to: "\(output)/scores.csv")
    try FileBytes.write(text.utf8, to: "\(output)/README.md")
    let sets = Dictionary(grouping: found.validation.rows, by: \.prompts).sorted { $0.key < $1.key }
    try tell(
      text,
      sets.map { set, rows in
        let cases = rows.flatMap(\.candidates)
        return (set: set, pairs: cases.count, scored: cases.count { $0.logRatio != nil })
      })
  }

  private func tell(_ text: String, _ counts: [(set: String, pairs: Int, scored: Int)]) throws {
    guard json else { return try StandardOutput.write(text) }
    try StandardOutput.json(
      ScoredPairsText.document(counts, file: "\(output)/scores.csv", tool: Version.tool))
  }

  private func validated() async throws -> (table: String, text: String, pairs: CorpusPairs) {
    let method = try CohortMethod.named(method)
    let found = try await ValidateMethod(
      corpus: corpus ?? "", pairs: pairs ?? "", seed: seed, measurements: try measurements()
    ).run(
      method, frozen: try calibration.map { try .named($0, for: method) }, progress: Self.tell)
    let text = ValidationText(
      report: found.report, method: method, pairs: found.pairs.pairs, seed: seed, tool: Version.tool,
      unscored: found.pairs.unscored, languages: found.pairs.languages)
    if method.groupChannel != nil {
      let groups = GroupValidationText(GroupValidation(found.report), english: found.pairs.english)
      try FileBytes.write(groups.table.utf8, to: "\(output)/groups.csv")
    }
    return (ValidationText.table(found.report, method: method), text.markdown(), found.pairs)
  }

  private func measurements() throws -> [String: String] {
    try measurement.reduce(into: [:]) { found, text in
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        throw UsageError.badValue(
          option: "--measurement", value: text, expected: "SET=FILE, such as alpaca_eval=all.part")
      }
      guard found.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
        throw UsageError.badValue(option: "--measurement", value: text, expected: "the only one of its set")
      }
    }
  }

  private func judgedChannels() async throws -> (table: String, text: String, pairs: CorpusPairs) {
    let found = try await JudgeChannels(corpus: corpus ?? "", pairs: pairs ?? "", seed: seed).run(
      beside: .current, progress: Self.tell)
    return (
      ChannelValidationText.table(found.pairs.scored, channels: found.channels),
      ChannelValidationText.markdown(
        found.validation, sets: found.pairs.counts.map(\.set), pairs: found.pairs.pairs, tool: Version.tool),
      found.pairs
    )
  }

  @Sendable private static func tell(_ done: (set: String, pairs: Int, scored: Int)) {
    Talk.say(ScoredPairsText.line(done))
  }
}
