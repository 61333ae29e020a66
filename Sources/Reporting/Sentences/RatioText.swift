/// A likelihood ratio in words and digits, for texts outside a report.
package enum RatioText {
  /// Two significant digits.
  package static func number(log10: Double) -> String { RatioWording.ratio(log10: log10) }

  /// What looking at so many candidates costs.
  package static func several(_ candidates: Int) -> String { RatioWording.several(candidates) }

  /// - Parameter raw: of `Alternative`.
  package static func alternative(_ raw: String) -> String { RatioWording.name(raw) }
}
