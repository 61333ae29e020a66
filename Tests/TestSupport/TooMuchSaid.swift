import Foundation

/// Words that claim more than a likelihood ratio does. "Not the probability of training" is the sentence that denies it.
package enum TooMuchSaid {
  private static let forbidden = [
    "probability that", "likely that", #"\bmatch(es|ed)?\b"#, #"\bprove[sd]?\b"#, #"\bcertain(ly|ty)?\b"#, "zero error",
    #"\b0 errors\b"#, "consistent with", "confirms that", "beyond doubt", "probability of training",
  ]

  /// Those that a text has.
  package static func claims(in text: String) -> [String] {
    let text = text.replacingOccurrences(of: "not the probability of training", with: "")
    return forbidden.filter { text.range(of: $0, options: [.regularExpression, .caseInsensitive]) != nil }
  }
}
