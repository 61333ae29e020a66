/// An amount of money in 10⁻¹² of a currency's unit, as a whole number: sums do not depend on their order.
///
/// Amounts beyond the range stay at its end.
package struct Cost: Hashable, Comparable, Sendable {
  package static let zero = Cost(picounits: 0)
  private static let unit = 1_000_000_000_000

  package let picounits: Int

  package init(picounits: Int) { self.picounits = picounits }

  /// A decimal number such as `12.50`: 0 or more, below a million, with at most 12 digits behind the point.
  package init?(_ decimal: String) {
    guard let value = Decimal12.parse(decimal, below: 1_000_000) else { return nil }
    picounits = value
  }

  package static func < (a: Self, b: Self) -> Bool { a.picounits < b.picounits }

  package static func + (a: Self, b: Self) -> Cost {
    let (sum, overflow) = a.picounits.addingReportingOverflow(b.picounits)
    return Cost(picounits: overflow ? .max : sum)
  }

  package static func - (a: Self, b: Self) -> Cost { Cost(picounits: max(0, a.picounits - b.picounits)) }

  /// In units of the currency.
  package var units: Double { Double(picounits) / Double(Self.unit) }

  /// Units with 4 digits behind the point, or as many as show the first two that are not 0; rounded up.
  package var text: String {
    var digits = 4
    while digits < 12, picounits > 0, picounits < Self.unit / Self.power(digits - 1) { digits += 1 }
    let step = Self.unit / Self.power(digits)
    let steps = picounits / step + (picounits % step > 0 ? 1 : 0)
    let fraction = String(steps % Self.power(digits))
    return "\(steps / Self.power(digits))." + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  private static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { value, _ in value * 10 } }
}

/// What a model's tokens cost.
package struct Price: Hashable, Sendable {
  /// 10⁻¹² units of the currency a token: the same number as 10⁻⁶ units a million tokens.
  package let prompt: Int
  package let completion: Int
  package let currency: String

  package init(prompt: Int, completion: Int, currency: String) {
    self.prompt = prompt
    self.completion = completion
    self.currency = currency
  }

  package func cost(prompt promptTokens: Int, completion completionTokens: Int) -> Cost {
    func product(_ price: Int, _ tokens: Int) -> Cost {
      let (value, overflow) = price.multipliedReportingOverflow(by: max(0, tokens))
      return Cost(picounits: overflow ? .max : value)
    }
    return product(prompt, promptTokens) + product(completion, completionTokens)
  }
}

/// Decimal numbers as whole numbers of 10⁻¹²: money is never a binary fraction.
enum Decimal12 {
  static func parse(_ text: String, below limit: Int) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard let first = parts.first, isDigits(first), isDigits(fraction), fraction.utf8.count <= 12,
      let whole = Int(first), whole < limit, limit <= 1_000_000,
      let rest = Int(fraction + String(repeating: "0", count: 12 - fraction.utf8.count))
    else { return nil }
    return whole * 1_000_000_000_000 + rest
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }
}
