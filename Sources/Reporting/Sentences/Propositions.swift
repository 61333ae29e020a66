package import Cases
package import Likelihood

/// The two propositions that a likelihood ratio is about: no sentence names one of them alone.
package struct Propositions {
  package let alternative: Alternative
  package let suspect: ModelID
  package let candidate: ModelID

  init(_ alternative: Alternative, suspect: ModelID, candidate: ModelID) {
    self.alternative = alternative
    self.suspect = suspect
    self.candidate = candidate
  }

  /// As clauses, behind "if" and "as if".
  var clauses: (proposition: String, alternative: String) {
    (
      "\(suspect) was trained on answers of \(candidate)",
      RatioWording.proposition(alternative, suspect: suspect, candidate: candidate)
    )
  }

  /// In few words, behind "support for" and "rather than".
  package var names: (proposition: String, alternative: String) { Self.names(alternative) }

  package static func names(_ alternative: Alternative) -> (proposition: String, alternative: String) {
    (alternative == .noLink ? "a link" : "training on the candidate's answers", RatioWording.name(alternative))
  }

  /// A column's head or a label: `a link rather than no link`.
  package static func title(_ alternative: Alternative) -> String {
    let names = names(alternative)
    return "\(names.proposition) rather than \(names.alternative)"
  }
}
