import Cases
import Escaping
import Foundation
import Likelihood
import Reporting

/// The scale of ratios with its words, the range that the validation set supports, and the findings on it.
enum RatioScale {
  private static let left = 24.0
  private static let right = SVG.width - 24
  /// Findings that have a row and a name; more are drawn in one row.
  private static let maximumRows = 6

  /// - Returns: nil where there is no ratio.
  static func view(_ report: Report) -> FigureView? {
    let findings = report.answer.ranked
    guard let first = findings.first, let value = first.log10?.value,
      let bounds = report.bounds(of: first.candidate)
    else { return nil }
    let alternative = report.answer.alternative
    let title = FigureWording.scale(first, value, alternative: alternative)
    return FigureView(
      svg: svg(findings, bounds, alternative, label: title), title: title,
      caption: FigureWording.scaleRange(bounds, alternative: alternative), numbers: nil)
  }

  private static func svg(
    _ findings: [Conclusion.Finding], _ bounds: (low: Double, high: Double), _ alternative: Alternative, label: String
  ) -> String {
    let values = findings.compactMap { $0.log10?.value }
    let start = min(-1.2, (values.min() ?? 0) - 0.2, bounds.low - 0.2)
    let end = max(2.2, (values.max() ?? 0) + 0.2, bounds.high + 0.2)
    func x(_ value: Double) -> Double { left + (right - left) * (value - start) / (end - start) }
    let rows = findings.count <= maximumRows ? findings.map { [$0] } : [findings]
    let top = 34.0
    let bottom = top + 20 * Double(rows.count)
    var parts = [
      SVG.rectangle("band", x(start), top, x(end) - x(start), bottom - top),
      SVG.rectangle("range", x(bounds.low), top, x(bounds.high) - x(bounds.low), bottom - top),
    ]
    for mark in stride(from: start.rounded(.up), through: end, by: 1) {
      parts += [
        SVG.line("grid", x(mark), top, x(mark), bottom),
        SVG.text(mark < 0 ? "1/\(power(-mark))" : power(mark), x(mark), bottom + 15),
      ]
    }
    for (low, high, words) in VerbalScale.bands(from: start, to: end) {
      if low > start { parts.append(SVG.line("axis", x(low), top - 4, x(low), bottom)) }
      let width = x(high) - x(low)
      if Double(words.count) * 6.2 < width { parts.append(SVG.text(words, (x(low) + x(high)) / 2, top - 7, "small")) }
    }
    let names = Propositions.names(alternative)
    parts += [
      SVG.text("← \(names.alternative)", left, 12, "start"), SVG.text("\(names.proposition) →", right, 12, "end"),
    ]
    for (row, found) in rows.enumerated() {
      let y = top + 20 * (Double(row) + 0.5)
      for finding in found {
        guard let value = finding.log10?.value else { continue }
        if let low = finding.interval?.low.value, let high = finding.interval?.high.value {
          parts.append(SVG.line("interval", x(low), y, x(high), y))
        }
        parts.append(SVG.path("own", "M\(SVG.number(x(value))) \(SVG.number(y - 6))l6 6 l-6 6 l-6 -6z"))
        guard found.count == 1 else { continue }
        let name = "\(finding.candidate.rawValue.printable.shortened(to: 28)) \(ConclusionWording.number(finding))"
        // On the side with more room.
        let high = x(finding.interval?.high.value ?? value)
        parts.append(
          high < (left + right) / 2
            ? SVG.text(name, high + 12, y + 4, "start")
            : SVG.text(name, x(finding.interval?.low.value ?? value) - 12, y + 4, "end"))
      }
    }
    return SVG.figure(height: bottom + 22, label: label, parts)
  }

  private static func power(_ exponent: Double) -> String { Figure(pow(10, exponent)).text(decimals: 0) }
}

extension Report {
  /// log10 of what the validation set supports for the pair of propositions that was asked about.
  func bounds(of candidate: ModelID) -> (low: Double, high: Double)? {
    let ratio = candidates.first { $0.model == candidate }?.ratios.first { $0.alternative == answer.alternative }
    guard let low = ratio?.bounds?.low.value, let high = ratio?.bounds?.high.value else { return nil }
    return (low, high)
  }
}
