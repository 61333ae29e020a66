#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Weights of the alternatives, given by whoever asks: how probable each is held to be if the suspect was not trained on the
/// candidate's answers. They are no finding; the program has none of its own and repeats them as they were written.
///
/// The ratio against the mixture is the harmonic mean, LR = 1 / Σ wₖ/LRₖ: it lies between the least and the greatest ratio, so
/// the least remains the headline.
package struct AlternativeMixture: Hashable, Sendable {
  package struct Part: Hashable, Sendable {
    package let alternative: Alternative
    package let weight: Double
  }

  /// As it was written.
  package let text: String
  package let parts: [Part]

  /// What is wrong with weights.
  package struct Defect: Error, Hashable {
    /// Completes "must be …".
    package let expected: String
  }

  /// - Parameter text: such as `no_link=0.7,common_teacher=0.3`.
  package init(parsing text: String) throws(Defect) {
    var parts: [Part] = []
    for field in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = field.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
      guard sides.count == 2, let alternative = Alternative(rawValue: sides[0]), let weight = Double(sides[1]),
        weight > 0, weight <= 1, !parts.contains(where: { $0.alternative == alternative })
      else {
        throw Defect(
          expected: "ALTERNATIVE=WEIGHT, …, each alternative once and each weight above 0; alternatives: "
            + Alternative.allCases.map(\.rawValue).joined(separator: ", "))
      }
      parts.append(Part(alternative: alternative, weight: weight))
    }
    guard abs(parts.reduce(0) { $0 + $1.weight } - 1) < 1e-9 else {
      throw Defect(expected: "weights that sum to 1")
    }
    self.text = text
    self.parts = parts
  }

  /// log10 of the ratio against the mixture.
  ///
  /// - Parameter log10Ratios: by alternative.
  /// - Returns: nil if an alternative with a weight has no ratio: leaving it out would change what was asked.
  package func log10Ratio(_ log10Ratios: [Alternative: Double]) -> Double? {
    var sum = 0.0
    for part in parts {
      guard let ratio = log10Ratios[part.alternative] else { return nil }
      sum += part.weight * pow(10, -ratio)
    }
    return -log10(sum)
  }
}
