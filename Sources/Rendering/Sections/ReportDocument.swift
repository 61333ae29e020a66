import Cases
import Escaping
import Formats
import Reporting

/// The report as blocks and sections, in the order in which every rendering shows them. Its words stand in `Sentences`.
struct ReportDocument {
  let title: String
  let question: String
  let facts: String
  /// Of the first page: the answers, what they rest on, and their limits.
  let answers: [ReportBlock]
  let figures: [ReportBlock]
  let limits: [ReportBlock]
  let contents: Contents
  let sections: [ReportSection]
  let footer: String
  /// For the style sheet.
  let labels: String

  /// - Parameter result: SHA-256 of `result.json`.
  init(_ report: Report, result: Digest) {
    title = report.name.printable
    question =
      VerdictWording.question(suspect: report.suspect, candidates: report.candidates.map(\.model)).printable
    facts = FirstPage.facts(report).printable
    footer = Self.footer(report)
    let before = [
      ReportSection(
        "What these findings do not say",
        [
          .text(report.likelihoodRatio.statement), .list(Self.notes(report) + report.limits + [ClaimsNotMade.sentence]),
        ] + (report.likelihoodRatio.calibration == nil ? [] : [.text(report.likelihoodRatio.scale)]))
    ]
    let candidates = report.candidates.map { candidate in
      CandidateSection.section(
        candidate, report.verdicts.first { $0.candidate == candidate.model }, suspect: report.suspect)
    }
    let models = [
      ReportSection(
        "Models asked about", [.table(ReportTable("Models asked about", models: report.protocolRecord.models))]),
      Item.section(report.items),
    ]
    let annex = [
      ReportSection("Cohort", [.table(ReportTable("The cohort", models: report.cohort))], isFirstOfAnnex: true),
      RunSection.attempts(report),
    ]
    let findings = [
      IdentityFinding.section(report.identityClaims), report.debris?.section, report.identicalAnswers.section,
      report.relations?.section,
      ReasoningFinding.section(report.reasoning),
    ]
    let work = [
      RunSection.section(report), RunSection.recorded(report), CustodySection.plan(report.protocolRecord.run),
      CustodySection.section(report.protocolRecord.run), MethodSection.section(report),
    ]
    let appendix = [
      report.likelihoodRatio.calibration?.section,
      report.recomputation?.section(digest: result.hex, software: report.software),
    ]
    let parts =
      [FirstPage.allCandidates(report), report.groupSection] + before.map(Optional.some) + [
        CrossExaminationSection.section(report), report.commission.section,
      ]
      + candidates.map(Optional.some) + findings + models.map(Optional.some) + work + appendix
      + annex.map(Optional.some)
    let front = (
      FirstPage.answers(report), FirstPage.figures(report), FirstPage.limits(report)
    )
    let numbered = Contents.numbered(front.0 + front.1 + front.2, parts.compactMap(\.self))
    answers = Array(numbered.front.prefix(front.0.count))
    figures = Array(numbered.front.dropFirst(front.0.count).prefix(front.1.count))
    limits = Array(numbered.front.suffix(front.2.count))
    sections = numbered.sections
    contents = numbered.contents
    labels = CardLabels.rules((numbered.front + numbered.sections.flatMap(\.blocks)).flatMap(\.tables))
  }

  private static func notes(_ report: Report) -> [String] {
    let identical = report.identicalAnswers
    return [report.direction, SameModelWording.gate(report.candidates)]
      + (identical.withSuspect.isEmpty ? [identical.sentence] : [])
  }

  private static func footer(_ report: Report) -> String {
    let method = report.method
    return [
      "Prompts \(report.protocolRecord.prompts)", "replicates \(method.replicates)",
      "confidence \(Wording.percent(method.confidence))", "seed \(report.protocolRecord.seed)",
      "\(method.library), kernel \(method.kernel)", report.tool,
    ].joined(separator: " · ").printable
  }
}

extension ReportTable {
  init(_ caption: String, models: [Report.Model]) {
    self.init(
      caption,
      [
        "model", "developer", "base", "family", "answers", "mean characters", "SHA-256 of the answers, first 16 digits",
      ],
      models.map {
        [
          $0.model.rawValue, $0.developer ?? "unknown", $0.base ?? "unknown", $0.family ?? "unknown",
          String($0.answers), $0.meanLength?.text(decimals: 0) ?? "–", String($0.source.prefix(16)),
        ]
      })
  }
}
