package import Cases
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which byte comes next in an answer, as far as an endpoint's list of alternatives tells.
///
/// Tokenisers differ, bytes do not: the probability of a byte is the sum over the listed tokens that begin with it. What
/// is not listed is the tail; it may belong to any byte, listed ones included, so it is never scaled away: a
/// divergence is an interval.
package struct NextByteDistribution: Hashable, Sendable {
  /// Outcomes: the 256 bytes, and the end of the answer (a token without bytes).
  package static let outcomes = 257

  /// Mass by outcome; what is listed of it.
  package let listed: [Double]
  /// 1 minus the sum of `listed`, not below 0.
  package let tail: Double

  /// - Parameter alternatives: tokens with their natural-log probabilities, as the endpoint listed them.
  /// - Returns: nil if none has a probability.
  package init?(_ alternatives: [TokenLogprob]) {
    var listed = [Double](repeating: 0, count: Self.outcomes)
    var sum = 0.0
    for alternative in alternatives {
      guard let logprob = alternative.logprob else { continue }
      let first = alternative.exactBytes.first.map(Int.init) ?? 256
      listed[first] += exp(logprob)
      sum += exp(logprob)
    }
    guard sum > 0 else { return nil }
    // Rounded log-probabilities may sum to a little more than 1.
    if sum > 1 { for index in listed.indices { listed[index] /= sum } }
    self.listed = listed
    tail = max(1 - sum, 0)
  }

  /// Least and greatest Jensen–Shannon divergence, in bits, over all ways in which the tails may be spread.
  ///
  /// Greatest: the tails lie on outcomes that the other side never gives. Least: each tail fills up the outcomes at which
  /// its side is lowest beside the other one, to one common ratio; the derivative of the divergence depends on nothing but
  /// that ratio, so this is the minimum.
  package func jensenShannon(_ other: NextByteDistribution) -> ClosedRange<Double> {
    let greatest = zip(listed, other.listed).reduce((tail + other.tail) / 2) {
      $0 + DiscreteDivergence.jensenShannonTerm($1.0, $1.1)
    }
    let filled = Self.filled(listed, tail, beside: other.listed)
    let otherFilled = Self.filled(other.listed, other.tail, beside: listed)
    let least = zip(filled, otherFilled).reduce(0) { $0 + DiscreteDivergence.jensenShannonTerm($1.0, $1.1) }
    return min(least, greatest, 1)...min(max(least, greatest), 1)
  }

  /// The divergence if the tails were one further outcome, the same on both sides: a value within the bounds where no tail
  /// belongs to a listed byte.
  package func jensenShannonWithCommonTail(_ other: NextByteDistribution) -> Double {
    zip(listed, other.listed).reduce(DiscreteDivergence.jensenShannonTerm(tail, other.tail)) {
      $0 + DiscreteDivergence.jensenShannonTerm($1.0, $1.1)
    }
  }

  /// `masses`, with `tail` added where they are lowest beside `reference`, up to equality with it.
  private static func filled(_ masses: [Double], _ tail: Double, beside reference: [Double]) -> [Double] {
    // Outcomes by ascending ratio; filled to a level λ they cost λ Σ reference − Σ masses.
    let low = masses.indices.filter { reference[$0] > masses[$0] }
      .sorted { (masses[$0] / reference[$0], $0) < (masses[$1] / reference[$1], $1) }
    var mass = 0.0
    var referenceMass = 0.0
    var level = 1.0
    for (place, index) in low.enumerated() {
      mass += masses[index]
      referenceMass += reference[index]
      level = min((tail + mass) / referenceMass, 1)
      let next = place + 1 < low.count ? masses[low[place + 1]] / reference[low[place + 1]] : 1
      if level <= next { break }
    }
    var filled = masses
    for index in low { filled[index] = max(masses[index], level * reference[index]) }
    return filled
  }
}
