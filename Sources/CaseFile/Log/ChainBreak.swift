/// The first place at which a case file does not agree with its own hashes.
package struct ChainBreak: Error, Hashable, Sendable {
  package enum Finding: String, Hashable, Sendable {
    /// A stored value of the attempt, or its hash, is not what was written.
    case contentDiffers
    /// The attempt does not follow the one before it: a row was changed together with its hash, moved or removed.
    case previousDiffers
    case attemptMissing
    case requestBodyDiffers
    case requestBodyMissing
    case responseBodyDiffers
    case responseBodyMissing
    /// The configuration, the probe sets or the plan are not those that the first attempt follows.
    case protocolDiffers
    /// The log of the case does not say what its tables say.
    case recordDiffers
  }

  /// Number of the attempt, from 1; 0 for the protocol.
  package let attempt: Int
  package let finding: Finding

  package init(attempt: Int, _ finding: Finding) {
    self.attempt = attempt
    self.finding = finding
  }
}
