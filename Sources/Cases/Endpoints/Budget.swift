/// Limits that a run stays within; nil sets none. Calls, tokens and cost count over all runs of a case, time over one
/// run.
package struct Budget: Hashable, Sendable {
  package var maxCalls: Int?
  package var maxTokens: Int?
  /// In the currency of the prices.
  package var maxCost: Cost?
  package var maxTime: Duration?
  package var prices: PriceList

  package init(
    maxCalls: Int? = nil, maxTokens: Int? = nil, maxCost: Cost? = nil, maxTime: Duration? = nil,
    prices: PriceList = PriceList()
  ) {
    self.maxCalls = maxCalls
    self.maxTokens = maxTokens
    self.maxCost = maxCost
    self.maxTime = maxTime
    self.prices = prices
  }

  /// Limits and prices of `other` where it has them.
  package func overridden(by other: Budget) -> Budget {
    Budget(
      maxCalls: other.maxCalls ?? maxCalls, maxTokens: other.maxTokens ?? maxTokens, maxCost: other.maxCost ?? maxCost,
      maxTime: other.maxTime ?? maxTime, prices: other.prices == PriceList() ? prices : other.prices)
  }
}
