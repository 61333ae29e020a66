import CaseFile
import Cases
import Custody
import Formats
import Monitoring
import Probing
import Terminal
import Workflows

extension ErrorReport {
  /// The command to type next, where there is one to name.
  static func next(after error: any Error) -> String? {
    switch error {
    case let error as StoppedRun: error.resume
    case UsageError.noConfiguration: "retort run FILE"
    case WorkflowError.noCandidate, CasesError.notATranscript, CasesError.modelNamedTwice: "retort compare --help"
    case UsageError.badField, CasesError.nothingToImport, CasesError.notImportable: "retort import --help"
    case is ProbeSetFindings: "retort probes check --json"
    case CasesError.template: "retort probes expand --help"
    case ProbingError.keyMissing(_, .environment(let name)): "export \(name)=…"
    case CaseFileError.notSigned(_), CustodyError.noKey(_): "retort key new NAME -o FILE"
    case ProbingError.priceUnknown, ProbingError.currenciesDiffer: "retort run --dry-run --prices FILE"
    case FileError.configuration(let file, _, _, _), CaseFileError.configurationDiffers(let file, _):
      file.hasSuffix(".retort") ? "retort export \(ShellWord.quoted(file)) -o DIR" : nil
    case FileError.defectiveLine(let file, _, _), CasesError.repeatedProbe(let file, _, _, _):
      "retort probes check \(ShellWord.quoted(file))"
    case let error as MonitoringError: next(error)
    default: nil
    }
  }

  /// What a failed command says with `--json`, on standard error: one line.
  static func document(_ message: String, _ status: ExitStatus, next: String?) -> JSONValue {
    .compactDocument(
      "retort.error/1", tool: Version.tool,
      [
        "code": .string(name(status)),
        "exit": .integer(Int(status.rawValue)), "message": .string(message), "next": JSONValue(next),
      ])
  }

  private static func name(_ status: ExitStatus) -> String {
    switch status {
    case .changed: "changed"
    case .internalError: "internal"
    case .couldNotMeasure: "could_not_measure"
    case .authentication: "authentication"
    case .budget: "budget"
    case .altered: "altered"
    case .notSigned: "not_signed"
    case .wrongTime: "wrong_time"
    case .incomplete: "incomplete"
    case .notRecomputed: "not_recomputed"
    case .notAsSaid: "not_as_said"
    case .usage: "usage"
    case .interrupted: "interrupted"
    }
  }

  static func next(_ error: MonitoringError) -> String? {
    switch error {
    case .notApproved(let file): "retort baseline approve \(ShellWord.quoted(file)) --by NAME --reason TEXT"
    case .nothingPending: "retort baseline create --help"
    case .noEndpoint(let file): "retort check \(ShellWord.quoted(file)) --against TRANSCRIPT"
    default: nil
    }
  }
}
