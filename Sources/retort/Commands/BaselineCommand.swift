import ArgumentParser
import Formats
import Foundation
import Monitoring
import Reporting
import Terminal
import Workflows

struct BaselineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Record what an endpoint answers now, for retort check to compare with.",
    subcommands: [Create.self, Show.self, Diff.self, Approve.self, History.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ask an endpoint in several sessions, set them against each other, and write a pending baseline.",
      discussion: """
        The sessions are kept as case files in NAME.sessions beside the baseline; run the command again to resume. \
        An endpoint whose sessions differ from each other is refused with exit code 3; the same command again sets such sessions aside, in NAME.sessions.refused-1, and asks new ones. \
        The baseline is written to FILE.new: it counts once retort baseline approve was run.\(HelpExamples.of("baseline create"))
        """)

    @Argument(help: "Configuration of the check (YAML); left out with --from.")
    var configuration: String?

    @Option(help: "Transcript that counts as a session; repeat for each. Then nothing is asked.")
    var from: [String] = []

    @Option(help: "Number of sessions, \(Limits.words(Limits.sessions)).")
    var sessions = BaselineBuilder.minimumSessions

    @Option(
      help: "Time between two sessions, such as 6h; sessions at different hours see more of what varies by itself.")
    var gap: String?

    @Flag(
      help: "Ask the next session only, and end with 0: a scheduler runs the same command again for each of the others."
    )
    var nextSession = false

    @Option(name: .shortAndLong, help: "The baseline's file (JSON).")
    var output: String

    @Option(help: "How progress is told on standard error.")
    var progress = ProgressMode.auto

    @Flag(help: "Print the baseline as JSON on standard output.")
    var json = false

    func run() async throws {
      try OptionBounds.check(sessions, "--sessions", in: Limits.sessions)
      try OutputPlace.checkFile(output)
      let pause = try gap.map {
        guard let time = DurationWords.parse($0) else {
          throw UsageError.badValue(option: "--gap", value: $0, expected: "a time such as 90s, 5m or 6h")
        }
        return time
      }
      // Before anything is asked.
      let files = try configuration.map { try RecordEndpoints.files(output, configuration: $0) } ?? [output]
      for file in files { try Baseline.keepOff(file + ".new") }
      let environment = ProcessInfo.processInfo.environment
      let recorded: [RecordEndpoints.Recorded]
      if let configuration, from.isEmpty {
        let recording = RecordEndpoints(file: output, environment: environment, tool: Version.tool)
        recorded = try await TerminalRun.resumed(by: resume(configuration)) {
          try await recording.asking(
            TerminalRun(progress: progress).asker, configuration: configuration, sessions: sessions, pause: pause,
            nextOnly: nextSession
          ) { name, stage in Talk.say((name.map { "\($0): " } ?? "") + RecordingText.line(stage)) }
        }
      } else if configuration == nil, !from.isEmpty {
        let baseline = try await RecordBaseline(file: output, environment: environment, tool: Version.tool).reading(
          from)
        recorded = [RecordEndpoints.Recorded(file: output, baseline: baseline)]
      } else {
        throw UsageError.baselineSource
      }
      for one in recorded {
        try one.baseline.writePending(to: one.file + ".new")
        let approve = "retort baseline approve \(ShellWord.quoted(one.file)) --by NAME --reason TEXT"
        Talk.say("pending: \(one.file).new; to approve it: \(approve)")
      }
      guard recorded.count == files.count else {
        Talk.say("this session is recorded, others are left: the same command again asks the next one")
        return
      }
      let documents = recorded.map(\.baseline.document)
      try StandardOutput.write(
        documents.count == 1 ? documents[0] : .array(documents),
        or: recorded.flatMap { BaselineText($0.baseline).lines }, json: json)
    }

    private func resume(_ configuration: String) -> String {
      "retort baseline create \(ShellWord.quoted(configuration)) --sessions \(sessions) -o \(ShellWord.quoted(output))"
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what a baseline holds and what a check would find.",
      discussion: HelpExamples.of("baseline show"))

    @Argument(help: "Baseline (JSON).")
    var file: String

    @Flag(help: "Print the baseline as JSON on standard output.")
    var json = false

    func run() throws {
      let baseline = try Baseline.read(file: file)
      try StandardOutput.write(baseline.document, or: BaselineText(baseline).lines, json: json)
    }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say how the answers of two baselines differ, probe by probe.",
      discussion: """
        Without a second file: FILE against FILE.new, what is pending.\(HelpExamples.of("baseline diff"))
        """)

    @Argument(help: "Baseline (JSON).")
    var file: String

    @Argument(help: "Baseline to compare it with; default: FILE.new.")
    var other: String?

    @Flag(help: "Print the differences as JSON on standard output.")
    var json = false

    func run() throws {
      let text = BaselineDifferenceText(
        try Baseline.read(file: file), try Baseline.read(file: other ?? file + ".new"))
      try StandardOutput.write(text.document(tool: Version.tool), or: text.lines, json: json)
    }
  }

  struct Approve: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a pending baseline for good.",
      discussion: """
        FILE.new, or the one that a check left behind, becomes FILE. \
        Who approved it and why is kept in it, with the approvals before, each by the hash of the one before it.\(HelpExamples.of("baseline approve"))
        """)

    @Argument(help: "Baseline (JSON).")
    var file: String

    @Option(help: "Pending baseline; default: FILE.new.")
    var pending: String?

    @Option(help: "Who approves.")
    var by: String

    @Option(help: "Why: a ticket, an announcement of the provider.")
    var reason: String

    @Flag(help: "Print the approvals as JSON on standard output.")
    var json = false

    func run() throws {
      let approved = try ApproveBaseline(file: file, pending: pending ?? file + ".new").run(
        by: by, reason: reason, now: Date()
      ) { Talk.say("\(pending ?? file + ".new"): \(BaselineRemarkWording.words($0))") }
      Talk.say("approved: \(file)")
      let text = BaselineText(approved)
      try StandardOutput.write(text.approvals(tool: Version.tool), or: text.approvalLines, json: json)
    }
  }

  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List who approved which baseline, when and why.",
      discussion: HelpExamples.of("baseline history"))

    @Argument(help: "Baseline (JSON).")
    var file: String

    @Flag(help: "Print the approvals as JSON on standard output.")
    var json = false

    func run() throws {
      let text = BaselineText(try Baseline.read(file: file))
      try StandardOutput.write(text.approvals(tool: Version.tool), or: text.approvalLines, json: json)
    }
  }
}
