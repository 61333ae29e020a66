package import Cases

/// How much of what was planned was answered. Without nearly all of it nothing can be said: what is missing is rarely missing by
/// chance.
package struct Coverage: Hashable, Sendable {
  package static let least = 0.95

  package let planned: Int
  package let answered: Int
  /// Probes with fewer than two answers, in byte order.
  package let unanswered: [PromptID]

  package init(planned: [PromptID: Int], answered: [PromptID: Int]) {
    self.planned = planned.values.reduce(0, +)
    self.answered = planned.keys.reduce(0) { $0 + (answered[$1] ?? 0) }
    unanswered = planned.keys.filter { (answered[$0] ?? 0) < SamplingPlan.minimum }.sorted()
  }

  package var missing: Int { planned - answered }

  package var isEnough: Bool {
    unanswered.isEmpty && Double(answered) >= Self.least * Double(planned)
  }
}
