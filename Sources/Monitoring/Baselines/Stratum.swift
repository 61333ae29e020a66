/// Probes whose answers are compared in the same way. Each stratum is tested as one; a probe alone has no verdict.
package enum Stratum: String, CaseIterable, Hashable, Comparable, Sendable {
  /// Short answers, nearly always the same one: the fewest calls find a change here.
  case peaked
  /// Short answers of many kinds.
  case diffuse
  /// Long answers, compared by what they share.
  case text
  /// Log-probabilities of the first token, whatever the answer.
  case logprobs
  /// First tokens that are near ties at temperature 0: see `BorderSessions`.
  case border

  /// From this share of its most common answer on, a probe is peaked.
  static let peakedShare = 0.8

  package static func < (a: Self, b: Self) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}
