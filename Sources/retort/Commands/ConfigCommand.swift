import ArgumentParser

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Look into the configuration of a case.", subcommands: [Show.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print every value of a configuration, those left to the program included.",
      discussion: """
        Without a file: that of RETORT_CONFIG, else the nearest retort.yaml or case.yaml, in this folder or above it, up \
        to the root of the repository. The command line overrides the file, and the file the defaults.
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
      try ConfigurationText(
        choice: try ConfigurationChoice(configuration), limits: limits, showsOrigin: origin, json: json
      ).run()
    }
  }
}
