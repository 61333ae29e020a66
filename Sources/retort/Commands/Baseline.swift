import ArgumentParser
import CaseFile
import Monitoring

struct Baseline: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record what an endpoint answers now, for retort check to compare with.",
    subcommands: [Create.self, Show.self, Diff.self, Approve.self, History.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ask an endpoint in several sessions, set them against each other, and write a pending baseline.",
      discussion: """
        The sessions are kept as case files in NAME.sessions beside the baseline; run the command again to resume. An \
        endpoint whose sessions differ from each other is refused with exit code 3. The baseline is written to FILE.new: \
        it counts once retort baseline approve was run.
        """)

    @Argument(help: "Configuration of the check (YAML); left out with --from.")
    var configuration: String?

    @Option(help: "Transcript that counts as a session; repeat for each. Then nothing is asked.")
    var from: [String] = []

    @Option(help: "Number of sessions, \(Limits.words(Limits.sessions)).")
    var sessions = BaselineBuilder.fewestSessions

    @Option(
      help: "Time between two sessions, such as 6h; sessions at different hours see more of what varies by itself.")
    var gap: String?

    @Option(name: .shortAndLong, help: "The baseline's file (JSON).")
    var output: String

    @Option(help: "How progress is told on standard error.")
    var progress = ProgressMode.auto

    @Flag(help: "Print the baseline as JSON on standard output.")
    var json = false

    func run() async throws {
      try OptionBounds.check(sessions, "--sessions", in: Limits.sessions)
      let pause = try gap.map {
        guard let time = DurationWords.parse($0) else {
          throw UsageError.badValue(option: "--gap", value: $0, expected: "a time such as 90s, 5m or 6h")
        }
        return time
      }
      // Before anything is asked.
      try Monitoring.Baseline.keepOff(output + ".new")
      let recording = BaselineRecording(file: output, progress: progress)
      let baseline =
        if let configuration, from.isEmpty {
          try await recording.ask(configuration, sessions: sessions, pause: pause)
        } else if configuration == nil, !from.isEmpty {
          try await recording.read(from)
        } else {
          throw UsageError.baselineSource
        }
      try baseline.writePending(to: output + ".new")
      Talk.say(
        "pending: \(output).new; to approve it: retort baseline approve \(ShellWord.quoted(output)) --by NAME --reason TEXT"
      )
      try BaselineText(baseline).write(json: json)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say what a baseline holds and what a check would find.")

    @Argument(help: "Baseline (JSON).")
    var file: String

    @Flag(help: "Print the baseline as JSON on standard output.")
    var json = false

    func run() throws { try BaselineText(try Monitoring.Baseline.read(file: file)).write(json: json) }
  }

  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say how the answers of two baselines differ, probe by probe.",
      discussion: "Without a second file: FILE against FILE.new, what is pending.")

    @Argument(help: "Baseline (JSON).")
    var file: String

    @Argument(help: "Baseline to compare it with; default: FILE.new.")
    var other: String?

    @Flag(help: "Print the differences as JSON on standard output.")
    var json = false

    func run() throws {
      try BaselineDifference(
        try Monitoring.Baseline.read(file: file), try Monitoring.Baseline.read(file: other ?? file + ".new")
      ).write(json: json)
    }
  }

  struct Approve: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a pending baseline for good.",
      discussion: """
        FILE.new, or the one that a check left behind, becomes FILE. Who approved it and why is kept in it, with the \
        approvals before, each by the hash of the one before it.
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
      let approved = try BaselineApproval(file: file, pending: pending ?? file + ".new").approve(by: by, reason: reason)
      try BaselineText(approved).writeHistory(json: json)
    }
  }

  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List who approved which baseline, when and why.")

    @Argument(help: "Baseline (JSON).")
    var file: String

    @Flag(help: "Print the approvals as JSON on standard output.")
    var json = false

    func run() throws { try BaselineText(try Monitoring.Baseline.read(file: file)).writeHistory(json: json) }
  }
}
