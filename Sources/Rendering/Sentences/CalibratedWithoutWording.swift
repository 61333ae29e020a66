import Likelihood
import Reporting

/// That a ratio is of a calibration that was fitted anew, for the one that the case names learned from what is asked about.
enum CalibratedWithoutWording {
  static func candidate(_ without: Report.CalibratedWithout) -> String {
    """
    Judged without its family: the ratios here are of lines that were fitted without \(without.leftOut) of \(without.of) pairs, those of \(without.names.joined(separator: ", ")). In place of the calibration's a and b: \(lines(without)).
    """
  }

  static func group(_ without: Report.CalibratedWithout) -> String {
    """
    It is judged without the families of its members: its line was fitted without \(without.leftOut) of \(without.of) groups of the validation set.
    """
  }

  private static func lines(_ without: Report.CalibratedWithout) -> String {
    without.lines.map { line in
      """
      against \(RatioWording.name(line.alternative)) a = \(line.slope.text(decimals: 4)), b = \(line.intercept.text(decimals: 4))
      """
    }.joined(separator: "; ")
  }
}
