/// Why something of a chain of custody cannot be used. The command turns a case into a sentence; here are only the facts.
package enum CustodyError: Error, Hashable {
  // Keys
  case noKey(file: String)
  /// The file's mode lets others read the private key.
  case keyReadableByOthers(file: String)
  case badKeyName(file: String, String)
  /// What was given, where a verifier key or a file with one is expected.
  case noVerifierKey(String)

  // Notes that come from elsewhere
  case noCheckpoint(file: String)
  case notSignedBy(file: String, String)
  /// This key cosigned the log at a smaller size; the proof from there to here is missing.
  case proofMissing(file: String, signed: Int)
  /// The head does not continue the one of that size, which this key cosigned.
  case notContinued(file: String, signed: Int)
  /// The memory of what a key cosigned cannot be read.
  case memoryDamaged(file: String)

  // Time stamps
  case noTimeStamp(file: String, String)
  case authorityUnreachable(file: String, String)
}
