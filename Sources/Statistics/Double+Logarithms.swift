extension Double {
  /// ln 10: what a natural logarithm is divided by to become one to base 10.
  package static let ln10 = 2.302585092994046
  package static let log10Of2 = 0.3010299956639812
}
