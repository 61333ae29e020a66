import ArgumentParser
import Cases
import Terminal

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Look into the configuration of a case.", subcommands: [Show.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print every value of a configuration, those left to the program included.",
      discussion: """
        Without a file: that of RETORT_CONFIG, else the nearest retort.yaml or case.yaml, in this folder or above it, up to the root of the repository. \
        The command line overrides the file, and the file the defaults.\(HelpExamples.of("config show"))
        """)

    @Argument(help: "Configuration of the case (YAML).")
    var configuration: String?

    @OptionGroup(title: "Budget")
    var limits: BudgetOptions

    @Flag(help: "Say where each value comes from.")
    var origin = false

    @Flag(help: "Print values and origins as JSON on standard output.")
    var json = false

    func run() throws {
      let choice = try ConfigurationChoice(configuration)
      let overriding = limits.given.map { ConfigurationValue(key: $0.key, value: $0.value, origin: .commandLine) }
      _ = try limits.budget()
      let keys = Set(overriding.map(\.key))
      let values = try ConfigurationValue.all(ofFile: choice.file).filter { !keys.contains($0.key) } + overriding
      let text = ConfigurationText(values, ofFile: choice.file)
      guard !json else {
        return try StandardOutput.json(text.document(found: choice.found.rawValue, tool: Version.tool))
      }
      choice.tell()
      try StandardOutput.say(text.lines(withOrigin: origin))
    }
  }
}
