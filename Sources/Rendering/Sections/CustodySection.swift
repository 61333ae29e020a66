import Cases
import Reporting

/// What was fixed before, what was kept, and what that proves.
enum CustodySection {
  /// What was fixed before the first request; the same facts stand in the protocol, by whose SHA-256 they are held.
  static func plan(_ run: RunSummary?) -> ReportSection {
    ReportSection("Protocol and deviations", run?.custody.map { plan($0, run) } ?? [.text(CustodyWording.noProtocol)])
  }

  private static func plan(_ custody: CustodySummary, _ run: RunSummary?) -> [ReportBlock] {
    let exclusions = custody.planned?.exclusions ?? []
    let facts = CustodyWording.planned(custody, firstAttempt: run?.firstAttempt)
    return [.table(ReportTable("What was fixed before the first request", ["", ""], facts))]
      + (exclusions.isEmpty ? [] : [.text(CustodyWording.exclusions), .list(exclusions)])
      + (custody.deviations.isEmpty
        ? [.text(CustodyWording.noDeviation)]
        : [
          .text(CustodyWording.deviations),
          .table(
            ReportTable(
              "Deviations", ["recorded", "deviation", "before", "after"],
              custody.deviations.map { [$0.recorded, $0.what, $0.before ?? "–", $0.after ?? "–"] })),
        ])
  }

  static func section(_ run: RunSummary?) -> ReportSection {
    let custody = run?.custody
    return ReportSection(
      "Chain of custody",
      [
        custody.map { .table(ReportTable("The log, and who signed it", ["", ""], CustodyWording.facts($0))) }
          ?? .text(CustodyWording.withoutLog),
        .text(CustodyWording.whatWouldBeFound),
        .table(
          ReportTable(
            "What would be found, and what would not", ["if", "then that is"],
            CustodyWording.threats(custody, hasRun: run != nil))),
        .text(CustodyWording.joint),
      ])
  }
}
