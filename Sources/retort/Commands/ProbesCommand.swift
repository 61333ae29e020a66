import ArgumentParser
import CaseFile
import Cases
import Formats
import Foundation
import Reporting
import Terminal
import Workflows

struct ProbesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probes",
    abstract: "Look into probe sets, and make private ones.",
    subcommands: [List.self, Check.self, Expand.self, Border.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what probe sets hold: hash, probes, categories, languages.",
      discussion: HelpExamples.of("probes list"))

    @Argument(help: "Probe sets (JSONL), or folders of them.")
    var files: [String] = ["Probes"]

    @Flag(help: "Print the list as JSON on standard output.")
    var json = false

    func run() throws { _ = try ProbesCommand.tell(files, isCheck: false, json: json) }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check probe sets together: every line, names and prompts that occur twice, missing categories.",
      discussion: """
        Ends with exit code 3 if there is anything to say.\(HelpExamples.of("probes check"))
        """)

    @Argument(help: "Probe sets (JSONL), or folders of them.")
    var files: [String] = ["Probes"]

    @Flag(help: "Print the findings as JSON on standard output.")
    var json = false

    func run() throws {
      let found = try ProbesCommand.tell(files, isCheck: true, json: json)
      if !found.isEmpty { throw ProbeSetFindings(count: found.count) }
    }
  }

  struct Expand: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draw private variants from templates.",
      discussion: """
        A template is a JSON file: {"id", "prompt": "… {thing} …", "slots": {"thing": ["…", …]}}, and the fields of a probe. \
        The same seed draws the same variants on every machine; it is part of their names, so keep the file as private as the seed.\(HelpExamples.of("probes expand"))
        """)

    @Argument(help: "Templates (JSON).")
    var templates: [String]

    @Option(help: "Seed of the draw.")
    var seed: UInt64

    @Option(help: "Variants of each template, \(Limits.words(Limits.variants)).")
    var count: Int

    @Option(name: .shortAndLong, help: "Probe set to write (JSONL).")
    var output: String

    @Flag(help: "Print what was written as JSON on standard output.")
    var json = false

    func run() throws {
      try OptionBounds.check(count, "--count", in: Limits.variants)
      try OutputPlace.checkFile(output)
      let found = try ExpandTemplates(templates).run(seed: seed, count: count, to: output)
      let text = ProbeVariantsText(found, file: output, seed: seed)
      try StandardOutput.write(text.document(tool: Version.tool), or: text.lines, json: json)
    }
  }

  struct Border: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Find prompts whose first token is a near tie, for retort check.",
      discussion: """
        Asks two answers of one token to each candidate at temperature 0, and ten more where they differ. \
        The least change of a model moves a near tie; retort check compares them session by session, as stratum border. \
        The answers are kept in FILE.search; the same command again goes on.\(HelpExamples.of("probes border"))
        """)

    @Option(name: .customLong("from"), help: "Probe set of candidates (JSONL); may be given several times.")
    var candidates: [String]

    @Option(help: "Configuration of a check (YAML) whose endpoint is asked.")
    var endpoint: String

    @Option(help: "Name of the endpoint, where the configuration has several.")
    var name: String?

    @Option(help: "Border inputs to keep, \(Limits.words(Limits.variants)).")
    var count = 20

    @Option(name: .shortAndLong, help: "Probe set to write (JSONL).")
    var output: String

    @Option(help: "How progress is told on standard error.")
    var progress = ProgressMode.auto

    @Flag(help: "Print what was found as JSON on standard output.")
    var json = false

    func run() async throws {
      try OptionBounds.check(count, "--count", in: Limits.variants)
      try OutputPlace.checkFile(output)
      let search = try FindBorderInputs(
        from: candidates, configuration: endpoint, named: name, to: output,
        environment: ProcessInfo.processInfo.environment, tool: Version.tool)
      let words = candidates.map { "--from \(ShellWord.quoted($0))" }.joined(separator: " ")
      let again =
        "retort probes border \(words) --endpoint \(ShellWord.quoted(endpoint)) -o \(ShellWord.quoted(output))"
      let found = try await TerminalRun.resumed(by: again) {
        try await search.run(TerminalRun(progress: progress).asker, most: count) { Talk.say(BorderText.words($0)) }
      }
      let text = BorderText(found, file: output)
      try StandardOutput.write(text.document(tool: Version.tool), or: text.lines, json: json)
    }
  }

  /// Says what probe sets hold, and what is wrong with them.
  private static func tell(_ files: [String], isCheck: Bool, json: Bool) throws -> [ProbeSetReview.Finding] {
    let review = ProbeSetReview(of: try ProbeSetReview.sets(of: files))
    guard !review.sets.isEmpty else { throw UsageError.noProbeSet(files) }
    let text = ProbeSetText(review, isCheck: isCheck)
    try StandardOutput.write(text.document(tool: Version.tool), or: text.lines, json: json)
    return review.findings
  }
}
