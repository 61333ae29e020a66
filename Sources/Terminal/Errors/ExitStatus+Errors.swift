import CaseFile
import Cases
import Custody
import EndpointKeys
import Evidence
import Formats
import Importing
import Monitoring
package import Probing
import Workflows

/// With which exit code a command ends after an error of a module.
extension ExitStatus {
  package static func of(_ error: any Error) -> ExitStatus {
    switch error {
    case let error as FileError: status(error)
    case let error as CasesError: status(error)
    case let error as ImportError: status(error)
    case let error as CaseFileError: status(error)
    case let error as CustodyError: status(error)
    case let error as EvidenceError: status(error)
    case let error as WorkflowError: status(error)
    case let error as MonitoringError: status(error)
    case is EndpointKeyError: .authentication
    case let error as ProbingError: status(error)
    case let error as SilentEndpoints: error.isKeyRefused ? .authentication : .couldNotMeasure
    default: .couldNotMeasure
    }
  }

  private static func status(_ error: FileError) -> ExitStatus {
    switch error {
    case .configuration, .wouldOverwrite, .nameTooLong: .usage
    case .unwritable: .internalError
    default: .couldNotMeasure
    }
  }

  private static func status(_ error: CasesError) -> ExitStatus {
    switch error {
    case .notATranscript, .noTranscript, .modelNamedTwice: .usage
    default: .couldNotMeasure
    }
  }

  private static func status(_ error: ImportError) -> ExitStatus {
    switch error {
    case .notImportable(_, .modelUnknown), .fieldNowhere: .usage
    default: .couldNotMeasure
    }
  }

  private static func status(_ error: CaseFileError) -> ExitStatus {
    switch error {
    case .configurationDiffers, .caseExists, .otherKey, .notSigned, .noSuchSize: .usage
    default: .couldNotMeasure
    }
  }

  private static func status(_ error: CustodyError) -> ExitStatus {
    switch error {
    case .badKeyName, .noVerifierKey: .usage
    case .notContinued: .altered
    default: .couldNotMeasure
    }
  }

  private static func status(_ error: EvidenceError) -> ExitStatus {
    if case .calibrationMissing = error { .usage } else { .couldNotMeasure }
  }

  private static func status(_ error: WorkflowError) -> ExitStatus {
    if case .lessonNotAnswered = error { .internalError } else { .usage }
  }

  private static func status(_ error: MonitoringError) -> ExitStatus {
    switch error {
    case .tooManyCalls, .approvalEmpty, .noEndpoint: .usage
    default: .couldNotMeasure
    }
  }

  private static func status(_ error: ProbingError) -> ExitStatus {
    switch error {
    case .priceUnknown, .currenciesDiffer: .usage
    case .noVectors(_, _, let isKeyRefused): isKeyRefused ? .authentication : .couldNotMeasure
    case .planDiffers, .noTokens, .noModelList, .noAnswers, .noCommonAnswers, .unknownOwner, .noLikelihoodTold:
      .couldNotMeasure
    case .noLikelihood, .notAsked, .planTooLarge, .badProxy: .usage
    }
  }

  package static func of(_ stop: StopReason) -> ExitStatus {
    switch stop {
    case .complete: .internalError  // a complete run is no error
    case .budget: .budget
    case .authentication: .authentication
    case .couldNotMeasure: .couldNotMeasure
    case .interrupted: .interrupted
    }
  }
}
