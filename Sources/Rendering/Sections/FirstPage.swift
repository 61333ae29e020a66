import Cases
import Likelihood
import Reporting

/// What a reader sees first, whole on one sheet of paper and on one screen: the answers, the finding on the scale of ratios,
/// its place among the cohort, how often pairs of known relation get there, and the limits that matter.
enum FirstPage {
  private static let shownOfMany = 5

  /// The answers and their limits.
  static func answers(_ report: Report) -> [ReportBlock] {
    let answer = report.answer
    let items = answer.sentences.map {
      ReportBlock.Answers.Item(
        question: ConclusionWording.question($0.question), sentence: $0.text, hasLead: $0.question == .link)
    }
    let boxes = [copies(report), debris(report)].compactMap(\.self)
    return [.answers(items)] + (boxes.isEmpty ? [] : [.verdicts(boxes)])
      + (report.candidates.count > 1 || report.answer.ranked.isEmpty ? [.table(findings(report))] : [])
  }

  /// What the answers rest on.
  static func figures(_ report: Report) -> [ReportBlock] {
    let scale = RatioScale.view(report).map { [ReportBlock.figure($0)] } ?? []
    let nearest = report.answer.ranked.first?.candidate
    let strip = (report.candidates.first { $0.model == nearest } ?? report.nearest)
      .flatMap { $0.isIndistinguishable ? nil : CohortStrip.view($0) }
    return scale + (strip.map { [.figure($0)] } ?? []) + (reached(report).map { [.table($0)] } ?? [])
  }

  static func limits(_ report: Report) -> [ReportBlock] {
    report.answer.limits.isEmpty
      ? [] : [.heading(ConclusionLimitsWording.title), .list(report.answer.limits)]
  }

  /// Who asked, when, and what made it.
  static func facts(_ report: Report) -> String {
    let date = report.protocolRecord.run?.lastAttempt.map { String($0.prefix(10)) }
    return ConclusionLimitsWording.facts(
      name: report.name, date: date, by: report.commission.by, tool: report.tool,
      alternative: Propositions.title(report.answer.alternative), isFrozen: report.answer.isFrozen)
  }

  /// All candidates, groups before their members: for a section of its own where the first page has not all.
  static func allCandidates(_ report: Report) -> ReportSection? {
    let isGrouped = !report.answer.groups.isEmpty || !report.weighedGroups.isEmpty
    guard report.candidates.count > SpokenAnswer.maximumCandidates || isGrouped else { return nil }
    return ReportSection("All candidates", [.table(table(report, report.answer.findings, grouped: true))])
  }

  private static func findings(_ report: Report) -> ReportTable {
    let answer = report.answer
    let isLong = answer.findings.count > SpokenAnswer.maximumCandidates
    if isLong, !report.weighedGroups.isEmpty { return weighedGroups(report) }
    if isLong, !answer.groups.isEmpty { return groups(report) }
    let shown =
      isLong ? Array((answer.ranked.isEmpty ? answer.findings : answer.ranked).prefix(shownOfMany)) : answer.findings
    return table(report, shown, grouped: !report.weighedGroups.isEmpty)
  }

  /// Each group of several before its members.
  private static func rows(ofWeighedGroups report: Report, inWords: Bool) -> [[String]] {
    report.groups.flatMap { group -> [[String]] in
      let members = group.members.compactMap(report.answer.finding)
      guard group.hasSeveral else { return members.map { row($0, report, "\($0.candidate)", inWords: inWords) } }
      return [row(group, inWords: inWords)]
        + members.map { row($0, report, "– \($0.candidate)", inWords: inWords) }
    }
  }

  private static func weighedGroups(_ report: Report) -> ReportTable {
    func value(_ group: Report.Group) -> Double {
      let own = group.hasSeveral ? group.log10 : group.members.first.flatMap(report.answer.finding)?.log10
      return own?.value ?? -.infinity
    }
    let ordered = report.groups.sorted { (value($0), $1.group) > (value($1), $0.group) }
    return ReportTable(
      ConclusionWording.groupsTitle(
        shown: min(ordered.count, SpokenAnswer.maximumCandidates), of: ordered.count, report.answer.alternative),
      head("developer or group"),
      ordered.prefix(SpokenAnswer.maximumCandidates).map { group in
        let single = group.hasSeveral ? nil : group.members.first.flatMap(report.answer.finding)
        return single.map { row($0, report, "\($0.candidate)", inWords: false) } ?? row(group, inWords: false)
      })
  }

  private static func row(_ group: Report.Group, inWords: Bool) -> [String] {
    [
      GroupWording.row(group), GroupWording.number(group), GroupWording.interval(group),
      inWords ? GroupWording.support(group) : ConclusionWording.words(group.standing),
      group.rank.flatMap { rank in group.of.map { "\(rank) of \($0) groups" } } ?? "–",
    ]
  }

  private static func table(_ report: Report, _ findings: [Conclusion.Finding], grouped: Bool) -> ReportTable {
    let answer = report.answer
    var rows: [[String]] = []
    if grouped, !report.weighedGroups.isEmpty {
      rows = Self.rows(ofWeighedGroups: report, inWords: findings.count > SpokenAnswer.maximumCandidates)
    } else if grouped, !answer.groups.isEmpty {
      for group in answer.groups {
        rows.append(row(group, report, inWords: true))
        rows += group.members.compactMap { model in
          answer.finding(model).map { row($0, report, "– \(model)", inWords: true) }
        }
      }
      let grouped = Set(answer.groups.flatMap(\.members))
      rows += findings.filter { !grouped.contains($0.candidate) }
        .map { row($0, report, "\($0.candidate)", inWords: true) }
    } else {
      let ordered = grouped ? answer.ranked + findings.filter { $0.log10?.value == nil } : findings
      rows = ordered.map { row($0, report, "\($0.candidate)", inWords: grouped) }
    }
    return ReportTable(
      ConclusionWording.tableTitle(shown: findings.count, of: answer.findings.count, answer.alternative),
      head("candidate"), rows)
  }

  private static func head(_ first: String) -> [String] {
    [first, "ratio", "95 % interval", "finding", "place in the cohort"]
  }

  private static func groups(_ report: Report) -> ReportTable {
    let answer = report.answer
    let ordered = answer.groups.sorted {
      let (a, b) = ($0.highest.flatMap(answer.finding), $1.highest.flatMap(answer.finding))
      return (a?.log10?.value ?? -.infinity, $1.developer) > (b?.log10?.value ?? -.infinity, $0.developer)
    }
    return ReportTable(
      ConclusionWording.groupsTitle(
        shown: min(ordered.count, SpokenAnswer.maximumCandidates), of: ordered.count, answer.alternative),
      head("developer, and the highest of its models"),
      ordered.prefix(SpokenAnswer.maximumCandidates).map { row($0, report, inWords: false) })
  }

  private static func row(_ group: Conclusion.Group, _ report: Report, inWords: Bool) -> [String] {
    let name = ConclusionWording.groupRow(group)
    return group.highest.flatMap(report.answer.finding).map { row($0, report, name, inWords: inWords) }
      ?? [name, "–", "–", "not evaluated", "–"]
  }

  /// - Parameter inWords: with the words of the scale, where there is room for them.
  private static func row(
    _ finding: Conclusion.Finding, _ report: Report, _ name: String, inWords: Bool
  ) -> [String] {
    let candidate = report.candidates.first { $0.model == finding.candidate }
    // Of a pair that may be one model nothing more is said.
    let combined = finding.standing == .sameModel ? nil : candidate?.combined
    return [
      name, ConclusionWording.number(finding), ConclusionWording.interval(finding),
      inWords
        ? ConclusionWording.support(finding, report.answer.alternative) : ConclusionWording.words(finding.standing),
      combined.map { "\($0.rank) of \($0.of)" } ?? "–",
    ]
  }

  private static func reached(_ report: Report) -> ReportTable? {
    let answer = report.answer
    guard !answer.reached.isEmpty, let first = answer.ranked.first, let value = first.log10?.value else { return nil }
    return ReportTable(
      ConclusionWording.reached(value, alternative: answer.alternative),
      ["pairs of known relation", "reach it", "of", "share, 95 % interval"],
      answer.reached.map {
        [
          ConclusionWording.relation($0.relation), String($0.count), String($0.of),
          ConclusionWording.share($0.count, of: $0.of),
        ]
      })
  }

  /// Only where a candidate shares more than any other pair of the case does, and nothing tells the two apart.
  private static func copies(_ report: Report) -> ReportBlock.Verdicts.Item? {
    let identical = report.identicalAnswers
    let beyond = identical.beyondCohort.filter { shared in
      report.candidates.contains { $0.model == shared.model && $0.sameModelTest?.isToldApart != true }
    }
    guard !beyond.isEmpty else { return nil }
    return .init(
      mark: "!", label: "identical answers",
      sentence: IdenticalAnswersWording.beyond(report.suspect, beyond, most: identical.mostElsewhere))
  }

  private static func debris(_ report: Report) -> ReportBlock.Verdicts.Item? {
    report.debris.map { .init(mark: "!", label: "debris", sentence: $0.sentence) }
  }
}

extension Report {
  /// The candidate with the highest combined score; nil where none was evaluated.
  var nearest: Candidate? {
    candidates.filter { $0.combined != nil }.max {
      ($0.combined?.score.value ?? -.infinity) < ($1.combined?.score.value ?? -.infinity)
    }
  }
}
