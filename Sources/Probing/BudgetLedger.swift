import CaseFile

/// What was spent and what is promised to requests in flight, against the limits of a case.
struct BudgetLedger {
  let budget: Budget
  private(set) var calls: Int
  private(set) var tokens: Int
  private var reserved = 0

  init(budget: Budget, calls: Int, tokens: Int) {
    self.budget = budget
    self.calls = calls
    self.tokens = tokens
  }

  enum Decision: Equatable {
    case allowed
    /// Requests in flight may turn out cheaper than was reserved for them.
    case waits
    case over(BudgetLimit)
  }

  /// Whether a call that may cost `worst` tokens stays within all limits, whatever its answer.
  func decide(worst: Int, elapsed: Duration) -> Decision {
    if let limit = budget.maxTime, elapsed >= limit { return .over(.time(limit)) }
    if let limit = budget.maxCalls, calls >= limit { return .over(.calls(limit)) }
    if let limit = budget.maxTokens, tokens + reserved + worst > limit {
      return reserved > 0 ? .waits : .over(.tokens(limit))
    }
    return .allowed
  }

  mutating func begin(worst: Int) {
    calls += 1
    reserved += worst
  }

  mutating func settle(worst: Int, charged: Int) {
    reserved -= worst
    tokens += charged
  }
}
