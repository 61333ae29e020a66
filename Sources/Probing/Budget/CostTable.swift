import CaseFile
package import Cases
import Formats

/// Prices of a case's endpoints; an unknown price is unknown, and never nothing.
package struct CostTable: Sendable {
  private let prices: [ModelID: Price]

  /// - Throws: `ProbingError` if the case has a limit of cost and its prices cannot tell the cost of every call.
  package init(of configuration: CaseConfiguration) throws {
    var prices: [ModelID: Price] = [:]
    for model in configuration.models { prices[model.id] = configuration.budget.prices.price(of: model.endpoint) }
    self.prices = prices
    guard configuration.budget.maxCost != nil else { return }
    let unknown = configuration.models.map(\.id).filter { prices[$0] == nil }
    guard unknown.isEmpty else { throw ProbingError.priceUnknown(unknown) }
    let currencies = Set(prices.values.map(\.currency)).sorted()
    guard currencies.count == 1 else { throw ProbingError.currenciesDiffer(currencies) }
  }

  package subscript(model: ModelID) -> Price? { prices[model] }

  /// The one currency of all prices; nil if there are several, or none.
  package var currency: String? {
    let currencies = Set(prices.values.map(\.currency))
    return currencies.count == 1 ? currencies.first : nil
  }

  /// What tokens are charged that were counted together: those that the endpoint did not call prompt are the answer's.
  func charge(_ tokens: Int, prompt: Int, of model: ModelID) -> Charge {
    let tokens = max(tokens, 0)
    let prompt = min(tokens, max(prompt, 0))
    return Charge(tokens: tokens, cost: prices[model]?.cost(prompt: prompt, completion: tokens - prompt) ?? .zero)
  }

  /// What all requests of a case so far are charged with, at the prices of today.
  func spent(in store: CaseStore, _ configuration: CaseConfiguration) throws -> Charge {
    let probes = Dictionary(firstOf: configuration.probes.map { ($0.id, $0) })
    return try store.spending().reduce(into: .zero) { total, spending in
      total += charge(
        spending.tokens,
        prompt: spending.promptTokens ?? spending.probe.flatMap { probes[$0] }.map(Estimate.promptTokens(of:)) ?? 0,
        of: spending.model)
    }
  }
}

/// What a call takes from a budget. The cost counts only where every price is known.
struct Charge: Hashable, Sendable {
  static let zero = Charge(tokens: 0, cost: .zero)

  var tokens: Int
  var cost: Cost

  static func += (a: inout Self, b: Self) {
    a.tokens = a.tokens.addingReportingOverflow(b.tokens).overflow ? .max : a.tokens + b.tokens
    a.cost = a.cost + b.cost
  }

  static func -= (a: inout Self, b: Self) {
    a.tokens = a.tokens.subtractingReportingOverflow(b.tokens).overflow ? 0 : a.tokens - b.tokens
    a.cost = a.cost - b.cost
  }
}
