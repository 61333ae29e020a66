import Cases
import Foundation
import Probing
import Reporting
import Terminal
import Workflows

/// How a case is asked from the terminal: its progress is shown, and Ctrl-C is minded.
struct TerminalRun: Sendable {
  let progress: ProgressMode
  private let keys = KeyWarnings()

  init(progress: ProgressMode) { self.progress = progress }

  /// For workflows that have cases asked.
  var asker: Asker { { try await ask($0) } }

  /// - Returns: what came of it, said already, whether or not everything was answered.
  func ask(_ asked: AskCase) async throws -> RunResult {
    keys.files(of: asked.configuration.models)
    let display = ProgressDisplay(progress, tool: Version.tool)
    let hasWindows = asked.configuration.models.contains { $0.endpoint.dialect == .manual }
    let work = Task {
      try await asked.run(
        manual: hasWindows ? PasteWindow.transport() : nil,
        checked: { CapabilityText.warnings($0).forEach { Talk.say($0) } },
        unguarded: { keys.unguarded($0) },
        missed: { Talk.say(ErrorSentence.missedStamp($0)) }, progress: { display.show($0) })
    }
    let interrupts = Interrupts(first: {
      Talk.say("finishing what is in flight; Ctrl-C again stops at once; the same command goes on later")
      work.cancel()
    })
    let result: RunResult
    do {
      result = try await work.value
    } catch {
      display.end()
      throw error
    }
    interrupts.stop()
    display.end()
    Talk.say(
      """
      \(result.answered) of \(result.planned) answers in \(asked.file), \(result.attempts) attempts in this run, \(result.failures) of them failed
      """)
    Talk.say(SpendingText.line(result, asked.configuration))
    return result
  }

  /// Names the command that goes on, if a run ends before it is complete.
  ///
  /// - Throws: `StoppedRun`.
  static func resumed<Value>(
    by command: String, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch let incomplete as IncompleteRun {
      throw StoppedRun(result: incomplete.result, resume: command)
    }
  }
}
