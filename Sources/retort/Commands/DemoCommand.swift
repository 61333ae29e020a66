import ArgumentParser
import Reporting
import Terminal
import Workflows

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Train small models on this machine, probe them over HTTP, and find the student.",
    discussion: """
      A teacher, an independent model and a cohort are trained from texts that come with the program; a student is trained by asking the teacher's endpoint, on its answers alone. \
      Then all are probed like any endpoint. \
      No network and no keys are used.\(HelpExamples.of("demo"))
      """)

  @Flag(help: "Train the student on the independent model's answers instead: the verdict follows.")
  var shuffle = false

  @Option(help: "Share of the student's lessons that are the teacher's answers, from 0 to 1.")
  var share = 1.0

  @Option(help: "Seed of the models' answers, of the order of the run and of the bootstrap.")
  var seed: UInt64 = 20_261_123

  @Option(name: .shortAndLong, help: "Folder for the case file and the report.")
  var output = "Reports/demo"

  @Option(help: "How progress is told on standard error; auto is a bar on a terminal, else a line every 10 seconds.")
  var progress = ProgressMode.auto

  @Flag(help: "Print result.json on standard output.")
  var json = false

  func validate() throws {
    guard (0...1).contains(share) else { throw ValidationError("--share \(share): must be from 0 to 1.") }
  }

  func run() async throws {
    let demo = RehearseDemo(isShuffled: shuffle, share: share, seed: seed, folder: output, tool: Version.tool)
    let found = try await TerminalRun.resumed(by: "retort demo") {
      try await demo.run(asking: TerminalRun(progress: progress).asker) { Talk.say(RehearsalText.line($0)) }
    }
    try AnalysisOutput(folder: output, json: json).write(found.report)
    if !json {
      try StandardOutput.say("control, the independent model in the student's place:")
      try StandardOutput.lines(AnalysisOutput.text(found.control.spokenAnswer).firstCandidate)
    }
  }
}
