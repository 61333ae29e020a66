/// What a score over so many probes is worth beside one over ever more of them.
///
/// The reliability of a sum of n alike items is n / (n + h), with h the number at which it is one half (Spearman 1910, Brown 1910);
/// its root is the correlation with a sum of ever more items, and by it a score is weighed before a calibration reads it. So a
/// calibration that was fitted on answers to many probes and to few says less of few.
///
/// - Note: h is not only the chance of which probes were drawn, of which a bootstrap makes some 20: on the reference corpus pairs of
///   sets with more prompts are told apart better even where the same number of them is taken. `Reports/validation/method-3.md`
///   has what each h does, within a set and from set to set.
package struct Reliability: Hashable, Sendable {
  /// h, at least 1.
  package let halfway: Int

  package init?(halfway: Int) {
    guard (1...1_000_000).contains(halfway) else { return nil }
    self.halfway = halfway
  }

  /// What the shipped calibrations are fitted with: see `Reports/validation/method-3.md`.
  package static let current = Reliability(halfway: 400)

  /// √(n / (n + h)): from 0 to 1.
  package func index(probes: Int) -> Double {
    let probes = Double(max(probes, 0))
    return (probes / (probes + Double(halfway))).squareRoot()
  }
}

extension Reliability? {
  /// Where none is stated, each number of probes weighs the same.
  package func index(probes: Int) -> Double { self?.index(probes: probes) ?? 1 }
}
