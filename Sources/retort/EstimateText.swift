import CaseFile
import Probing

/// What a dry run prints.
enum EstimateText {
  static func lines(_ configuration: CaseConfiguration) -> [String] {
    let plan = Plan.items(of: configuration)
    let estimate = Estimate(of: plan, configuration: configuration)
    let models = configuration.models.count
    return [
      "\(estimate.calls) calls: \(configuration.probes.count) probes to \(models) endpoints",
      "\(estimate.low) to \(estimate.worst) tokens, about \(estimate.expected) if answers reach half of their limit",
    ] + estimate.hosts.sorted { $0.key < $1.key }.map { "\($0.value) calls to \($0.key)" }
      + limits(configuration.budget)
  }

  private static func limits(_ budget: Budget) -> [String] {
    [
      budget.maxCalls.map { "budget: \($0) calls" }, budget.maxTokens.map { "budget: \($0) tokens" },
      budget.maxTime.map { "budget: \(DurationText.words($0))" },
    ].compactMap(\.self)
  }
}

/// Durations as people say them.
enum DurationText {
  static func words(_ duration: Duration) -> String {
    let seconds = Int(duration.components.seconds)
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
  }
}
