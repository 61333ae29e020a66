import CaseFile
import Cases
import Custody
import EndpointKeys
import Formats
import Importing
import Monitoring
import Probing
import Workflows

/// The command to type next after an error, where there is one to name.
package enum NextCommand {
  package static func after(_ error: any Error) -> String? {
    switch error {
    case let error as StoppedRun: error.resume
    case UsageError.noConfiguration: "retort run FILE"
    case WorkflowError.noCandidate, CasesError.notATranscript, CasesError.modelNamedTwice: "retort compare --help"
    case UsageError.badField, CasesError.filesCollide, is ImportError: "retort import --help"
    case is ProbeSetFindings: "retort probes check --json"
    case CasesError.template: "retort probes expand --help"
    case EndpointKeyError.missing(_, .environment(let name)): "export \(name)=…"
    case CaseFileError.notSigned(_), CustodyError.noKey(_): "retort key new NAME -o FILE"
    case ProbingError.priceUnknown, ProbingError.currenciesDiffer: "retort run --dry-run --prices FILE"
    case FileError.configuration(let file, _, _, _), CaseFileError.configurationDiffers(let file, _):
      file.hasSuffix(".retort") ? "retort export \(ShellWord.quoted(file)) -o DIR" : nil
    case FileError.defectiveLine(let file, _, _), CasesError.repeatedProbe(let file, _, _, _):
      "retort probes check \(ShellWord.quoted(file))"
    case let error as MonitoringError: after(error)
    default: nil
    }
  }

  private static func after(_ error: MonitoringError) -> String? {
    switch error {
    case .notApproved(let file): "retort baseline approve \(ShellWord.quoted(file)) --by NAME --reason TEXT"
    case .nothingPending: "retort baseline create --help"
    case .noEndpoint(let file): "retort check \(ShellWord.quoted(file)) --against TRANSCRIPT"
    default: nil
    }
  }
}
