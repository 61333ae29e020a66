import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Importing
import Likelihood
import Monitoring

/// The errors that a reader may end with: the program has a sentence for each.
enum WordedError {
  static func holds(_ error: any Error) -> Bool {
    switch error {
    case is FileError, is CasesError, is ImportError, is CaseFileError, is CustodyError, is EvidenceError,
      is MonitoringError, is LikelihoodError:
      true
    default: false
    }
  }
}
