import Foundation

/// Words for the strength of a likelihood ratio: number first, words beside it, the scale printed whole.
///
/// - Source: ENFSI Guideline for Evaluative Reporting in Forensic Science (2015). It leaves ratios between 1 and 2 without
///   words; here they count as uninformative. A ratio on a boundary takes the weaker words.
package enum VerbalScale: CaseIterable {
  case none, weak, moderate, moderatelyStrong, strong, veryStrong, extremelyStrong

  static let name = "ENFSI 2015"

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
    case .none: "no support for either"
    case .weak: "weak support"
    case .moderate: "moderate support"
    case .moderatelyStrong: "moderately strong support"
    case .strong: "strong support"
    case .veryStrong: "very strong support"
    case .extremelyStrong: "extremely strong support"
    }
  }

  /// - Parameter ratio: above 0; below 1 the words are those of its inverse, for the alternative.
  package static func words(ratio: Double) -> String {
    let strength = max(ratio, 1 / ratio)
    let step =
      strength < 2 ? VerbalScale.none : allCases.dropFirst().first { $0.limit.map { strength <= $0 } ?? true } ?? .none
    guard step != .none else { return step.words }
    return step.words + (ratio > 1 ? " for training on the candidate's answers" : " for the alternative")
  }

  static func words(log10: Double) -> String { words(ratio: pow(10, log10)) }

  /// The whole scale in one sentence.
  static var sentence: String {
    let steps = zip(allCases.dropFirst(), allCases).map { step, below in
      let low = below.limit.map { Figure($0).text(decimals: 0) } ?? ""
      return step.limit.map { "\(step.words) from \(low) to \(Figure($0).text(decimals: 0))" }
        ?? "\(step.words) above \(low)"
    }
    return """
      Scale \(name): \(VerbalScale.none.words) below 2; \(steps.joined(separator: "; ")). \
      Ratios below 1 support the alternative as much as their inverse supports the proposition.
      """
  }
}
