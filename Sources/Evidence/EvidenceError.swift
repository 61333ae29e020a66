/// Why something cannot be used as evidence. The command turns a case into a sentence; here are only the facts.
package enum EvidenceError: Error, Hashable {
  case noEvidence(file: String)
  case tarDefective(file: String, offset: Int)
  /// A calibration is needed that this program does not have.
  case calibrationMissing(file: String, digest: String)
}
