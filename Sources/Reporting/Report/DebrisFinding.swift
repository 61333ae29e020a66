package import AnswerDebris
package import Cases
package import Likelihood

/// What servers and tools left in answers of a case, and what the scores would be with it: a finding of its own.
package struct DebrisFinding: Sendable, Encodable {
  package struct Item: Sendable, Encodable {
    package let model: ModelID
    package let kind: Debris.Finding.Kind
    /// nil where no word of a model may stand in the report, and it may be one.
    package let text: String?
    package let count: Int
    package let of: Int
  }

  /// A candidate's scores with the debris left in.
  package struct With: Sendable, Encodable {
    package let candidate: ModelID
    package let combined: Figure?
    package let standsOut: Bool
    /// Of the least ratio.
    package let log10: Figure?

    enum CodingKeys: String, CodingKey {
      case candidate, combined, log10
      case standsOut = "stands_out"
    }
  }

  package let found: [Item]
  /// Empty where suspect and candidates do not both have some.
  package let with: [With]
  package let sentence: String

  /// - Parameter raw: the candidates, by the answers as they came; none where suspect and candidates do not both have some.
  /// - Returns: nil where nothing was found.
  package init?(_ debris: Debris, with raw: [CandidateFinding], excerpts: Bool) {
    guard !debris.findings.isEmpty else { return nil }
    let safe: Set<Debris.Finding.Kind> = [.mark, .thoughts]
    found = debris.findings.map {
      Item(
        model: $0.model, kind: $0.kind, text: excerpts || safe.contains($0.kind) ? $0.text : nil, count: $0.count,
        of: $0.of)
    }
    with = raw.map { finding in
      guard case .evaluated(let scores) = finding.outcome else {
        return With(candidate: finding.candidate, combined: nil, standsOut: false, log10: nil)
      }
      return With(
        candidate: finding.candidate, combined: Figure(scores.combined), standsOut: scores.standsOut,
        log10: finding.headline.map { Figure($0.log10) })
    }
    sentence = DebrisWording.sentence(debris.findings)
  }

  /// Whether a candidate stands out only with what no model said.
  func carries(_ verdict: Report.Verdict) -> Bool {
    verdict.standing == .doesNotStandOut && with.contains { $0.candidate == verdict.candidate && $0.standsOut }
  }
}
