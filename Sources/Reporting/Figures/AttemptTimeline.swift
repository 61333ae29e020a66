import Cases
import Escaping

/// When each endpoint was asked, and what came of it: attempts in equal spans of the run.
struct AttemptTimeline: Sendable, Encodable {
  static let spans = 12
  /// Endpoints that are drawn and listed one by one; of more, the first ones, and the others together.
  static let maximumRows = 24

  struct Row: Sendable, Encodable {
    let model: String
    let answered: [Int]
    let failed: [Int]
  }

  let first: String
  let last: String
  let seconds: Figure
  let rows: [Row]

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

  private static let left = 168.0
  private static let height = 26.0

  var view: FigureView {
    FigureView(
      svg: svg,
      title: FigureWording.timelineTitle, caption: FigureWording.timeline(self),
      numbers: ReportTable(
        FigureWording.timelineTitle,
        ["endpoint"] + (1...Self.spans).map(String.init),
        rows.map { row in
          [row.model] + zip(row.answered, row.failed).map { $1 > 0 ? "\($0) + \($1) failed" : "\($0)" }
        }))
  }

  private var svg: String {
    let step = (SVG.width - 24 - Self.left) / Double(Self.spans)
    var parts: [String] = []
    for (place, row) in rows.enumerated() {
      let base = 8 + Self.height * Double(place + 1)
      let most = Double(max(zip(row.answered, row.failed).map { $0 + $1 }.max() ?? 1, 1))
      parts.append(SVG.text(row.model.shortened(to: 22), Self.left - 12, base - 5, "name"))
      parts.append(SVG.line("grid", Self.left, base, SVG.width - 24, base))
      var answers = ""
      var failures = ""
      for span in 0..<Self.spans {
        let x = Self.left + step * (Double(span) + 0.15)
        let up = Double(row.answered[span]) / most * (Self.height - 6)
        let more = Double(row.failed[span]) / most * (Self.height - 6)
        func bar(_ from: Double, _ height: Double) -> String {
          "M\(SVG.number(x)) \(SVG.number(from))h\(SVG.number(step * 0.7))v-\(SVG.number(height))h-\(SVG.number(step * 0.7))z"
        }
        if up > 0 { answers += bar(base, up) }
        if more > 0 { failures += bar(base - up, max(more, 2)) }
      }
      if !answers.isEmpty { parts.append(SVG.path("bar", answers)) }
      if !failures.isEmpty { parts.append(SVG.path("open", failures)) }
    }
    let bottom = 8 + Self.height * Double(rows.count)
    for span in 0..<Self.spans {
      parts.append(SVG.text(String(span + 1), Self.left + step * (Double(span) + 0.5), bottom + 16))
    }
    return SVG.figure(height: bottom + 24, label: FigureWording.timelineTitle, parts)
  }
}
