import ArgumentParser
import Cases
import Formats
import Foundation
import Probing
import Reporting
import Terminal
import Workflows

struct LikelihoodCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "likelihood",
    abstract: "Ask each model of a case how likely it finds the others' answers, in both directions.",
    discussion: """
      After retort run. \
      Needs endpoints that tell it: openai-completions or vllm with log-probabilities of prompts, or llama.cpp's server, which is made to say each answer token by token. \
      Where a model of the case has a base_endpoint, its base is asked too: with the suspect's base as reference each candidate gets a likelihood ratio, and candidates and cohort may be recorded answers. \
      What they say is kept in NAME.likelihood.retort, with a log and a chain of its own; name that file instead to see the findings again, offline. \
      Direction stays not determined unless stated dates and likelihoods point the same way.\(HelpExamples.of("likelihood"))
      """)

  @Argument(help: "Configuration of the case (YAML), or a file NAME.likelihood.retort.")
  var source: String?

  @Option(help: "Prompts whose answers are put to all, drawn by the case's seed: \(Limits.words(Limits.batch)).")
  var answers = 40

  @Option(help: "Bytes of an answer that are given, \(Limits.words(Limits.sentBytes)).")
  var longest = 1_000

  @Option(
    help:
      "Answers a mark that are put in plain spelling too, for the marks that a candidate writes far more often than others: \(Limits.words(0...Limits.batch.upperBound))."
  )
  var spellings = 12

  @Flag(help: "Ask the suspect and its base alone; what all others answered is taken as recorded.")
  var suspectOnly = false

  @Option(
    help:
      "Texts that no model of the case wrote, to the same prompts (JSONL as a transcript): told apart in the result.")
  var references: String?

  @Option(help: "Date of a model's release, as NAME=YYYY-MM-DD; may be given several times.")
  var released: [String] = []

  @OptionGroup(title: "Budget")
  var limits: BudgetOptions

  @OptionGroup(title: "Chain of custody")
  var custody: CustodyOptions

  @Option(help: "How progress is told on standard error; auto is a bar on a terminal, else a line every 10 seconds.")
  var progress = ProgressMode.auto

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    try OptionBounds.check(answers, "--answers", in: Limits.batch)
    try OptionBounds.check(spellings, "--spellings", in: 0...Limits.batch.upperBound)
    try OptionBounds.check(longest, "--longest", in: Limits.sentBytes)
    let dates = try ReleaseDates.read(released)
    let findings = try AskLikelihoods.findings(in: try await caseFile(), released: dates)
    try StandardOutput.write(
      findings.likelihoods.document(tool: Version.tool, reference: findings.reference),
      or: (findings.reference.map(LikelihoodText.lines) ?? []) + LikelihoodText.lines(findings.likelihoods), json: json)
  }

  /// The file with what the endpoints say; they are asked for what it does not hold yet.
  private func caseFile() async throws -> String {
    if let source, source.hasSuffix(".retort") { return source }
    let choice = try ConfigurationChoice(source)
    choice.tell()
    var configuration = try CaseConfigurationReader.read(file: choice.file)
    configuration.budget = configuration.budget.overridden(by: try limits.budget())
    let workflow = AskLikelihoods(
      configuration, base: choice.base(ofCase: configuration.name),
      plan: LikelihoodCase(
        answers: answers, longest: longest,
        spellings: SpellingPlan(try AskLikelihoods.shippedSpellings(), answers: spellings), suspectOnly: suspectOnly),
      references: references,
      environment: ProcessInfo.processInfo.environment, custody: try custody.chosen(), tool: Version.tool)
    return try await TerminalRun.resumed(by: "retort likelihood \(ShellWord.quoted(choice.file))") {
      var pace = Pace()
      return try await workflow.run(
        asking: TerminalRun(progress: progress).asker,
        parting: { model, done, all in
          if progress != .none, pace.isDue(first: done == 0) {
            Talk.say("\(model) takes answers apart into its tokens: \(done) of \(all)")
          }
        },
        leftOut: { Talk.say("\($0) answers left out: an endpoint's tokens of them are parts of characters") })
    }
  }
}
