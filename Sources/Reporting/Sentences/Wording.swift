package import Cases

/// How numbers and lists of models stand in sentences.
package enum Wording {
  package static func score(_ figure: Figure) -> String { figure.text(decimals: 2) }

  package static func interval(_ range: Report.Range) -> String {
    "[\(range.low.text(decimals: 2)), \(range.high.text(decimals: 2))]"
  }

  /// With a space and the sign.
  package static func percent(_ share: Figure, decimals: Int = 0) -> String {
    share.value.map { Figure(100 * $0).text(decimals: decimals) + " %" } ?? "–"
  }

  /// In a sentence of several parts.
  package static func list(_ models: [ModelID]) -> String {
    let shown = models.prefix(8).map(\.rawValue).joined(separator: ", ")
    return models.count > 8 ? "\(shown) and \(models.count - 8) more" : shown
  }

  /// Of a pair, or one of it.
  static func both(_ models: [ModelID]) -> String { models.map(\.rawValue).joined(separator: " and ") }
}

extension String {
  var firstUpper: String { prefix(1).uppercased() + dropFirst() }
}
