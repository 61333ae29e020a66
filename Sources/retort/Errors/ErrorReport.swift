import ArgumentParser
import Browsing
import Formats
import Foundation
import Probing
import Reporting
import Terminal

/// Turns errors into one line: what, where, what to do; and into an exit code.
enum ErrorReport {
  static func exit(_ error: any Error) -> Never {
    if let end = error as? CheckEnd { Foundation.exit(end.status) }
    if let explained = explanation(of: error) {
      let arguments = CommandLine.arguments.dropFirst().prefix { $0 != "--" }
      if arguments.contains("--json") {
        Talk.json(
          ErrorDocument.of(explained.line, explained.status, next: NextCommand.after(error), tool: Version.tool))
      } else {
        Talk.fail(explained.line)
      }
      // Threads of the linear algebra that get no memory never end, and an orderly end waits for them.
      if error is SystemLimit { _exit(explained.status.rawValue) }
      Foundation.exit(explained.status.rawValue)
    }
    if let lost = error as? OutputLost {
      if !lost.isReaderGone { Talk.fail(lost.sentence) }
      Foundation.exit(ExitStatus.internalError.rawValue)
    }
    // Help, version and mistakes on the command line are worded by the argument parser.
    let code = Retort.exitCode(for: error)
    if code == .success {
      do { try StandardOutput.write(Retort.fullMessage(for: error) + "\n") } catch { exit(error) }
      Foundation.exit(code.rawValue)
    }
    if code == .validationFailure {
      Talk.fail(mistake(error))
      Foundation.exit(code.rawValue)
    }
    Talk.fail("internal error: \(error). Please report it with the command that you ran.")
    Foundation.exit(ExitStatus.internalError.rawValue)
  }

  /// What the argument parser says, in the style of the other errors; and which command a mistyped one may be.
  private static func mistake(_ error: any Error) -> String {
    if let wrong = MistypedCommand(Array(CommandLine.arguments.dropFirst())) { return wrong.sentence }
    return "\(Retort.message(for: error)) (see --help of the command)"
  }

  static func explanation(of error: any Error) -> (line: String, status: ExitStatus)? {
    switch error {
    case let error as UsageError: (error.sentence, .usage)
    case let error as StoppedRun: (StopText.sentence(error.result, resume: error.resume), .of(error.result.stop))
    case let error as EvidenceRejected: (error.sentence, error.status)
    case let error as ProbeSetFindings: (error.sentence, .couldNotMeasure)
    case let error as RatioNotGiven: (error.sentence, .couldNotMeasure)
    case let error as PortTaken:
      ("port \(error.port) of 127.0.0.1 cannot be used: choose another with --port, or leave it out", .couldNotMeasure)
    case ManualError.noDescription: ("the manual page cannot be made from this program's help", .internalError)
    case let error as SystemLimit: (error.sentence, .internalError)
    case is CancellationError: ("interrupted; what was stored before is kept", .interrupted)
    default: ErrorSentence.of(error).map { ($0, .of(error)) }
    }
  }
}
