import Cases
import Likelihood
import Reporting

/// The ten questions, with answers from the report's own figures.
struct CrossExaminationWording {
  struct Question {
    let question: String
    let answer: String
  }

  private let report: Report
  /// The finding that the questions are about: the highest ratio, else the nearest candidate.
  private let finding: Conclusion.Finding?
  private let candidate: Report.Candidate?

  init(_ report: Report) {
    self.report = report
    finding = report.answer.ranked.first
    let model = finding?.candidate ?? report.nearest?.model
    candidate = report.candidates.first { $0.model == model }
  }

  static let notKnown = "Not known"

  var questions: [Question] {
    [
      Question(question: "How sure is the ratio itself?", answer: certainty),
      Question(question: "Whose teachers does the ratio rest on?", answer: teachers),
      Question(question: "Was this very case among those that the ratio was learned from?", answer: inside),
      Question(
        question: "Had the calibrations that it was judged by seen the pair's developers, families or base models?",
        answer: unseen),
      Question(question: "How often is a link indicated where there is none, and by what rule?", answer: rule),
      Question(question: "Many candidates were looked at: is one of them high by chance?", answer: several),
      Question(question: "Who chose the cohort, when, and what would another have given?", answer: cohort),
      Question(question: "Is it more than a stock phrase at the beginning of answers?", answer: phrase),
      Question(
        question: "What would another temperature, length or system prompt have given?", answer: decoding),
      Question(question: "Was the method chosen on the pairs that it is judged by?", answer: choice),
    ]
  }

  private var calibration: Report.CalibrationRecord? { report.likelihoodRatio.calibration }
  private var title: String { Propositions.title(report.answer.alternative) }

  private var certainty: String {
    guard let finding, let candidate else { return "\(Self.notKnown): no ratio is given." }
    let ratio = candidate.ratios.first { $0.alternative == report.answer.alternative }
    let number = ConclusionWording.number(finding)
    let from = "over students’ families, teachers’ developers and prompts, all drawn anew"
    guard finding.cap != nil, let low = ratio?.interval?.low.value, let high = ratio?.interval?.high.value else {
      return """
        The ratio of \(finding.candidate) for \(title) is \(number), its 95 % interval \(ConclusionWording.interval(finding)), \(from). \
        What another cohort would have given is not in the interval; it stands below.
        """
    }
    return """
      The ratio of \(finding.candidate) for \(title) is \(number): the validation set bears nothing beyond, so that how far it would have gone is not known. \
      Within the cap, its 95 % interval, \(from), begins at \(RatioWording.ratio(log10: finding.cap == .upper ? low : high)).
      """
  }

  private var teachers: String {
    guard let teachers = report.calibrationTeachers, !teachers.isEmpty else {
      return "\(Self.notKnown): the calibration does not name the teachers of its pairs."
    }
    let all = teachers.values.reduce(0, +)
    let list = teachers.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    let own = candidate?.developer.map { developer in
      " Of \(developer), whose model \(candidate?.model.rawValue ?? "") is, there are \(teachers[developer] ?? 0)."
    }
    return "Its \(all) documented pairs by the teacher’s developer: \(list).\(own ?? "")"
  }

  private var inside: String {
    guard let calibration else { return "There is no ratio that could have been learned from it." }
    guard let models = report.calibrationModels, !models.isEmpty else {
      return """
        \(Self.notKnown): the calibration does not name its models. The families of its students are \(calibration.families.joined(separator: ", ")).
        """
    }
    let own = report.calibrationInside
    if report.calibrationHasLessons { return leftOut(own, of: models.count) }
    return own.isEmpty
      ? "None of the models that are asked about is among the \(models.count) models of the calibration, by name."
      : """
      Yes: \(Wording.list(own)) \(own.count == 1 ? "is" : "are") among the \(models.count) models of the calibration. What it would have given without their families is not known here.
      """
  }

  /// Of a calibration that keeps what it was fitted on, so that it can be fitted anew without.
  private func leftOut(_ own: [ModelID], of models: Int) -> String {
    let apart = report.candidates.filter { $0.calibratedWithout != nil }
    guard !apart.isEmpty else { return whole(own, of: models) }
    let asked = candidate.flatMap { candidate in
      candidate.calibratedWithout.map { without in
        " That of \(candidate.model) was fitted without \(without.leftOut) of \(without.of) pairs: those of \(without.names.joined(separator: ", "))."
      }
    }
    let who =
      own.isEmpty
      ? "a family of theirs is among those of the calibration."
      : "\(Wording.list(own)) \(own.count == 1 ? "is" : "are") among the \(models) models of the calibration."
    return """
      Yes: \(who) \
      Therefore \(Wording.list(apart.map(\.model))) \(apart.count == 1 ? "is" : "are each") judged by a calibration that was fitted anew, without any pair that shares a developer, a family or a base model with suspect or candidate.\(asked ?? "")
      """
  }

  /// Of a suspect that nothing was learned of: candidates that others learned from are left in.
  private func whole(_ own: [ModelID], of models: Int) -> String {
    own.isEmpty
      ? """
      None of the models that are asked about is among the \(models) models of the calibration, by name, nor is the suspect of a family of theirs.
      """
      : """
      In part: \(Wording.list(own)) \(own.count == 1 ? "is" : "are") among the \(models) models of the calibration; the ratios are those of the whole, which was fitted with \(own.count == 1 ? "its" : "their") pairs. \
      It is fitted anew only for a suspect that it learned from.
      """
  }

  private var unseen: String {
    guard let calibration else { return "There is no calibration." }
    return report.method.version >= 3
      ? """
      No: each ratio behind the counts of this report comes from a line that was fitted without any pair that shares a developer, a family or a base model with its own, in either role (made by \(calibration.tool)).
      """
      : "\(Self.notKnown) for base models: calibrations of this version of the method left out developers and families alone."
  }

  private var rule: String {
    guard let rule = report.answer.rule else { return "\(Self.notKnown): there is no calibration." }
    return """
      \(ConclusionLimitsWording.rule(rule)) \
      Pairs without a link are pairs of which none is known, so that some of them may have one; pairs of one family are like each other, so that they count for fewer than they are.
      """
  }

  private var several: String {
    guard let finding, let value = finding.log10?.value, let unlinked = report.calibrationUnlinked else {
      return "\(Self.notKnown): no ratio is given, or the calibration does not say."
    }
    return ConclusionLimitsWording.several(report.candidates.count, unlinked, log10: value)
  }

  private var cohort: String {
    let isFixed = report.protocolRecord.run?.custody != nil
    let who =
      isFixed
      ? "Whoever made the case, before the first request, by the protocol."
      : "Whoever made the case; nothing shows that it was chosen before the answers were seen."
    guard let candidate, let halves = candidate.cohortHalves else {
      return "\(who) What another would have given is not known: the cohort is too small to be halved."
    }
    let ratio =
      halves.ratio.flatMap { range in
        range.low.value.flatMap { low in
          range.high.value.map { high in
            """
            ratios of \(RatioWording.ratio(log10: low)) to \(RatioWording.ratio(log10: high)) for \(title), and combined scores of \(Wording.score(halves.combined.low)) to \(Wording.score(halves.combined.high))
            """
          }
        }
      } ?? "combined scores of \(Wording.score(halves.combined.low)) to \(Wording.score(halves.combined.high))"
    return """
      \(who) \
      \(halves.halves) random halves of it give \(candidate.model) \(ratio). \
      What models that were never asked would have given is not known.
      """
  }

  private var phrase: String {
    guard let candidate, let combined = candidate.combined else { return "\(Self.notKnown): nothing was measured." }
    guard let rest = candidate.withoutFirstSentences else {
      return
        "\(Self.notKnown): it was not looked into, for the likeness speaks for no link, or answers are of one sentence."
    }
    let ratio = rest.ratio?.value.map { ", and the ratio for \(title) \(RatioWording.ratio(log10: $0))" } ?? ""
    return """
      Without the first sentence of every answer of every model, the combined score of \(candidate.model) is \(Wording.score(rest.combined)) instead of \(Wording.score(combined.score)), number \(rest.rank) of \(rest.of)\(ratio). \
      The phrases that both use more than the cohort stand in the section of the candidate.
      """
  }

  private var decoding: String {
    let asked =
      report.protocolRecord.run == nil
      ? "the answers were recorded elsewhere, and how they were asked for is not known"
      : "all models were asked with the same parameters and prompts, as far as their endpoints obey"
    return """
      \(Self.notKnown) for this case: \(asked). \
      A system prompt that suspect and candidate share can make their answers alike without any training.
      """
  }

  private var choice: String {
    """
    In part: channels and penalty were chosen on pairs that are among those of the validation set, and its figures are of families that the fit, not the choice, had not seen. \
    Expect somewhat less on families that nobody has looked at; Reports/validation of the source says what was tried.
    """
  }
}
