import Cases
import Probing

/// Sentences for runs that ended before every item had its answer.
enum StopText {
  static func status(_ stop: StopReason) -> ExitStatus {
    switch stop {
    case .complete: .internalError  // a complete run is no error
    case .budget: .budget
    case .authentication: .authentication
    case .couldNotMeasure: .couldNotMeasure
    case .interrupted: .interrupted
    }
  }

  static func sentence(_ stopped: StoppedRun) -> String {
    let missing = stopped.result.planned - stopped.result.answered
    return "\(reason(stopped.result.stop)); \(missing) of \(stopped.result.planned) answers are missing, "
      + "what was answered is stored; to go on: \(stopped.resume)"
  }

  static func reason(_ stop: StopReason) -> String {
    switch stop {
    case .complete: "the run is complete"
    case .budget(.calls(let limit)): "the budget of \(limit) calls is spent"
    case .budget(.tokens(let limit)): "the budget of \(limit) tokens is spent"
    case .budget(.cost(let limit)): "the budget of \(limit.text) in the currency of the prices is spent"
    case .budget(.time(let limit)): "the time of \(DurationText.words(limit)) is spent"
    case .authentication(let model, let host, let detail):
      "\(host) refuses the key for \(model) (\(detail)): check the key and its rights"
    case .couldNotMeasure(let troubles): troubles.map(words).joined(separator: "; ")
    case .interrupted: "interrupted"
    }
  }

  private static func words(_ trouble: EndpointTrouble) -> String {
    let what =
      switch trouble.reason {
      case .sameFailure(_, let times): "failed \(times) times in the same way"
      case .exhausted: trouble.host == Endpoint.manualURL ? "waits for its answers" : "has no quota left"
      case .asksToWait(let duration): "asks to wait \(DurationText.words(duration))"
      case .itemsFailed: "did not answer \(trouble.missing) items"
      }
    return "\(trouble.model) at \(trouble.host) \(what) (\(trouble.detail))"
  }
}
