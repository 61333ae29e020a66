package import Formats

/// Who asked for a case and what they told, in their own words: the report prints it as it stands, or "not stated".
///
/// Whoever judges a report asks what its maker was told and by whom, for that may have coloured it. Nothing is derived
/// from these texts but from `alternative`: it chooses the pair of propositions that the first page answers.
///
/// - Source: ISO 21043 (forensic sciences), parts 1 to 3, on the request and the information given with it.
package struct Commission: Hashable, Codable, Sendable {
  /// Who asked.
  package let by: String?
  /// What was asked, as it was put.
  package let question: String?
  /// What was told beside the question.
  package let information: String?
  /// What is known to have been kept from whoever made the case.
  package let withheld: String?
  /// Interests of whoever made the case.
  package let conflicts: String?
  /// What is held to be so if the suspect was not trained on a candidate's answers, one of `alternatives`; nil is "no link".
  package let alternative: String?

  package init(
    by: String? = nil, question: String? = nil, information: String? = nil, withheld: String? = nil,
    conflicts: String? = nil, alternative: String? = nil
  ) {
    self.by = by
    self.question = question
    self.information = information
    self.withheld = withheld
    self.conflicts = conflicts
    self.alternative = alternative
  }

  static let keys = ["by", "question", "information", "withheld", "conflicts", "alternative"]

  /// By the names of `Alternative`, which stands in a module that knows no configuration.
  package static let alternatives = [
    "no_link", "common_teacher", "same_base_other_tuning", "other_teacher_same_prompts",
    "other_model_of_the_developer", "reverse_direction", "web_contamination", "convergence",
  ]

  package var isEmpty: Bool { self == Commission() }

  /// `.null` where nothing is stated, so that a case without a commission reads as it always did.
  var json: JSONValue {
    isEmpty
      ? .null
      : .compact([
        "by": JSONValue(by), "question": JSONValue(question), "information": JSONValue(information),
        "withheld": JSONValue(withheld), "conflicts": JSONValue(conflicts), "alternative": JSONValue(alternative),
      ])
  }

  package init(json: JSONValue?) {
    self.init(
      by: json?["by"]?.string, question: json?["question"]?.string, information: json?["information"]?.string,
      withheld: json?["withheld"]?.string, conflicts: json?["conflicts"]?.string,
      alternative: json?["alternative"]?.string)
  }
}
