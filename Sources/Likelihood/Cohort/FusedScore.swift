#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One number from the channels of a pair, for a calibration to read: the mean over channels of asinh of the normalised
/// scores.
///
///     f = 1/K Σₖ asinh(zₖ)
///
/// Nothing is fitted: the families with known truth are too few for weights (on the validation pairs fitted weights made
/// pairs of unseen families worse). asinh is the identity near 0 and a logarithm far out, so that one channel with a very
/// even cohort cannot outvote the others.
///
/// - Note: all channels of the method must be there; a mean over some of them has another distribution.
package enum FusedScore {
  /// - Returns: nan if a channel has no finite score.
  package static func value(_ normalised: some Collection<Double>) -> Double {
    normalised.reduce(0) { $0 + asinh($1) } / Double(normalised.count)
  }

  /// f + lead, for methods that know a lead over rivals (`RivalLead`). Both in the same unit, of equal weight: with a weight
  /// fitted for each, pairs of unseen families were ranked no better within one teacher.
  package static func value(_ normalised: some Collection<Double>, lead: Double) -> Double { value(normalised) + lead }
}
