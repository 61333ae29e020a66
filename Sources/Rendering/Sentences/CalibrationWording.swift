/// How good the ratios were on the validation set.
enum CalibrationWording {
  static let counts = """
    Counts, and the cost of the ratios before they are bounded (Cllr: 0 is perfect, 1 no information), all from ratios that saw no family of their pair. \
    Limits are exact, one-sided, 95 %, over families, not pairs.
    """

  /// In the table of the calibration's ratios.
  static let groups = "no link with any of several candidates, asked about as one"

  static func noCurves(alternative: String) -> String {
    "Against \(alternative) every ratio is 1, for the set supports no other: there are no curves to show."
  }
}
