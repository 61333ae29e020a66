package import Cases
package import Likelihood

/// What a reader asks of a report, in this order, and what is answered: is there a link, of which kind, to which of those
/// named, and what would change it.
///
/// Everything that other parts of a report, the terminal, studies and the browser say of the finding is taken from here.
package struct Conclusion: Sendable, Encodable {
  /// See `IndicationRule`.
  package static let leastIndicating = IndicationRule.leastRatio

  package enum Standing: String, Sendable, Encodable {
    case linkIndicated = "link_indicated"
    case forProposition = "for_the_proposition"
    case forNeither = "for_neither"
    case forAlternative = "for_the_alternative"
    case sameModel = "same_model"
    case notEvaluated = "not_evaluated"
  }

  /// Which end of what the validation set supports a ratio stands at.
  package enum Cap: String, Sendable, Encodable {
    case upper, lower
  }

  /// What is found for one candidate, of the pair of propositions that was asked about.
  package struct Finding: Sendable, Encodable {
    package let candidate: ModelID
    package let standing: Standing
    /// nil where there is none.
    package let log10: Figure?
    package let cap: Cap?
    /// nil at a cap: there it would read as certainty.
    package let interval: Report.Range?
    package let sentence: String

    enum CodingKeys: String, CodingKey {
      case candidate, standing, log10, cap, sentence
      case interval = "interval_log10"
    }
  }

  /// Candidates of one developer.
  package struct Group: Sendable, Encodable {
    package let developer: String
    package let members: [ModelID]
    /// The one with the highest ratio; nil where none has one.
    package let highest: ModelID?
  }

  package enum Question: String, Sendable, Encodable, CaseIterable {
    case link, kind, named, change
  }

  /// One sentence that answers one question.
  package struct Sentence: Sendable, Encodable {
    package let question: Question
    package let text: String
  }

  /// How many pairs of one known relation reach the highest ratio of this report.
  package struct Reached: Sendable, Encodable {
    package let relation: String
    package let count: Int
    package let of: Int
  }

  /// How often pairs of the validation set, each by a line that saw no family of it, reach `leastIndicating`.
  package struct Rule: Sendable, Encodable {
    /// Pairs without a known link, and documented ones.
    package let falsely: Count
    package let found: Count
    /// Students' families with such a pair without a known link.
    package let families: Count

    package struct Count: Sendable, Encodable {
      package let count: Int
      package let of: Int
    }

    enum CodingKeys: String, CodingKey {
      case falsely = "no_link"
      case found = "documented"
      case families = "families_no_link"
    }
  }

  /// The alternative of the pair of propositions that was asked about.
  package let alternative: Alternative
  /// Whether the protocol fixed it before the first request.
  package let isFrozen: Bool
  /// In the order of the case.
  package let findings: [Finding]
  /// Empty where no developer has several candidates, or all are of one.
  package let groups: [Group]
  /// What is found for groups as such; it stands in the report by itself.
  package let asked: [Report.Group]
  /// One a question at most.
  package let sentences: [Sentence]
  /// Of the highest ratio; empty where there is none, or where it is not against no link.
  package let reached: [Reached]
  /// nil without a calibration.
  package let rule: Rule?
  /// Those that matter for this report.
  package let limits: [String]

  enum CodingKeys: String, CodingKey {
    case alternative, groups, sentences, reached, rule, limits
    case isFrozen = "frozen"
    case findings = "candidates"
  }
}

extension Conclusion {
  /// The findings with a ratio, the highest first; of equal ones, in the order of the case.
  package var ranked: [Finding] {
    findings.enumerated().filter { $0.element.log10?.value != nil }.sorted {
      ($1.element.log10?.value ?? 0, $0.offset) < ($0.element.log10?.value ?? 0, $1.offset)
    }.map(\.element)
  }

  package func sentence(_ question: Question) -> String? { sentences.first { $0.question == question }?.text }

  package func finding(_ candidate: ModelID) -> Finding? { findings.first { $0.candidate == candidate } }
}

extension LikelihoodRatio {
  /// See `RatioBounds.Bounds.canTell`.
  package var canTell: Bool { bounds.canTell }

  static let leastTelling = RatioBounds.Bounds.leastTelling

  /// See `RatioBounds.Bounds.canTell(by:)`: what figures of the answer hang on. Sentences are of the present rules.
  package func canTell(by rules: AnalysisRules) -> Bool { bounds.canTell(by: rules) }

  package var cap: Conclusion.Cap? { cap(by: .present) }

  package func cap(by rules: AnalysisRules) -> Conclusion.Cap? {
    guard canTell(by: rules) else { return nil }
    return log10 >= bounds.upper ? .upper : log10 <= bounds.lower ? .lower : nil
  }
}
