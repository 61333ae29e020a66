import ArgumentParser
import Likelihood
import Terminal

@main
struct Retort: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retort",
    abstract: "Was this language model trained on that one's answers?",
    discussion: """
      Results go to standard output, talk and errors to standard error. \
      A result that cannot be written whole ends with 2, in silence where whoever reads has closed the pipe (| head); talk that nobody takes changes nothing.

      Exit codes: 0 done, 1 changed (retort check), 2 internal error or output that could not be written, 3 could not measure, 4 authentication, 5 budget reached, 20 to 25 evidence does not hold (retort verify --help), 64 usage, 130 interrupted.
      """,
    version: Version.tool,
    subcommands: [
      DemoCommand.self, InitCommand.self, DoctorCommand.self, RunCommand.self, CompareCommand.self, ReportCommand.self,
      ChannelsCommand.self, ExplainCommand.self, SameCommand.self, EmbedCommand.self,
      TreeCommand.self, ShardCommand.self, MergeCommand.self, ServeCommand.self, LikelihoodCommand.self,
      StudyCommand.self, ValidateCommand.self, CalibrateCommand.self, ImportCommand.self, CohortCommand.self,
      ExportCommand.self, VerifyCommand.self, KeyCommand.self, CosignCommand.self,
      ProbesCommand.self, ConfigCommand.self, ManualCommand.self,
      BaselineCommand.self, CheckCommand.self, ReviewCommand.self, HistoryCommand.self, SimulateCommand.self,
      ServeDemoCommand.self,
    ])

  /// One place turns every error into a sentence and an exit code.
  static func main() async {
    StandardStream.prepare()
    Analysis.Arithmetic.prepare()
    do {
      let words = CommandLine.joined(Array(CommandLine.arguments.dropFirst()))
      try OutputPlace.check(words)
      var command = try parseAsRoot(words)
      try SystemLimit.check()
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
