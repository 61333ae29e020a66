import Foundation

extension Double {
  /// In a cell of a table: a dash where there is no number, as for a rate of no pairs.
  func cell(_ format: String) -> String { isNaN ? "–" : String(format: format, self) }
}
