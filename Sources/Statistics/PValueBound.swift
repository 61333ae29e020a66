#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a p-value can be worth at most as a likelihood ratio: 1 / (−e p ln p) for p < 1/e, else 1.
///
/// - Source: Sellke, Bayarri and Berger, "Calibration of p Values for Testing Precise Null Hypotheses", The American Statistician
///   55 (2001), after Vovk (1993).
package enum PValueBound {
  /// - Parameter pValue: above 0, at most 1.
  package static func greatestRatio(_ pValue: Double) -> Double {
    pValue < 1 / M_E ? 1 / (-M_E * pValue * log(pValue)) : 1
  }
}
