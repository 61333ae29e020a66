#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Divergence of two discrete distributions, in bits.
package enum DiscreteDivergence {
  /// What one outcome adds to the Jensen–Shannon divergence, for masses p and q:
  ///
  ///     p/2 · log₂(2p / (p + q)) + q/2 · log₂(2q / (p + q))
  ///
  /// - Returns: 0...(p + q)/2; 0 for p = q.
  package static func jensenShannonTerm(_ p: Double, _ q: Double) -> Double {
    let middle = (p + q) / 2
    var term = 0.0
    if p > 0 { term += p / 2 * log2(p / middle) }
    if q > 0 { term += q / 2 * log2(q / middle) }
    return max(term, 0)
  }

  /// Jensen–Shannon divergence of the relative frequencies of two sets of counts, outcome by outcome.
  ///
  /// - Returns: 0...1 bit; nan if either side counted nothing. Biased upwards for small counts: compare it with what
  ///   permuted counts give.
  /// - Source: Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Transactions on Information Theory 37 (1991).
  package static func jensenShannon(_ a: [Int], _ b: [Int]) -> Double {
    let sizes = (Double(a.reduce(0, +)), Double(b.reduce(0, +)))
    guard sizes.0 > 0, sizes.1 > 0 else { return .nan }
    return zip(a, b).reduce(0) { $0 + jensenShannonTerm(Double($1.0) / sizes.0, Double($1.1) / sizes.1) }
  }

  /// Least and greatest divergence that the counts allow if each side also gives outcomes that were not seen.
  ///
  /// The mass of the unseen is Good and Turing's estimate, the share of outcomes that were seen once; what was seen shares
  /// the rest in proportion. Nothing is known of the unseen: they may be the same on both sides (least) or different
  /// ones (greatest).
  ///
  /// - Returns: bounds within 0...1 bit; 0...1 where every outcome was seen once; nil if either side counted nothing.
  /// - Source: Good, "The Population Frequencies of Species and the Estimation of Population Parameters", Biometrika 40
  ///   (1953).
  package static func jensenShannonWithUnseen(_ a: [Int], _ b: [Int]) -> ClosedRange<Double>? {
    func masses(_ counts: [Int]) -> (seen: [Double], unseen: Double) {
      let size = Double(counts.reduce(0, +))
      let unseen = Double(counts.count { $0 == 1 }) / size
      return (counts.map { Double($0) / size * (1 - unseen) }, unseen)
    }
    guard a.contains(where: { $0 > 0 }), b.contains(where: { $0 > 0 }) else { return nil }
    let (p, unseenP) = masses(a)
    let (q, unseenQ) = masses(b)
    let seen = zip(p, q).reduce(0) { $0 + jensenShannonTerm($1.0, $1.1) }
    let least = seen + jensenShannonTerm(unseenP, unseenQ)
    return min(least, 1)...min(max(seen + (unseenP + unseenQ) / 2, least), 1)
  }
}
