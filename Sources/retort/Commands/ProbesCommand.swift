import ArgumentParser
import CaseFile
import Cases
import Formats
import Reporting
import Terminal
import Workflows

struct ProbesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probes",
    abstract: "Look into probe sets, and make private ones.",
    subcommands: [List.self, Check.self, Expand.self])

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
      let found = try ExpandTemplates(templates).run(seed: seed, count: count, to: output)
      let text = ProbeVariantsText(found, file: output, seed: seed)
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
