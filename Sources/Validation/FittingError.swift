package import Cases

/// Why nothing can be fitted on labelled pairs, or judged by them.
package enum FittingError: Error, Hashable {
  /// Too few independent families to calibrate on.
  case tooFewFamilies(found: Int, needed: Int)
  /// A pair whose fused score is not finite.
  case scoreNotANumber(teacher: ModelID, student: ModelID)
  /// A threshold separates the pairs, and there is no penalty: the slope would grow without end.
  case separable
  /// Families of the pairs that the frozen calibration was fitted on.
  case familiesOnBothSides([String])
}
