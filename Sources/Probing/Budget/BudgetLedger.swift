import Cases

/// What was spent and what is promised to requests in flight, against the limits of a case.
struct BudgetLedger {
  let budget: Budget
  private(set) var calls: Int
  private(set) var spent: Charge
  private var reserved = Charge.zero

  init(budget: Budget, calls: Int, spent: Charge) {
    self.budget = budget
    self.calls = calls
    self.spent = spent
  }

  enum Decision: Equatable {
    case allowed
    /// Requests in flight may turn out cheaper than was reserved for them.
    case waits
    case over(BudgetLimit)
  }

  /// Whether a call that may take `worst` stays within all limits, whatever its answer.
  func decide(worst: Charge, elapsed: Duration) -> Decision {
    if let limit = budget.maxTime, elapsed >= limit { return .over(.time(limit)) }
    if let limit = budget.maxCalls, calls >= limit { return .over(.calls(limit)) }
    var total = spent
    total += reserved
    total += worst
    if let limit = budget.maxTokens, total.tokens > limit {
      return reserved.tokens > 0 ? .waits : .over(.tokens(limit))
    }
    if let limit = budget.maxCost, total.cost > limit { return reserved.cost > .zero ? .waits : .over(.cost(limit)) }
    return .allowed
  }

  mutating func begin(worst: Charge) {
    calls += 1
    reserved += worst
  }

  mutating func settle(worst: Charge, charged: Charge) {
    reserved -= worst
    spent += charged
  }
}
