import Escaping
import Reporting

extension AttemptTimeline {
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
