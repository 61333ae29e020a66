import CaseFile
import Cases
import Custody
import EndpointKeys
import Evidence
import Formats
import Importing
import Likelihood
import Monitoring
import Probing
import Similarity
import Validation
import Workflows

/// Errors of the modules, each in one line for people: what, where, what to do.
package enum ErrorSentence {
  /// nil for an error that is none of theirs.
  package static func of(_ error: any Error) -> String? {
    switch error {
    case let error as FileError: sentence(error)
    case let error as CasesError: sentence(error)
    case let error as ImportError: sentence(error)
    case let error as CaseFileError: sentence(error)
    case let error as CustodyError: sentence(error)
    case let error as EvidenceError: sentence(error)
    case let error as SimilarityError: sentence(error)
    case let error as PartError: sentence(error)
    case let error as LikelihoodError: sentence(error)
    case let error as FittingError: sentence(error)
    case let error as WorkflowError: sentence(error)
    case let error as MonitoringError: sentence(error)
    case let error as EndpointKeyError: sentence(error)
    case let error as ProbingError: sentence(error)
    case let error as SilentEndpoints: sentence(error)
    case let error as NothingToCompare: sentence(error)
    default: nil
    }
  }
}
