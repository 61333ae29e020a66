package import Cases
import Similarity
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Next-token distributions of two models after the same prompts and the same beginnings of an answer.
///
/// A context is a prompt with the bytes of an answer so far, at which both models began a token and listed alternatives. The
/// start of an answer is a context of every prompt; later ones are shared only where both models happened to say the
/// same, or where the beginning was given to both.
///
/// - Note: What a prefix is made of matters: after human text a weak student may lie no nearer to its teacher than others;
///   after the teacher's own words it does. So contexts are told apart by where their prefix comes from.
package struct TokenComparison: Sendable {
  /// A mean over contexts. Contexts of one prompt depend on each other, so intervals of a bootstrap draw prompts.
  package struct Divergence: Hashable, Sendable {
    package let contexts: Int
    package let prompts: Int
    /// Bits, 0...1, by the next byte: least and greatest that the unlisted tails allow, and with the tails as one outcome.
    package let least: Double
    package let greatest: Double
    package let commonTail: Double
    /// Bits, by tokens as the endpoints name them, with the tails as one outcome: for two endpoints of one tokeniser.
    package let byToken: Double
    /// Natural-log units: Σ (p − q) ln(p/q) over the tokens that both list and all others as one, mean over the contexts at
    /// which both sides have something left for the others; nil where there is no such context.
    package let symmetricKL: Double?
    /// Extrapolated rank-biased overlap of the listed tokens, white space before them left out, p = 0.9: 0...1.
    package let rankBiasedOverlap: Double
    /// Mean |difference of log-probabilities| over tokens that both list, and how many these are; nil where both list none.
    package let logprobDifference: Double?
    package let sharedAlternatives: Int
    /// Mean over the prompt's contexts of `byToken`, by prompt.
    package let byPrompt: [PromptID: Double]
  }

  /// At the start of the answer.
  package let atStart: Divergence?
  /// After the same first bytes of an answer.
  package let continued: Divergence?

  package init(_ a: Transcript, _ b: Transcript) {
    let first = Self.contexts(a)
    let second = Self.contexts(b)
    let shared = first.keys.filter { second[$0] != nil }.sorted()
    func divergence(_ keys: [Context]) -> Divergence? {
      Self.divergence(
        keys.compactMap { key in
          guard let one = first[key], let other = second[key] else { return nil }
          return (key.prompt, one, other)
        })
    }
    atStart = divergence(shared.filter { $0.length == 0 })
    continued = divergence(shared.filter { $0.length > 0 })
  }

  /// A prompt and the bytes of the answer so far, by their number and hash.
  private struct Context: Hashable, Comparable {
    let prompt: PromptID
    let length: Int
    let hash: UInt64

    static func < (a: Context, b: Context) -> Bool {
      (a.prompt, a.length, a.hash) < (b.prompt, b.length, b.hash)
    }
  }

  /// The alternatives at every place of every answer; the first sample's where several have the same beginning.
  private static func contexts(_ transcript: Transcript) -> [Context: [TokenLogprob]] {
    var contexts: [Context: [TokenLogprob]] = [:]
    for response in transcript.responses {
      var prefix = TokenHash()
      var length = 0
      for token in response.tokens ?? [] {
        let context = Context(prompt: response.prompt, length: length, hash: prefix.value)
        if let top = token.top, !top.isEmpty, contexts[context] == nil { contexts[context] = top }
        prefix.add(token.exactBytes)
        length += token.exactBytes.count
      }
    }
    return contexts
  }

  private static func divergence(_ pairs: [(PromptID, [TokenLogprob], [TokenLogprob])]) -> Divergence? {
    var contexts = 0
    var sums = (least: 0.0, greatest: 0.0, common: 0.0, byToken: 0.0, overlap: 0.0)
    var kl = (sum: 0.0, count: 0)
    var difference = (sum: 0.0, count: 0)
    var byPrompt: [PromptID: (sum: Double, count: Int)] = [:]
    for (prompt, a, b) in pairs {
      guard let p = NextByteDistribution(a), let q = NextByteDistribution(b) else { continue }
      contexts += 1
      let bounds = p.jensenShannon(q)
      sums.least += bounds.lowerBound
      sums.greatest += bounds.upperBound
      sums.common += p.jensenShannonWithCommonTail(q)
      let tokens = AlternativeLists(a, b)
      sums.byToken += tokens.jensenShannon
      byPrompt[prompt, default: (0, 0)].sum += tokens.jensenShannon
      byPrompt[prompt, default: (0, 0)].count += 1
      sums.overlap += RankBiasedOverlap.extrapolated(a.ranking, b.ranking)
      if let divergence = tokens.symmetricKL {
        kl.sum += divergence
        kl.count += 1
      }
      difference.sum += tokens.absoluteDifference
      difference.count += tokens.shared
    }
    guard contexts > 0 else { return nil }
    let count = Double(contexts)
    return Divergence(
      contexts: contexts, prompts: byPrompt.count, least: sums.least / count, greatest: sums.greatest / count,
      commonTail: sums.common / count, byToken: sums.byToken / count,
      symmetricKL: kl.count > 0 ? kl.sum / Double(kl.count) : nil,
      rankBiasedOverlap: sums.overlap / count,
      logprobDifference: difference.count > 0 ? difference.sum / Double(difference.count) : nil,
      sharedAlternatives: difference.count, byPrompt: byPrompt.mapValues { $0.sum / Double($0.count) })
  }
}

/// Two endpoints' alternatives at one place, token by token.
struct AlternativeLists {
  /// Tokens that both list.
  let shared: Int
  /// Σ |ln p − ln q| over them.
  let absoluteDifference: Double
  /// Bits, 0...1, over all listed tokens and one outcome for the tails.
  let jensenShannon: Double
  /// nil where a side has nothing left beside the shared tokens.
  let symmetricKL: Double?

  init(_ a: [TokenLogprob], _ b: [TokenLogprob]) {
    func masses(_ list: [TokenLogprob]) -> [(bytes: [UInt8], logprob: Double)] {
      var masses: [(bytes: [UInt8], logprob: Double)] = []
      for token in list {
        guard let logprob = token.logprob else { continue }
        let bytes = token.exactBytes
        // Several tokens may print alike.
        if let place = masses.firstIndex(where: { $0.bytes == bytes }) {
          masses[place].logprob = log(exp(masses[place].logprob) + exp(logprob))
        } else {
          masses.append((bytes, logprob))
        }
      }
      return masses
    }
    let p = masses(a)
    let q = masses(b)
    var shared = 0
    var difference = 0.0
    var divergence = 0.0
    var kl = 0.0
    var rest = (p: 1.0, q: 1.0)
    for one in p {
      guard let other = q.first(where: { $0.bytes == one.bytes }) else {
        divergence += DiscreteDivergence.jensenShannonTerm(exp(one.logprob), 0)
        continue
      }
      shared += 1
      difference += abs(one.logprob - other.logprob)
      divergence += DiscreteDivergence.jensenShannonTerm(exp(one.logprob), exp(other.logprob))
      kl += (exp(one.logprob) - exp(other.logprob)) * (one.logprob - other.logprob)
      rest.p -= exp(one.logprob)
      rest.q -= exp(other.logprob)
    }
    for other in q where !p.contains(where: { $0.bytes == other.bytes }) {
      divergence += DiscreteDivergence.jensenShannonTerm(0, exp(other.logprob))
    }
    let tails = [p, q].map { list in max(1 - list.reduce(0) { $0 + exp($1.logprob) }, 0) }
    self.shared = shared
    absoluteDifference = difference
    jensenShannon = min(divergence + DiscreteDivergence.jensenShannonTerm(tails[0], tails[1]), 1)
    symmetricKL = rest.p > 0 && rest.q > 0 ? kl + (rest.p - rest.q) * log(rest.p / rest.q) : nil
  }
}

/// Rank-biased overlap of two rankings, extrapolated beyond what is listed.
///
/// With A(d) the share of common members among the first d of both, k the length of the shorter list,
///
///     RBO = A(k) pᵏ + (1 − p)/p · Σ A(d) pᵈ,   d = 1 … k
///
/// - Source: Webber, Moffat and Zobel, "A Similarity Measure for Indefinite Rankings", ACM TOIS 28 (2010), equation 30.
enum RankBiasedOverlap {
  /// - Parameter persistence: p, between 0 and 1: how far down the reader goes.
  /// - Returns: 0...1; 1 for equal lists; nan if one is empty.
  static func extrapolated<Member: Hashable>(_ a: [Member], _ b: [Member], persistence p: Double = 0.9) -> Double {
    let depth = min(a.count, b.count)
    guard depth > 0 else { return .nan }
    var seen: (a: Set<Member>, b: Set<Member>) = ([], [])
    var common = 0
    var weight = 1.0
    var sum = 0.0
    var agreement = 0.0
    for place in 0..<depth {
      if a[place] == b[place] {
        common += 1
      } else {
        if seen.b.contains(a[place]) { common += 1 }
        if seen.a.contains(b[place]) { common += 1 }
      }
      seen.a.insert(a[place])
      seen.b.insert(b[place])
      weight *= p
      agreement = Double(common) / Double(place + 1)
      sum += agreement * weight
    }
    return agreement * weight + (1 - p) / p * sum
  }
}

extension [TokenLogprob] {
  /// Printed tokens by falling probability, white space before them left out, each once; those without a probability
  /// last, in the endpoint's order.
  fileprivate var ranking: [[UInt8]] {
    let order = enumerated().sorted {
      (-($0.element.logprob ?? -.infinity), $0.offset) < (-($1.element.logprob ?? -.infinity), $1.offset)
    }
    var seen: Set<[UInt8]> = []
    return order.compactMap { entry in
      let bytes = Array<UInt8>(entry.element.exactBytes.drop { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) })
      return seen.insert(bytes).inserted ? bytes : nil
    }
  }
}
