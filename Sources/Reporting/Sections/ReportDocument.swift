import Cases
import Formats

/// The report as blocks and sections, in the order in which every rendering shows them. Its words stand in `Sentences`.
struct ReportDocument {
  let title: String
  let question: String
  let front: [ReportBlock]
  let sections: [ReportSection]
  let footer: String

  /// - Parameter result: SHA-256 of `result.json`.
  init(_ report: Report, result: Digest) {
    title = report.name.printable
    question =
      VerdictWording.question(suspect: report.suspect, candidates: report.candidates.map(\.model)).printable
    front = FirstPage.blocks(report)
    footer = Self.footer(report)
    let before = [ReportSection("What these findings do not say", [.list(report.limits + [ClaimsNotMade.sentence])])]
    let candidates = report.candidates.map { CandidateSection.section($0, suspect: report.suspect) }
    let models = [
      ReportSection("Models asked about", [.table(ReportTable(models: report.protocolRecord.models))]),
      ReportSection("Cohort", [.table(ReportTable(models: report.cohort))]), Item.section(report.items),
    ]
    let findings = [
      report.debris?.section, report.identicalAnswers.section, report.relations?.section,
      ReasoningFinding.section(report.reasoning),
    ]
    let work = [
      RunSection.section(report), RunSection.recorded(report), CustodySection.plan(report.protocolRecord.run),
      RunSection.attempts(report),
      CustodySection.section(report.protocolRecord.run), MethodSection.section(report),
    ]
    let appendix = [
      report.likelihoodRatio.calibration?.section,
      report.recomputation?.section(digest: result.hex, software: report.software),
    ]
    sections =
      before + [report.commission.section] + candidates
      + (findings + models.map(Optional.some) + work + appendix)
      .compactMap(\.self)
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
  init(models: [Report.Model]) {
    self.init(
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
