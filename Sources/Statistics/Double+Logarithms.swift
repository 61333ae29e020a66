#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Double {
  /// ln 10: what a natural logarithm is divided by to become one to base 10.
  package static let ln10 = 2.302585092994046
  package static let log10Of2 = 0.3010299956639812

  /// The natural logarithm, rounded to steps of 2⁻⁴⁰.
  ///
  /// C libraries, and what one of them runs on different processors, may differ in the last bit of a logarithm. Rounded, it is the
  /// same unless it lies within that bit of the border between two steps; and what is made of it is rounded again, to the coarser
  /// grid of contributions.
  package static func logOnGrid(_ number: Double) -> Double { (log(number) * 0x1p40).rounded() * 0x1p-40 }
}
