import Foundation

/// Words for the strength of a likelihood ratio: number first, words beside it, the scale printed whole.
///
/// - Source: ENFSI Guideline for Evaluative Reporting in Forensic Science (2015). It leaves ratios between 1 and 2 without
///   words; here they count as uninformative. A ratio on a boundary takes the weaker words.
package enum VerbalScale: CaseIterable {
  case none, weak, moderate, moderatelyStrong, strong, veryStrong, extremelyStrong

  package static let name = "ENFSI 2015"

  /// Greatest ratio that the words are used for; nil for the strongest.
  private var limit: Double? {
    switch self {
    case .none: 2
    case .weak: 10
    case .moderate: 100
    case .moderatelyStrong: 1_000
    case .strong: 10_000
    case .veryStrong: 1_000_000
    case .extremelyStrong: nil
    }
  }

  private var words: String {
    switch self {
    case .none: "support for neither"
    case .weak: "weak support"
    case .moderate: "moderate support"
    case .moderatelyStrong: "moderately strong support"
    case .strong: "strong support"
    case .veryStrong: "very strong support"
    case .extremelyStrong: "extremely strong support"
    }
  }

  /// - Parameters:
  ///   - ratio: above 0; below 1 the words are those of its inverse, for the alternative.
  ///   - names: of both propositions, in few words.
  package static func words(ratio: Double, for names: (proposition: String, alternative: String)) -> String {
    let strength = max(ratio, 1 / ratio)
    let step =
      strength < 2 ? VerbalScale.none : allCases.dropFirst().first { $0.limit.map { strength <= $0 } ?? true } ?? .none
    guard step != .none else { return "\(step.words) \(names.proposition) nor \(names.alternative)" }
    return ratio > 1
      ? "\(step.words) for \(names.proposition) rather than \(names.alternative)"
      : "\(step.words) for \(names.alternative) rather than \(names.proposition)"
  }

  package static func words(log10: Double, for names: (proposition: String, alternative: String)) -> String {
    words(ratio: pow(10, log10), for: names)
  }

  /// The part of the scale between two powers of ten, as bands with short names.
  package static func bands(from start: Double, to end: Double) -> [(low: Double, high: Double, words: String)] {
    let steps = zip(allCases.dropFirst(), allCases).map { step, below in
      (low: log10Limit(below), high: step.limit.map { log10Limit(step, $0) } ?? .infinity, words: step.shortWords)
    }
    let all =
      steps.reversed().map { (low: -$0.high, high: -$0.low, words: $0.words) }
      + [(low: -log10Limit(.none), high: log10Limit(.none), words: VerbalScale.none.shortWords)] + steps
    return all.compactMap { band in
      let (low, high) = (max(band.low, start), min(band.high, end))
      return low < high ? (low, high, band.words) : nil
    }
  }

  private static func log10Limit(_ step: VerbalScale, _ limit: Double? = nil) -> Double {
    (limit ?? step.limit).map { Foundation.log10($0) } ?? .infinity
  }

  /// Of a band in a figure, where "support" goes without saying.
  private var shortWords: String {
    self == .none ? "neither" : words.replacingOccurrences(of: " support", with: "")
  }

  /// The whole scale in one sentence.
  package static var sentence: String {
    let steps = zip(allCases.dropFirst(), allCases).map { step, below in
      let low = below.limit.map { Figure($0).text(decimals: 0) } ?? ""
      return step.limit.map { "\(step.words) from \(low) to \(Figure($0).text(decimals: 0))" }
        ?? "\(step.words) above \(low)"
    }
    return """
      Scale \(name): no support for one proposition rather than the other below 2; \(steps.joined(separator: "; ")). \
      A ratio below 1 supports the alternative rather than the proposition, as much as its inverse supports the proposition rather than the alternative.
      """
  }
}
