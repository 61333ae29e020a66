import CaseFile

extension ErrorReport {
  static func sentence(_ defect: CustodyDefect) -> String {
    switch defect {
    case .noKey: "is no private key of retort: make one with retort key new"
    case .keyReadableByOthers: "others may read this private key: chmod 600 it, and make a new one if they did"
    case .badKeyName(let name):
      "\"\(name)\" cannot be a key's name: use one like lab.example.org, without spaces and without +"
    case .noVerifierKey(let text): "\"\(text)\" is no verifier key: write NAME+ID+KEY as retort key show prints it"
    case .noLog:
      "the case was begun by an older retort, without a log: it can be reported and exported as transcripts only"
    case .notSigned: "the log of the case is not signed: name a key with --key"
    case .rootDiffers(let size):
      "the log does not lead to what was signed at \(size) records: it was changed; use an untouched copy"
    case .otherKey(let signed, let given):
      "the log was signed by \(signed), not by \(given): sign with the same key"
    case .noCheckpoint: "is no checkpoint of a log"
    case .notSignedBy(let key): "is not signed by \(key): do not cosign it; ask for it again"
    case .checkpointOfOtherLog: "is no checkpoint that this case has signed: check which case it belongs to"
    case .noCosignature: "carries no signature but the case's own: let the other party cosign it"
    case .noSuchSize(let size): "the log has not had \(size) records: name a size that was signed"
    case .proofMissing(let signed):
      "this key cosigned the log at \(signed) records: ask for the head with the proof from there "
        + "(retort cosign CASE.retort --key … --since \(signed))"
    case .notContinued(let signed):
      "does not continue the log of \(signed) records that this key cosigned: records were changed or dropped since; "
        + "do not sign it, and keep both heads"
    case .memoryDamaged: "what this key has cosigned before cannot be read: restore the file from a copy"
    case .noTimeStamp(let authority): "\(authority) gave no usable time stamp: try another authority"
    case .authorityUnreachable(let reason): "the time-stamping authority does not answer: \(reason)"
    case .noEvidence: "is no evidence: name a folder or a .tar that retort export made"
    case .tarDefective(let offset): "the archive is damaged at byte \(offset): copy it again"
    case .calibrationMissing(let digest):
      "the protocol names the calibration \(digest.prefix(16))…, which this retort does not have: "
        + "name the file with --calibration"
    }
  }

  static func status(_ defect: CustodyDefect) -> ExitStatus {
    switch defect {
    case .badKeyName, .noVerifierKey, .otherKey, .notSigned, .calibrationMissing, .noSuchSize: .usage
    case .notContinued: .altered
    default: .couldNotMeasure
    }
  }

  /// Who holds a case file.
  static func words(_ holder: FileHolder?) -> String {
    guard let holder else { return "another process" }
    return "process \(holder.process)\(holder.command.map { " (\($0))" } ?? "")"
  }
}
