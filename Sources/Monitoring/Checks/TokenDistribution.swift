package import Cases

/// The log-probabilities that an endpoint listed for the first token of an answer, in ten-thousandths of a nat: finer than any
/// change that matters, and coarser than what a warm cache does to the last digits.
package struct TokenDistribution: Hashable, Sendable {
  /// By the token's id, else by its bytes, else by its text: several tokens may print alike.
  package let values: [String: Int]

  package init(values: [String: Int]) { self.values = values }

  /// The values that there can be: see `TokenLogprob`.
  static let range = -90_000_000...10_000

  /// - Returns: nil where the endpoint listed nothing for the first token.
  package init?(of tokens: [TokenLogprob]?) {
    guard let top = tokens?.first?.top, !top.isEmpty else { return nil }
    var values: [String: Int] = [:]
    for token in top {
      guard let logprob = token.logprob else { continue }
      values[Self.key(token)] = Int((logprob * 10_000).rounded())
    }
    guard !values.isEmpty else { return nil }
    self.values = values
  }

  private static func key(_ token: TokenLogprob) -> String {
    if let id = token.id { return "\(id)" }
    if let bytes = token.bytes { return "b" + bytes.map(String.init).joined(separator: ".") }
    return "t" + token.token
  }

  /// Mean absolute difference over the tokens that either lists, in nats. For a token that one does not list, its least value is
  /// taken: the token is no more probable than that, so the difference is no smaller than what is counted.
  package func distance(to other: TokenDistribution) -> Double {
    let own = values.values.min() ?? 0
    let others = other.values.values.min() ?? 0
    var sum = 0
    var count = other.values.count
    for (key, value) in values {
      if other.values[key] == nil { count += 1 }
      sum += abs(value - (other.values[key] ?? min(others, value)))
    }
    for (key, value) in other.values where values[key] == nil { sum += abs(value - min(own, value)) }
    return count > 0 ? Double(sum) / Double(count) / 10_000 : 0
  }
}
