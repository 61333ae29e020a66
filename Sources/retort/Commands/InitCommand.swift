import ArgumentParser
import Cases
import Formats
import Foundation
import Terminal
import Workflows

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a case.yaml that runs, with its probes; or a check.yaml.",
    discussion: """
      A model is URL#MODEL (URL up to /v1), ollama#MODEL, or a file of recorded answers (.jsonl, .jsonl.gz). \
      A cohort is any of these, ollama for all models that Ollama has here, the URL of a server for all that it serves, or a folder of recorded answers such as retort cohort import makes. \
      On a terminal it asks for what is missing. \
      Probes and samples are chosen so that a likelihood ratio and the test for one model under two names are possible; with recorded answers, the probes are prompts that nearly all of them are answers to. \
      Developers are guessed from names and addresses, and marked as guesses. \
      Nothing is overwritten.

      Examples:
        retort init --suspect URL#MODEL --candidate URL#MODEL --cohort ollama
        retort init --suspect mine.jsonl --candidate theirs.jsonl --cohort answers
        retort init --check --endpoint https://api.openai.com/v1#gpt-4.1
      """)

  @Option(help: "The model that may have been trained on another's answers.")
  var suspect: String?

  @Option(help: "A model that may be its teacher; may be given several times.")
  var candidate: [String] = []

  @Option(help: "Models that have nothing to do with either; may be given several times.")
  var cohort: [String] = []

  @Option(help: "Probe set to use as it is, in place of the one that comes with the program.")
  var probes: String?

  @Option(help: "Answers to each probe; from 2 on it is tested whether two models are one.")
  var samples = 2

  @Option(help: "Seed of the run, and of the choice of probes.")
  var seed: UInt64 = 20_261_123

  @Flag(help: "Write a check.yaml, for retort check.")
  var check = false

  @Option(help: "With --check, the endpoint: URL#MODEL.")
  var endpoint: String?

  @Option(name: .shortAndLong, help: "The file to write; default: case.yaml, or check.yaml.")
  var output: String?

  @Flag(help: "Print what was written, and what to expect, as JSON on standard output.")
  var json = false

  func run() async throws {
    try OutputPlace.checkFile(output)
    try OptionBounds.check(samples, "--samples", in: Limits.samples)
    let environment = ProcessInfo.processInfo.environment
    if check {
      let word = try endpoint ?? Self.asked("Endpoint (URL#MODEL)", option: "--endpoint")
      let written = try await CaseDraft.writeCheck(word, to: output ?? "check.yaml", environment: environment)
      return try StandardOutput.write(
        DraftText.document(written.file, written.probes, forecast: nil, tool: Version.tool),
        or: DraftText.checkLines(written.file, written.probes), json: json)
    }
    let suspect = try suspect ?? Self.asked("Suspect: URL#MODEL or file", option: "--suspect")
    let candidates =
      try candidate.isEmpty ? [Self.asked("Candidate: URL#MODEL or file", option: "--candidate")] : candidate
    let cohort =
      try cohort.isEmpty
      ? Self.asked(
        "Cohort: a folder of recorded answers, ollama, URL or URL#MODEL, with spaces between", option: "--cohort"
      )
      .split(separator: " ").map(String.init) : cohort
    let found = try await DraftCase(
      suspect: suspect, candidates: candidates, cohort: cohort, probes: probes, samples: samples, seed: seed,
      environment: environment
    ).write(to: output ?? "case.yaml")
    let forecast = ForecastText(found.configuration, found.forecast)
    try StandardOutput.write(
      DraftText.document(found.file, found.probes, forecast: forecast, tool: Version.tool),
      or: DraftText.lines(found.file, found.probes, found.configuration, forecast: forecast), json: json)
  }

  /// What a person types.
  ///
  /// - Throws: `UsageError.missing` where nobody is there to ask.
  private static func asked(_ question: String, option: String) throws -> String {
    guard isatty(STDIN_FILENO) == 1 else { throw UsageError.missing(option: option, what: question) }
    Talk.write("\(question): ")
    guard let line = readLine(), case let word = line.trimmingCharacters(in: .whitespaces), !word.isEmpty else {
      throw UsageError.missing(option: option, what: question)
    }
    return word
  }
}
