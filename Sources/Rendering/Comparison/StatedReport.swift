import Formats
package import Reporting

/// The files of a report as they are stated, beside the same report computed anew.
package struct StatedReport {
  package enum Finding: Hashable, Sendable {
    /// Every number comes out again; sentences and renderings as well, unless another program made them.
    case same(sentencesBy: String?)
    /// The first member of the document that does not come out again.
    case differs(place: String, stated: String, computed: String)
    /// The numbers come out again; the first line that does not, of sentences or renderings.
    case saysOtherwise(place: String, stated: String, computed: String)
    case noDocument
  }

  private let result: [UInt8]
  private let markdown: [UInt8]
  private let html: [UInt8]
  private let document: JSONValue?

  package init(result: [UInt8], markdown: [UInt8], html: [UInt8]) {
    self.result = result
    self.markdown = markdown
    self.html = html
    document = JSONValue(parsing: result, upTo: .file)
  }

  /// Units in marked runs: versions that looked for an n-gram at its first places alone left some unmarked in answers that loop.
  private static let marks: Set<String> = [
    "candidates.evidence.shown.candidate.shared", "candidates.evidence.shown.suspect.shared",
  ]

  /// The program that made it, as it says; what is computed anew is computed in its name.
  package var tool: String? { document?["tool"]?.string }
  private func isMade(by tool: String) -> Bool { self.tool?.utf8.elementsEqual(tool.utf8) ?? false }
  /// What computed it.
  package var library: String { document?["method"]?["library"]?.string ?? "" }
  package var kernel: String { document?["method"]?["kernel"]?.string ?? "" }
  package var hasExcerpts: Bool { document?["excerpts"]?.bool ?? false }

  /// - Parameter tool: this program. Only its own sentences come out again word for word.
  package func compare(with report: Report, tool: String) throws -> Finding {
    guard let document else { return .noDocument }
    let result = try report.json()
    let computed = JSONValue(parsing: result, upTo: .file) ?? .null
    let comparison: NumbersComparison =
      MakerVersion.marksAll(self.tool) ? .result : .result.passing(over: Self.marks)
    if let found = comparison.difference(stated: document, computed: computed) {
      return .differs(place: "report/result.json, \(found.path)", stated: found.stated, computed: found.computed)
    }
    guard isMade(by: tool) else { return .same(sentencesBy: self.tool ?? "") }
    // The digest of the result is taken as it is stated: its numbers were compared themselves, within the tolerance.
    let digest = Digest(of: self.result)
    let renderings = [
      ("result.json", self.result, result), ("report.md", markdown, Array(try report.markdown(result: digest).utf8)),
      ("report.html", html, Array(try report.html(result: digest).utf8)),
    ]
    for (name, stated, computed) in renderings {
      let found = ReportComparison.difference(
        stated: String(decoding: stated, as: UTF8.self), computed: String(decoding: computed, as: UTF8.self))
      guard let found else { continue }
      return .saysOtherwise(place: "report/\(name):\(found.line)", stated: found.stated, computed: found.computed)
    }
    return .same(sentencesBy: nil)
  }
}

extension NumbersComparison {
  /// Of `result.json`. Whoever adds a member to it adds its path to `added`, so that older evidence still verifies; a
  /// sentence belongs to `words`.
  static let result = NumbersComparison(
    words: [
      "answer.candidates.sentence", "answer.limits", "answer.sentences", "candidates.applicability",
      "candidates.conditions", "candidates.evidence.phrases.text",
      "candidates.evidence.runs.text", "candidates.evidence.shown.candidate.text",
      "candidates.evidence.shown.prompt", "candidates.evidence.shown.suspect.text", "candidates.left_out.reason",
      "candidates.likelihood_ratios.not_evaluated", "candidates.likelihood_ratios.sentence", "candidates.mixture",
      "candidates.not_evaluated", "candidates.power", "claims_not_made", "direction", "groups.not_evaluated",
      "groups.sentence", "identical_answers.sentence",
      "items.access", "items.identity", "likelihood_ratio.calibration.name", "likelihood_ratio.calibration.range",
      "likelihood_ratio.scale", "likelihood_ratio.statement", "limits", "method.name", "reasoning.sentence",
      "recomputation.command", "recomputation.inputs", "recomputation.not_repeatable", "recomputation.tolerance",
      "verdicts.sentence",
    ],
    added: [
      "answer", "candidates.calibrated_without", "candidates.cohort_halves",
      "candidates.cohort_halves.at_lower_bound", "candidates.cohort_halves.at_upper_bound",
      "candidates.combined.lead.nearest", "candidates.combined.lead.rank",
      "candidates.likelihood_ratios.asked", "candidates.without_first_sentences",
      "identity_claims", "identity_claims.with_system", "groups",
      "groups.calibrated_without", "groups.reason_code", "likelihood_ratio.calibration.groups",
      "candidates.sensitivity.ratio_log10",
      "candidates.applicability_code", "candidates.left_out.of", "candidates.left_out.reason_code",
      "candidates.likelihood_ratios.reason_code", "candidates.reason_code", "candidates.setting",
    ],
    figures: ["relations.newick"])

  /// Of the findings on likelihoods of given answers.
  package static let likelihood = NumbersComparison(
    words: [
      "candidates.direction.evidence.sentence", "candidates.not_evaluated", "reference.candidates.not_evaluated",
      "spellings.sentence",
    ],
    added: ["candidates.direction.evidence.observation", "candidates.reason_code"])
}
