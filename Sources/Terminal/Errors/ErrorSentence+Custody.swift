package import Custody
import Evidence
import Formats

extension ErrorSentence {
  static func sentence(_ error: CustodyError) -> String {
    switch error {
    case .noKey(let file): "\(file): is no private key of retort: make one with retort key new"
    case .keyReadableByOthers(let file):
      "\(file): others may read this private key: chmod 600 it, and make a new one if they did"
    case .badKeyName(let file, let name):
      "\(file): \"\(name)\" cannot be a key's name: use one like lab.example.org, without spaces and without +"
    case .noVerifierKey(let given):
      "\(given): is no verifier key, and no file with one and nothing else: write NAME+ID+KEY as retort key show prints it"
    case .noCheckpoint(let file): "\(file): is no checkpoint of a log"
    case .notSignedBy(let file, let key): "\(file): is not signed by \(key): do not cosign it; ask for it again"
    case .proofMissing(let file, let signed):
      """
      \(file): this key cosigned the log at \(signed) records: ask for the head with the proof from there (retort cosign CASE.retort --key … --since \(signed))
      """
    case .notContinued(let file, let signed):
      """
      \(file): does not continue the log of \(signed) records that this key cosigned: records were changed or dropped since; do not sign it, and keep both heads
      """
    case .memoryDamaged(let file):
      "\(file): what this key has cosigned before cannot be read: restore the file from a copy"
    case .noTimeStamp(let file, let authority): "\(file): \(authority) gave no usable time stamp: try another authority"
    case .authorityUnreachable(let file, let reason):
      "\(file): the time-stamping authority does not answer: \(reason)"
    }
  }

  /// A stamp that a run or an export goes on without.
  package static func missedStamp(_ error: CustodyError) -> String {
    "\(sentence(error)); the log says so, and so will the evidence"
  }

  static func sentence(_ error: EvidenceError) -> String {
    switch error {
    case .noEvidence(let file): "\(file): is no evidence: name a folder or a .tar that retort export made"
    case .tarDefective(let file, let offset): "\(file): the archive is damaged at byte \(offset): copy it again"
    case .calibrationMissing(let file, let digest):
      """
      \(file): the protocol names the calibration \(digest.prefix(16))…, which this retort does not have: name the file with --calibration
      """
    }
  }
}
