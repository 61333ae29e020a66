import CaseFile

/// The report as strings, in the order in which the templates show them. Nothing is decided here.
struct ReportView {
  struct Verdict {
    let mark: String
    let standing: String
    let sentence: String
  }

  struct Row {
    let cells: [String]
  }

  struct Table {
    let head: [String]
    let rows: [Row]
    /// A mark for each column, for the second line of a Markdown table.
    let rule: [Bool]

    init(_ head: [String], _ rows: [[String]]) {
      self.head = head.map(\.printable)
      self.rows = rows.map { Row(cells: $0.map(\.printable)) }
      rule = head.map { _ in true }
    }
  }

  struct Candidate {
    let model: String
    let figure: [ReportSection.Block]
    let evidence: [ReportSection.Block]
    let combined: Table
    let channels: Table
    let cohort: Table
    /// Empty where all are listed.
    let cohortRest: String
    let leftOut: Table
    let evaluated: Bool
    let hasLeftOut: Bool
    let sameModel: String
    let notEvaluated: String
    let ratios: Table
    let hasRatios: Bool
    let power: String
    let hasPower: Bool
    let mixture: String
    let hasMixture: Bool
    let sensitivity: Table
    let hasSensitivity: Bool
    let conditions: String
  }

  let title: String
  let question: String
  let tool: String
  let verdicts: [Verdict]
  let remainder: String
  let hasRemainder: Bool
  let summary: Table
  let unevaluated: [String]
  let applicability: [String]
  let direction: String
  let sameModelGate: String
  let identical: String
  let hasIdentical: Bool
  let reasoning: [String]
  let hasReasoning: Bool
  let wrongValues: Table
  let identicalTable: Table
  let ratioStatement: String
  let scale: String
  let hasCalibration: Bool
  let candidates: [Candidate]
  let models: Table
  let cohort: Table
  let hasRun: Bool
  let run: Table
  let hasCapabilities: Bool
  let capabilities: Table
  let runTimes: Table
  let hasCustody: Bool
  let custody: Table
  let threats: Table
  let jointRun: String
  let methodText: String
  let method: Table
  let replicates: String
  let confidence: String
  let seed: String
  let prompts: String
  let arithmetic: String
  let limits: [String]
  let hasRelations: Bool
  let relations: RelationsView?
  let claimsNotMade: String
  let commission: [ReportSection]
  let items: [ReportSection]
  let work: [ReportSection]
  let withoutLog: String
  let exact: [ReportSection.Block]
  let appendix: [ReportSection]

  /// - Parameter result: SHA-256 of `result.json`.
  init(_ report: Report, result: Digest) {
    let record = report.protocolRecord.run
    claimsNotMade = ClaimsNotMade.sentence
    commission = [report.commission.section]
    items = [Item.section(report.items)]
    work = [
      ReportSection(
        "Protocol and deviations",
        CustodyWording.registered(record?.custody, firstAttempt: record?.firstAttempt)),
      ReportSection(
        "Probes and attempts",
        (report.timeline.map { [.figure($0.view)] } ?? []) + report.probes.blocks
          + (report.attempts?.blocks ?? [.text("The answers were recorded elsewhere: attempts are not known.")])),
    ]
    withoutLog = record?.custody == nil ? CustodyWording.withoutLog : ""
    exact = ExactMethod.blocks(report)
    appendix =
      (report.likelihoodRatio.calibration.map { [$0.section] } ?? [])
      + (report.recomputation.map { [$0.section(digest: result.hex, software: report.software)] } ?? [])
    title = report.name.printable
    question = Wording.question(suspect: report.suspect, candidates: report.candidates.map(\.model)).printable
    tool = report.tool
    let firstPage = FirstPage(report)
    remainder = firstPage.remainder
    hasRemainder = !remainder.isEmpty
    summary = firstPage.summary
    unevaluated = firstPage.notEvaluated.map(\.printable)
    applicability = firstPage.applicability.map(\.printable)
    direction = report.direction
    sameModelGate = Wording.sameModelGate(report.candidates).printable
    identical = report.identicalAnswers.sentence.printable
    hasIdentical = !report.identicalAnswers.withSuspect.isEmpty
    reasoning = report.reasoning.map(\.sentence.printable)
    hasReasoning = !reasoning.isEmpty
    wrongValues = Table(
      ["candidate", "prompt", "numbers in both that most do not have", "others that have them"],
      report.reasoning.flatMap { finding in
        finding.wrongValues.map {
          [
            finding.candidate.rawValue, $0.prompt.rawValue, $0.values.joined(separator: ", "),
            "\($0.others) of \($0.of)",
          ]
        }
      })
    identicalTable = Table(
      ["model", "role", "the same long answer", "of prompts that both answered at length"],
      report.identicalAnswers.withSuspect.map { [$0.model.rawValue, $0.role, String($0.count), String($0.of)] })
    verdicts = firstPage.verdicts.map {
      Verdict(mark: $0.standing.mark, standing: $0.standing.words, sentence: $0.sentence.printable)
    }
    ratioStatement = report.likelihoodRatio.statement.printable
    scale = report.likelihoodRatio.scale
    hasCalibration = report.likelihoodRatio.calibration != nil
    candidates = report.candidates.map { Candidate($0, suspect: report.suspect) }
    models = Self.models(report.protocolRecord.models)
    cohort = Self.models(report.cohort)
    hasRun = report.protocolRecord.run != nil
    run = Self.run(report)
    hasCapabilities = report.protocolRecord.run?.endpoints.contains { !$0.capabilities.isEmpty } ?? false
    capabilities = Self.capabilities(report)
    runTimes = Self.times(report)
    let kept = report.protocolRecord.run?.custody
    hasCustody = kept != nil
    custody = Table(["", ""], CustodyWording.facts(kept))
    threats = Table(["if", "then that is"], CustodyWording.threats(kept, hasRun: hasRun))
    jointRun = CustodyWording.joint
    methodText = Wording.method(report.method)
    method = Table(
      ["channel", "version", "combined", "length coefficient"],
      report.method.channels.map {
        [
          $0.name, String($0.version), $0.isCombined ? "yes" : "no",
          $0.lengthCoefficient?.text(decimals: 4) ?? "not adjusted",
        ]
      })
    replicates = String(report.method.replicates)
    confidence = Figure((report.method.confidence.value ?? 0) * 100).text(decimals: 0) + " %"
    seed = report.protocolRecord.seed
    prompts = String(report.protocolRecord.prompts)
    arithmetic = "\(report.method.library), kernel \(report.method.kernel)"
    limits = report.limits.map(\.printable)
    relations = report.relations.map(RelationsView.init)
    hasRelations = relations != nil
  }

  private static func models(_ models: [Report.Model]) -> Table {
    Table(
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

  private static func run(_ report: Report) -> Table {
    let outcomes = ["ok", "truncated", "empty", "refused", "filtered", "failed"]
    return Table(
      ["model", "endpoint", "asked for", "declared", "fingerprint", "planned", "attempts"] + outcomes,
      (report.protocolRecord.run?.endpoints ?? []).map { endpoint in
        [
          endpoint.model.rawValue, "\(endpoint.dialect) \(endpoint.url)", endpoint.requestedModel,
          endpoint.declaredModels.joined(separator: ", "), endpoint.declaredFingerprints.joined(separator: ", "),
          String(endpoint.planned), String(endpoint.attempts),
        ] + outcomes.map { String(endpoint.outcomes[$0] ?? 0) }
      })
  }

  /// Requested and observed; what every endpoint obeyed is one line.
  private static func capabilities(_ report: Report) -> Table {
    let all = (report.protocolRecord.run?.endpoints ?? []).flatMap { endpoint in
      endpoint.capabilities.map { (model: endpoint.model.rawValue, finding: $0) }
    }
    let rows = CapabilityFinding.Aspect.allCases.flatMap { aspect -> [[String]] in
      let found = all.filter { $0.finding.aspect == aspect }
      guard let first = found.first?.finding else { return [] }
      if found.allSatisfy({ $0.finding.standing == first.standing }), first.standing != .refused {
        let observed = found.allSatisfy { $0.finding.observed == first.observed } ? first.observed : "–"
        return [[aspect.rawValue, "all \(found.count)", first.requested, first.standing.words, observed]]
      }
      return found.map {
        [aspect.rawValue, $0.model, $0.finding.requested, $0.finding.standing.words, $0.finding.observed]
      }
    }
    return Table(["parameter", "endpoint", "requested", "", "observed"], rows)
  }

  private static func times(_ report: Report) -> Table {
    let run = report.protocolRecord.run
    return Table(
      ["", ""],
      [
        ["first attempt", run?.firstAttempt ?? "–"], ["last attempt", run?.lastAttempt ?? "–"],
        ["head of the hash chain", run?.chainHead ?? "–"], ["SHA-256 of the configuration", run?.configuration ?? "–"],
      ])
  }
}

extension ReportView.Candidate {
  /// Models of the cohort that are listed, the nearest; `result.json` has all.
  private static let mostCohort = 40

  init(_ candidate: Report.Candidate, suspect: ModelID) {
    typealias Table = ReportView.Table
    model = candidate.model.rawValue.printable
    figure = ChannelStrips.view(candidate).map { [.figure($0)] } ?? []
    evidence =
      candidate.evidence?.blocks(suspect: suspect, candidate: candidate.model)
      ?? (candidate.combined == nil ? [] : [.text(EvidenceToLookAt.notShown)])
    evaluated = candidate.combined != nil
    combined = Table(
      [
        "combined score", "interval", "rank", "above the strongest cohort model", "interval",
        "limit for a further unrelated model",
      ],
      candidate.combined.map {
        [
          [
            Wording.score($0.score), Wording.interval($0.interval), "\($0.rank) of \($0.of)", Wording.score($0.margin),
            Wording.interval($0.marginInterval), Wording.score($0.predictionLimit),
          ]
        ]
      } ?? [])
    channels = Table(
      ["channel", "score", "after length", "suspect's side", "candidate's side", "normalised", "interval", "rank"],
      candidate.channels.map {
        [
          $0.name + ($0.isCombined ? "" : " (not combined)"), $0.score.text(decimals: 4), $0.adjusted.text(decimals: 4),
          Wording.score($0.suspectSide),
          Wording.score($0.candidateSide), Wording.score($0.normalised), Wording.interval($0.interval),
          "\($0.rank) of \($0.of)",
        ]
      })
    cohort = Table(
      ["cohort model in the candidate's place", "combined"] + candidate.channels.map(\.name),
      candidate.cohortScores.prefix(Self.mostCohort).map { score in
        [score.model.rawValue, Wording.score(score.combined)] + score.channels.map(Wording.score)
      })
    let further = candidate.cohortScores.count - Self.mostCohort
    cohortRest = further > 0 ? "Listed are the nearest \(Self.mostCohort); \(further) more stand in result.json." : ""
    leftOut = Table(["left out", "because"], Self.byReason(candidate.leftOut))
    hasLeftOut = !candidate.leftOut.isEmpty
    sameModel = SameModelWording.line(candidate.sameModelTest, candidate: candidate.model.rawValue).printable
    notEvaluated = candidate.notEvaluated.map { "Not evaluated: \($0)." } ?? ""
    ratios = Table(
      ["if not, then", "likelihood ratio", "interval", "bounds", "in words"],
      candidate.ratios.map { ratio in
        func range(_ range: Report.Range?) -> String {
          guard let low = range?.low.value, let high = range?.high.value else { return "–" }
          return "\(RatioWording.ratio(log10: low)) to \(RatioWording.ratio(log10: high))"
        }
        return [
          RatioWording.name(ratio.alternative) + (ratio.isHeadline ? " (headline)" : ""),
          ratio.log10?.value.map(RatioWording.ratio) ?? "–", range(ratio.interval), range(ratio.bounds), ratio.sentence,
        ]
      })
    hasRatios = !candidate.ratios.isEmpty
    sensitivity = Table(sensitivity: candidate.sensitivity)
    hasSensitivity = !candidate.sensitivity.isEmpty
    conditions = candidate.conditions.map { "The pair has \($0). \(candidate.applicability ?? "")" } ?? ""
    power = candidate.power ?? ""
    hasPower = candidate.power != nil
    mixture = candidate.mixture ?? ""
    hasMixture = candidate.mixture != nil
  }
}

extension ReportView.Candidate {
  /// A row a reason, in the order in which they first come up.
  private static func byReason(_ leftOut: [Report.LeftOut]) -> [[String]] {
    leftOut.reduce(into: [(models: [String], reason: String)]()) { rows, next in
      if let place = rows.firstIndex(where: { $0.reason == next.reason }) {
        rows[place].models.append(next.model.rawValue)
      } else {
        rows.append(([next.model.rawValue], next.reason))
      }
    }.map { [$0.models.joined(separator: ", "), $0.reason] }
  }
}

extension CapabilityFinding.Standing {
  var words: String { self == .notOffered ? "not offered" : rawValue }
}

extension Report.Standing {
  /// Shape first, so that it reads without colour.
  var mark: String {
    switch self {
    case .standsOut: "◆"
    case .doesNotStandOut: "○"
    case .sameModel: "="
    case .notEvaluated: "–"
    }
  }

  var words: String {
    switch self {
    case .standsOut: "stands out"
    case .doesNotStandOut: "does not stand out"
    case .sameModel: "the same model, as far as these probes can tell"
    case .notEvaluated: "not evaluated"
    }
  }
}
