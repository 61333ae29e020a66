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
  /// A line of a table of losses.
  case losses(file: String, line: Int, LossDefect)
  /// A table of losses without a suspect of which anything is known.
  case noLosses(file: String)
  /// No line could be fitted: too few bases or teachers.
  case lossesTooFew(file: String)
}
