package import Cases

/// Why a run ended. Whatever it is, all that was answered is stored, and another run goes on from there.
package enum StopReason: Hashable, Sendable {
  /// Every item of the plan has its answer.
  case complete
  /// A limit of the configuration was reached, and nothing sent beyond it.
  case budget(BudgetLimit)
  /// An endpoint refuses its key, or wants one; all others were asked.
  case authentication(ModelID, host: String, detail: String)
  /// Items are left without an answer, for these reasons.
  case couldNotMeasure([EndpointTrouble])
  /// The task was cancelled; requests in flight were finished and stored.
  case interrupted
}

package enum BudgetLimit: Hashable, Sendable {
  case calls(Int)
  case tokens(Int)
  case cost(Cost)
  case time(Duration)
}

/// Why items of one endpoint have no answer.
package struct EndpointTrouble: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// So many failures in a row, all alike.
    case sameFailure(FailureClass, times: Int)
    /// The account has no quota left.
    case exhausted
    /// It will not take a parameter that every request has.
    case parameterRefused
    /// Something before the model does not let the requests in.
    case denied
    /// The key is refused, or one is wanted.
    case keyRefused
    /// The server wants to be left alone for longer than a run waits.
    case asksToWait(Duration)
    /// Single items failed, each as often as it may.
    case itemsFailed
  }

  package let model: ModelID
  package let host: String
  package let reason: Reason
  /// Items without an answer.
  package let missing: Int
  /// What the failure said for which it was given up, else the last.
  package let detail: String
}

package struct RunResult: Hashable, Sendable {
  package let stop: StopReason
  package let planned: Int
  /// Items with an answer, from this run and from those before it.
  package let answered: Int
  /// Of this run.
  package let attempts: Int
  package let failures: Int
  /// Charged over all runs of the case. The cost is that of the endpoints whose price is known.
  package let tokens: Int
  package let cost: Cost

  package init(
    stop: StopReason, planned: Int, answered: Int, attempts: Int, failures: Int, tokens: Int, cost: Cost
  ) {
    self.stop = stop
    self.planned = planned
    self.answered = answered
    self.attempts = attempts
    self.failures = failures
    self.tokens = tokens
    self.cost = cost
  }

  /// The same of a run that somebody stopped, even if it was through with its questions.
  var interrupted: RunResult {
    guard stop == .complete else { return self }
    return RunResult(
      stop: .interrupted, planned: planned, answered: answered, attempts: attempts, failures: failures, tokens: tokens,
      cost: cost)
  }
}

/// How far a run is; values only, for whoever shows them.
package struct RunProgress: Hashable, Sendable {
  package let planned: Int
  package let answered: Int
  package let inFlight: Int
  package let attempts: Int
  /// Attempts of this run that repeated an item.
  package let retries: Int
  package let failures: Int
  package let tokens: Int
  /// Until something that waits is asked again; nil while nothing waits.
  package let nextRetry: Duration?
  package let elapsed: Duration
  /// At the speed so far; nil before the first answer.
  package let remaining: Duration?
}
