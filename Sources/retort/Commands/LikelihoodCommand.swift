import ArgumentParser
import CaseFile
import Probing

struct LikelihoodCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "likelihood",
    abstract: "Ask each model of a case how likely it finds the others' answers, in both directions.",
    discussion: """
      After retort run. Needs endpoints that tell it: openai-completions or vllm with log-probabilities of prompts, or \
      llama.cpp's server, which is made to say each answer token by token. What they say is kept in NAME.likelihood.retort, \
      with a log and a chain of its own; name that file instead to see the findings again, offline. Direction stays not \
      determined unless stated dates and likelihoods point the same way.
      """)

  @Argument(help: "Configuration of the case (YAML), or a file NAME.likelihood.retort.")
  var source: String?

  @Option(help: "Prompts whose answers are put to all, drawn by the case's seed: \(Limits.words(Limits.batch)).")
  var answers = 40

  @Option(help: "Bytes of an answer that are given, \(Limits.words(Limits.sentBytes)).")
  var longest = 1_000

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
    try OptionBounds.check(longest, "--longest", in: Limits.sentBytes)
    try await LikelihoodSession(
      source: source, plan: LikelihoodCase(answers: answers, longest: longest), references: references,
      released: try ReleaseDates.read(released), limits: limits, custody: try custody.chosen(), progress: progress,
      json: json
    ).run()
  }
}

/// Dates of release on the command line.
enum ReleaseDates {
  static func read(_ stated: [String]) throws -> [ModelID: String] {
    try stated.reduce(into: [:]) { dates, text in
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      let date = String(parts.last ?? "")
      let name = parts.dropLast().joined(separator: "=")
      let numbers = date.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count > 1, !name.isEmpty, numbers.map(\.count) == [4, 2, 2],
        numbers.joined().utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        let month = Int(numbers[1]), let day = Int(numbers[2]), (1...12).contains(month), (1...31).contains(day)
      else {
        throw UsageError.badValue(option: "--released", value: text, expected: "NAME=YYYY-MM-DD")
      }
      dates[ModelID(name)] = date
    }
  }
}
