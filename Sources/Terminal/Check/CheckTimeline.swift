import Escaping
import Formats
import Foundation
package import Monitoring

/// The checks of a ledger as a strip: one mark a run, by its verdict, with the evidence of drift as a line above. SVG that needs
/// nothing else; shapes tell verdicts apart, not colours alone.
package enum CheckTimeline {
  private static let step = 14.0
  private static let left = 44.0
  private static let height = 150.0
  private static let base = 100.0
  private static let maximumRuns = 156

  /// - Parameter seed: of the ties of the chart of drift.
  package static func svg(_ ledger: Ledger, name: String, seed: UInt64) -> String {
    let entries = ledger.entries.suffix(maximumRuns)
    let evidence = Dictionary(firstOf: zip(ledger.series.map { $0.run + $0.started }, ledger.drift(seed: seed)))
    let width = left + step * Double(max(entries.count, 1)) + 20
    var parts: [String] = []
    for (label, value) in [("1", 1.0), ("20", 20.0), ("400", 400.0)] {
      let y = number(self.y(value))
      parts.append(
        #"<line x1="\#(number(left))" x2="\#(number(width - 10))" y1="\#(y)" y2="\#(y)" stroke="silver" stroke-width="0.5"/>"#
          + #"<text x="\#(number(left - 6))" y="\#(y)" text-anchor="end" dominant-baseline="middle" font-size="10" fill="dimgray">\#(label)</text>"#
      )
    }
    var points: [String] = []
    for (index, entry) in entries.enumerated() {
      let x = left + step * (Double(index) + 0.5)
      if let value = evidence[entry.run + entry.started] { points.append("\(number(x)),\(number(y(value)))") }
      let title = NeutralText.xml("\(entry.started) \(entry.run): \(entry.verdict.rawValue)")
      let shape =
        switch entry.verdict {
        case .same: #"<circle cx="\#(number(x))" cy="122" r="4" fill="seagreen">"#
        case .changed:
          #"<path d="M\#(number(x - 5)) 117 h10 v10 h-10 z" fill="firebrick">"#
        case .inconclusive: #"<path d="M\#(number(x)) 116 l6 11 h-12 z" fill="goldenrod">"#
        }
      parts.append(shape + "<title>\(title)</title>" + (entry.verdict == .same ? "</circle>" : "</path>"))
    }
    if !points.isEmpty {
      parts.append(
        #"<polyline points="\#(points.joined(separator: " "))" fill="none" stroke="steelblue" stroke-width="1.5"/>"#)
    }
    let caption = NeutralText.xml(
      "\(name): runs by verdict (circle same, square changed, triangle inconclusive); line: evidence of drift, advisory above 20"
    )
    return
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(number(width)) \#(number(height))" width="\#(number(width))" "#
      + #"height="\#(number(height))" role="img" aria-label="\#(caption)" font-family="sans-serif"><title>\#(caption)</title>"#
      + parts.joined() + "</svg>\n"
  }

  /// On a logarithmic scale from 0.1 to 1,000, and no further.
  private static func y(_ evidence: Double) -> Double {
    base - 20 * (log10(min(max(evidence, 0.1), 1_000)) + 1)
  }

  private static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
