import Cases

/// When each endpoint was asked, and what came of it: attempts in equal spans of the run.
package struct AttemptTimeline: Sendable, Encodable {
  package static let spans = 12
  /// Endpoints that are drawn and listed one by one; of more, the first ones, and the others together.
  static let maximumRows = 24

  package struct Row: Sendable, Encodable {
    package let model: String
    package let answered: [Int]
    package let failed: [Int]
  }

  package let first: String
  package let last: String
  package let seconds: Figure
  package let rows: [Row]

  init?(_ ledger: AttemptLedger) {
    guard let timeline = ledger.timeline(spans: Self.spans) else { return nil }
    first = timeline.first
    last = timeline.last
    seconds = Figure(Double(timeline.milliseconds) / 1_000)
    let shown = timeline.rows.count > Self.maximumRows ? Self.maximumRows - 1 : timeline.rows.count
    let rest = timeline.rows.dropFirst(shown)
    func sum(_ counts: [[Int]]) -> [Int] {
      counts.reduce(Array(repeating: 0, count: Self.spans)) { zip($0, $1).map { $0 + $1 } }
    }
    rows =
      timeline.rows.prefix(shown).map { Row(model: $0.model.rawValue, answered: $0.answered, failed: $0.failed) }
      + (rest.isEmpty
        ? []
        : [
          Row(model: "\(rest.count) more", answered: sum(rest.map(\.answered)), failed: sum(rest.map(\.failed)))
        ])
  }
}
