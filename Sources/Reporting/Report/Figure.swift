package import Formats
import Foundation

/// A number as it is printed: six significant digits in every rendering, so that the last bits, in which processors
/// differ, are seen nowhere. Not a number and infinities have no digits; they become null in JSON and "–" in print.
package struct Figure: Sendable, Encodable, Equatable {
  static let significantDigits = 6

  package let value: Double?

  package init(_ value: Double) {
    guard value.isFinite else {
      self.value = nil
      return
    }
    let rounded = Double(String(format: "%.\(Self.significantDigits - 1)e", value)) ?? value
    self.value = rounded == 0 ? 0 : rounded  // no "-0"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }

  /// The number as a member of a document; null if it has no digits.
  package static func json(_ value: Double) -> JSONValue { Figure(value).value.map(JSONValue.number) ?? .null }

  /// With `decimals` places after the point; a true minus sign.
  package func text(decimals: Int) -> String {
    guard let value else { return "–" }
    let digits = String(format: "%.\(decimals)f", abs(value))
    return value < 0 && digits.contains { $0 != "0" && $0 != "." } ? "−" + digits : digits
  }
}
