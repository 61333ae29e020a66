import Foundation

/// How a text is drawn from a ``Prediction``.
package struct Sampling: Sendable {
  /// 0 always takes the most probable token; of equally probable ones, that of the lowest number.
  package var temperature = 1.0
  /// Only the most probable tokens that together reach this share are drawn from.
  package var topP = 1.0
  package var maximumTokens = 256
  /// The text ends before the first of these.
  package var stop: [String] = []
  /// How many of the most probable tokens are reported at each position.
  package var alternatives = 0

  package init() {}
}

/// A token that was drawn, with the model's own probabilities: before temperature and top-p.
package struct DrawnToken: Sendable, Equatable {
  package struct Alternative: Sendable, Equatable {
    package let token: Vocabulary.Token
    package let logprob: Double
  }

  package let token: Vocabulary.Token
  package let logprob: Double
  /// The most probable first.
  package let alternatives: [Alternative]
}

/// A drawn text. The tokens, joined, are the text, unless a stop string cut the last ones.
package struct DrawnText: Sendable, Equatable {
  package enum Ending: String, Sendable, Encodable {
    /// The model ended its answer, or a stop string came.
    case stop
    case length
  }

  package let tokens: [DrawnToken]
  package let bytes: [UInt8]
  package let ending: Ending

  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Powers that were computed before: many tokens of a vocabulary are equally probable.
private struct Powers {
  let exponent: Double
  private var known = [(base: Double, power: Double)](repeating: (.nan, .nan), count: 1 << bits)

  private static let bits = 10

  init(exponent: Double) { self.exponent = exponent }

  mutating func power(_ base: Double) -> Double {
    let place = Int((base.bitPattern &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - Self.bits))
    if known[place].base != base { known[place] = (base, pow(base, exponent)) }
    return known[place].power
  }
}

extension Prediction {
  /// Draws a text that continues `prefix`; the same generator state gives the same text.
  package func draw(
    after prefix: [Vocabulary.Token] = [], _ sampling: Sampling, using generator: inout SplitMix64
  ) -> DrawnText {
    let stops = sampling.stop.map { Array($0.utf8) }.filter { !$0.isEmpty }
    let longestStop = stops.map(\.count).max() ?? 0
    var powers = Powers(exponent: 1 / sampling.temperature)
    var context = prefix
    var tokens: [DrawnToken] = []
    var bytes: [UInt8] = []
    while tokens.count < sampling.maximumTokens {
      let distribution = distribution(after: context)
      let token = Self.choice(from: distribution, sampling, &powers, using: &generator)
      if token == Vocabulary.end { return DrawnText(tokens: tokens, bytes: bytes, ending: .stop) }
      tokens.append(described(token, in: distribution, alternatives: sampling.alternatives))
      context.append(token)
      let searched = max(0, bytes.count - longestStop)
      bytes += vocabulary.bytes(of: token)
      if let cut = Self.firstOccurrence(of: stops, in: bytes, from: searched) {
        return DrawnText(tokens: keeping(tokens, upTo: cut), bytes: Array(bytes[..<cut]), ending: .stop)
      }
    }
    return DrawnText(tokens: tokens, bytes: bytes, ending: .length)
  }

  /// Each token of `tokens` with its probability after those before it.
  package func described(_ tokens: [Vocabulary.Token], alternatives: Int) -> [DrawnToken] {
    tokens.indices.map { position in
      described(tokens[position], in: distribution(after: Array(tokens[..<position])), alternatives: alternatives)
    }
  }

  private func described(_ token: Vocabulary.Token, in distribution: [Double], alternatives: Int) -> DrawnToken {
    DrawnToken(
      token: token, logprob: log(distribution[token]),
      alternatives: Self.mostProbable(alternatives, of: distribution).map {
        DrawnToken.Alternative(token: $0, logprob: log(distribution[$0]))
      })
  }

  /// The tokens of which at least one byte stands before `cut`.
  private func keeping(_ tokens: [DrawnToken], upTo cut: Int) -> [DrawnToken] {
    var begin = 0
    return Array(
      tokens.prefix { drawn in
        defer { begin += vocabulary.bytes(of: drawn.token).count }
        return begin < cut
      })
  }

  private static func choice(
    from distribution: [Double], _ sampling: Sampling, _ powers: inout Powers, using generator: inout SplitMix64
  ) -> Vocabulary.Token {
    if sampling.temperature <= 0 { return mostProbable(1, of: distribution).first ?? Vocabulary.end }
    // Divided by the greatest first, so that a low temperature cannot make them all zero.
    let greatest = distribution.max() ?? 1
    let weights = powers.exponent == 1 ? distribution : distribution.map { powers.power($0 / greatest) }
    guard sampling.topP < 1 else {
      return drawn(from: weights.indices, weights, using: &generator)
    }
    let ranked = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    let wanted = sampling.topP * weights.reduce(0, +)
    var kept = 0
    var sum = 0.0
    while kept < ranked.count, kept == 0 || sum < wanted {
      sum += weights[ranked[kept]]
      kept += 1
    }
    return drawn(from: ranked[..<kept], weights, using: &generator)
  }

  private static func drawn(
    from tokens: some Collection<Vocabulary.Token>, _ weights: [Double], using generator: inout SplitMix64
  ) -> Vocabulary.Token {
    let total = tokens.reduce(0) { $0 + weights[$1] }
    var rest = generator.nextFraction() * total
    var last = Vocabulary.end
    for token in tokens where weights[token] > 0 {
      last = token
      rest -= weights[token]
      if rest < 0 { break }
    }
    return last
  }

  /// The `count` most probable tokens, the most probable first, ties by number.
  static func mostProbable(_ count: Int, of distribution: [Double]) -> [Vocabulary.Token] {
    var best: [Vocabulary.Token] = []
    guard count > 0 else { return best }
    for token in distribution.indices {
      if best.count == count, let worst = best.last, distribution[token] <= distribution[worst] { continue }
      let place = best.firstIndex { distribution[$0] < distribution[token] } ?? best.endIndex
      best.insert(token, at: place)
      if best.count > count { best.removeLast() }
    }
    return best
  }

  private static func firstOccurrence(of stops: [[UInt8]], in bytes: [UInt8], from start: Int) -> Int? {
    stops.compactMap { stop -> Int? in
      guard bytes.count >= start + stop.count else { return nil }
      return (start...(bytes.count - stop.count)).first { bytes[$0..<$0 + stop.count].elementsEqual(stop) }
    }.min()
  }
}
