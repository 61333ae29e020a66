import Cases
import Reporting

/// What was asked of whom, and what came of it.
enum RunSection {
  /// nil for answers that were recorded elsewhere.
  static func section(_ report: Report) -> ReportSection? {
    guard let run = report.protocolRecord.run else { return nil }
    let capabilities = capabilities(run)
    return ReportSection(
      "Run",
      (run.endpoints.isEmpty ? [] : [.table(endpoints(run))])
        + (capabilities.isEmpty
          ? []
          : [
            .text(WorkWording.capabilities),
            .table(
              ReportTable(
                "Parameters, requested and observed", ["parameter", "endpoint", "requested", "", "observed"],
                capabilities)),
          ]) + [.table(times(run))])
  }

  /// nil where every model was asked.
  static func recorded(_ report: Report) -> ReportSection? {
    guard let recorded = report.protocolRecord.run?.recorded else { return nil }
    let columns = [
      "model", "file", "answers", "probes", "found by the prompt's text", "left out", "recorded by", "date", "from",
      "decoding, as stated", "SHA-256 of the file, first 16 digits",
    ]
    let rows = recorded.map { member -> [String] in
      let (matching, origin) = (member.matching, member.origin)
      return [
        member.model.rawValue, member.file, String(matching.answers), String(matching.probes),
        String(matching.byPrompt), String(matching.leftOut), origin.by ?? "not stated", origin.date ?? "not stated",
        origin.from ?? "not stated", RecordedWording.decoding(origin), String(member.sha256.prefix(16)),
      ]
    }
    return ReportSection(
      RecordedWording.title,
      [.text(RecordedWording.introduction), .table(ReportTable(RecordedWording.caption, columns, rows))])
  }

  static func attempts(_ report: Report) -> ReportSection {
    ReportSection(
      "Probes and attempts",
      (report.timeline.map { [.figure($0.view)] } ?? []) + report.probes.blocks
        + (report.attempts?.blocks ?? [.text(WorkWording.attemptsNotKnown)]))
  }

  private static func endpoints(_ run: RunSummary) -> ReportTable {
    let outcomes = Attempt.Outcome.allCases.map(\.rawValue)
    return ReportTable(
      "Endpoints, and what came of their attempts",
      ["model", "endpoint", "asked for", "declared", "fingerprint", "planned", "attempts"] + outcomes,
      run.endpoints.map { endpoint in
        [
          endpoint.model.rawValue, "\(endpoint.dialect) \(endpoint.url)", endpoint.requestedModel,
          endpoint.declaredModels.joined(separator: ", "), endpoint.declaredFingerprints.joined(separator: ", "),
          String(endpoint.planned), String(endpoint.attempts),
        ] + outcomes.map { String(endpoint.outcomes[$0] ?? 0) }
      })
  }

  /// Requested and observed; what every endpoint obeyed is one line.
  private static func capabilities(_ run: RunSummary) -> [[String]] {
    let all = run.endpoints.flatMap { endpoint in
      endpoint.capabilities.map { (model: endpoint.model.rawValue, finding: $0) }
    }
    return CapabilityFinding.Aspect.allCases.flatMap { aspect -> [[String]] in
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
  }

  private static func times(_ run: RunSummary) -> ReportTable {
    ReportTable(
      "When it was asked, and what fixes it", ["", ""],
      [
        ["first attempt", run.firstAttempt ?? "–"], ["last attempt", run.lastAttempt ?? "–"],
        ["head of the hash chain", run.chainHead], ["SHA-256 of the configuration", run.configuration],
      ])
  }
}

extension AttemptList {
  fileprivate var blocks: [ReportBlock] {
    [
      .text(WorkWording.attempts(self, end: Self.most / 4, between: Self.most / 2)),
      .table(
        ReportTable(
          "Attempts", ["attempt", "model", "probe", "answer", "began", "outcome", "hash, first 16 digits"],
          listed.map {
            [
              String($0.attempt), $0.model.rawValue, $0.probe.rawValue, String($0.sample + 1), $0.started, $0.outcome,
              String($0.hash.prefix(16)),
            ]
          })),
    ]
  }
}

extension ProbeList {
  fileprivate var blocks: [ReportBlock] {
    [
      .text(WorkWording.probes(self, end: Self.most / 2)),
      .table(
        ReportTable(
          "Probes", ["probe", "category", "digest, first 16 digits", "answers of all models", "failed attempts"],
          listed.map {
            [
              $0.probe.rawValue, $0.category ?? "–", $0.sha256.map { String($0.prefix(16)) } ?? "–", String($0.answers),
              String($0.failed),
            ]
          })),
    ]
  }
}
