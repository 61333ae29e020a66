package import Cases
package import Probing

/// What a case has taken so far.
package enum SpendingText {
  /// The cost is told where prices are given, and only where they are given for all endpoints: unknown is not nothing.
  package static func line(_ result: RunResult, _ configuration: CaseConfiguration) -> String {
    let tokens = "\(result.tokens) tokens so far"
    guard configuration.budget.prices != PriceList() else { return tokens }
    guard let costs = try? CostTable(of: configuration), let currency = costs.currency,
      configuration.models.allSatisfy({ costs[$0.id] != nil })
    else { return "\(tokens); cost unknown: not every endpoint has a price" }
    return "\(tokens); cost so far: \(result.cost.text) \(currency)"
  }
}
