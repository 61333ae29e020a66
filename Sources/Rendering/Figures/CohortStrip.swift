import Cases
import Foundation
import Reporting

/// A strip of the cohort's combined scores with the candidate in it: the first page's short form of `ChannelStrips`.
enum CohortStrip {
  private static let left = 24.0
  private static let right = SVG.width - 24
  private static let marks: [Double] = [-100, -50, -20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]

  static func view(_ candidate: Report.Candidate) -> FigureView? {
    guard let combined = candidate.combined, let own = combined.score.value else { return nil }
    let cohort = candidate.cohortScores.compactMap(\.combined.value)
    let title = FigureWording.strip(candidate, combined)
    return FigureView(
      svg: svg(own, combined, cohort, label: title), title: title,
      caption: FigureWording.stripNumbers(combined, cohort),
      numbers: nil)
  }

  private static func svg(_ own: Double, _ combined: Report.Combined, _ cohort: [Double], label: String) -> String {
    let low = combined.interval.low.value ?? own
    let high = combined.interval.high.value ?? own
    let all = cohort + [own, low, high, -1, 1]
    let start = asinh(all.min() ?? -1) - 0.1
    let end = asinh(all.max() ?? 1) + 0.1
    func x(_ value: Double) -> Double { left + (asinh(value) - start) * (right - left) / (end - start) }
    var parts: [String] = []
    for mark in marks where asinh(mark) > start && asinh(mark) < end {
      parts += [SVG.line("grid", x(mark), 4, x(mark), 32), SVG.text(Figure(mark).text(decimals: 0), x(mark), 46)]
    }
    parts += [
      SVG.ticks("cohort", cohort.map(x), 10, height: 16),
      SVG.line("interval", x(low), 18, x(high), 18),
      SVG.path("own", "M\(SVG.number(x(own))) 11l7 7 l-7 7 l-7 -7z"),
      SVG.line("axis", left, 32, right, 32),
    ]
    return SVG.figure(height: 50, label: label, parts)
  }
}
