import Cases
package import Probing

/// Sentences for runs that ended before every item had its answer.
package enum StopText {
  /// - Parameter resume: what the user types to go on.
  package static func sentence(_ result: RunResult, resume: String) -> String {
    let missing = result.planned - result.answered
    return """
      \(reason(result.stop)); \(missing) of \(result.planned) answers are missing, what was answered is stored; to go on: \(resume)
      """
  }

  package static func reason(_ stop: StopReason) -> String {
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
      case .exhausted:
        trouble.host == Endpoint.manualURL ? "waits for its answers" : "has no quota left: a later run goes on"
      case .parameterRefused:
        "refuses a parameter: leave it out with `omit: [NAME]` at the endpoint, or for all with `sampling: {NAME: omit}`"
      case .denied: "does not let the requests in: see what it says, the key may be good"
      case .keyRefused: "refuses the key"
      case .asksToWait(let duration): "asks to wait \(DurationText.words(duration))"
      case .itemsFailed: "did not answer \(trouble.missing) items"
      }
    return "\(trouble.model) at \(trouble.host) \(what) (\(trouble.detail))"
  }
}
