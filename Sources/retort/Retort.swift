import ArgumentParser

@main
struct Retort: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retort",
    abstract: "Was this language model trained on that one's answers?",
    discussion: """
      Results go to standard output, talk and errors to standard error. A result that cannot be written whole ends with 2, in \
      silence where whoever reads has closed the pipe (| head); talk that nobody takes changes nothing.

      Exit codes: 0 done, 1 changed (retort check), 2 internal error or output that could not be written, 3 could not measure, 4 authentication, 5 budget \
      reached, 20 to 24 evidence does not hold (retort verify --help), 64 usage, 130 interrupted.
      """,
    version: Version.tool,
    subcommands: [
      Demo.self, Doctor.self, Run.self, Compare.self, Report.self, Channels.self, Explain.self, Same.self, Embed.self,
      Tree.self, Serve.self, LikelihoodCommand.self, StudyCommand.self, Validate.self, Calibrate.self, Import.self,
      Export.self, Verify.self, Key.self, Cosign.self,
      Probes.self, Config.self, Manual.self,
      Baseline.self, Check.self, Review.self, History.self, Simulate.self, ServeDemo.self,
    ])

  /// One place turns every error into a sentence and an exit code.
  static func main() async {
    StandardStream.prepare()
    do {
      var command = try parseAsRoot(CommandLine.joined(Array(CommandLine.arguments.dropFirst())))
      if let limit = StandardStream.tooFewFiles() { throw TooFewFiles(limit: limit) }
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      ErrorReport.exit(error)
    }
  }
}

enum Version {
  static let number = "0.1.0"
  static let tool = "retort \(number)"
}
