/// Why something of the chain of custody cannot be used.
package enum CustodyDefect: Hashable, Sendable {
  // Keys
  case noKey
  /// The file's mode lets others read the private key.
  case keyReadableByOthers
  case badKeyName(String)
  case noVerifierKey(String)

  // The log of a case
  /// The case was begun by a version that kept no log.
  case noLog
  /// The case's log has not been signed, or not up to its end.
  case notSigned
  /// The records stored do not lead to a root that was signed before.
  case rootDiffers(size: Int)
  /// The key signs under another name than the one that signed this log before.
  case otherKey(signed: String, given: String)

  // Notes that come from elsewhere
  case noCheckpoint
  case notSignedBy(String)
  /// A checkpoint, but none that this case has signed.
  case checkpointOfOtherLog
  case noCosignature
  /// The log never had so many records.
  case noSuchSize(Int)
  /// This key cosigned the log at a smaller size; the proof from there to here is missing.
  case proofMissing(signed: Int)
  /// The head does not continue the one of that size, which this key cosigned.
  case notContinued(signed: Int)
  /// The memory of what a key cosigned cannot be read.
  case memoryDamaged

  // Time stamps
  case noTimeStamp(String)
  case authorityUnreachable(String)

  // Evidence
  case noEvidence
  case tarDefective(offset: Int)
  /// A calibration is needed that this program does not have.
  case calibrationMissing(digest: String)
}
