import Escaping
import Foundation
import Reporting

/// A figure: for the combined score and for each channel a strip with a tick for every model of the cohort, and the
/// candidate's place in it as a diamond with its interval.
///
/// The axis is that of asinh, straight within ±1 and logarithmic far out, as the channels are fused: one channel far
/// out would else press all others into a point.
enum ChannelStrips {
  private static let left = 168.0
  private static let right = SVG.width - 24
  private static let row = 30.0
  private static let marks: [Double] = [
    -1_000, -500, -200, -100, -50, -20, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000,
  ]

  private struct Strip {
    let name: String
    let cohort: [Double]
    let own: Double
    let low: Double
    let high: Double
    let limit: Double?
  }

  /// - Returns: nil where nothing was evaluated.
  static func view(_ candidate: Report.Candidate) -> FigureView? {
    guard let svg = svg(candidate), let combined = candidate.combined else { return nil }
    let rows: [(name: String, own: Figure, interval: Report.Range, rank: Int, cohort: [Double])] =
      [
        (
          "combined", combined.score, combined.interval, combined.rank,
          candidate.cohortScores.compactMap(\.combined.value)
        )
      ]
      + candidate.channels.enumerated().map { place, channel in
        (
          channel.name, channel.normalised, channel.interval, channel.rank,
          candidate.cohortScores.compactMap { place < $0.channels.count ? $0.channels[place].value : nil }
        )
      }
    return FigureView(
      svg: svg,
      title: FigureWording.strip(candidate, combined), caption: FigureWording.strips(candidate),
      numbers: ReportTable(
        FigureWording.stripsNumbers(candidate),
        ["", "candidate", "interval", "rank", "cohort: least", "middle", "greatest"],
        rows.map { row in
          let sorted = row.cohort.sorted()
          func figure(_ value: Double?) -> String { value.map { Wording.score(Figure($0)) } ?? "–" }
          return [
            row.name, Wording.score(row.own), Wording.interval(row.interval), "\(row.rank) of \(combined.of)",
            figure(sorted.first), figure(sorted.isEmpty ? nil : sorted[sorted.count / 2]), figure(sorted.last),
          ]
        }))
  }

  static func svg(_ candidate: Report.Candidate) -> String? {
    let strips = strips(candidate)
    guard !strips.isEmpty else { return nil }
    var values: [Double] = [-1, 1]
    for strip in strips {
      values += strip.cohort
      values += [strip.own, strip.low, strip.high]
      if let limit = strip.limit { values.append(limit) }
    }
    guard let least = values.min(), let greatest = values.max() else { return nil }
    let start: Double = asinh(least) - 0.1
    let end: Double = asinh(greatest) + 0.1
    let scale: Double = (right - left) / (end - start)
    func x(_ value: Double) -> Double { left + (asinh(value) - start) * scale }
    let bottom = 12 + row * Double(strips.count)
    var parts: [String] = []
    let shown = marks.filter { asinh($0) > start && asinh($0) < end }
    parts.append(SVG.ticks("grid", shown.map(x), 8, height: bottom - 8))
    parts += shown.map { SVG.text(Figure($0).text(decimals: 0), x($0), bottom + 16) }
    for (place, strip) in strips.enumerated() {
      let y = 12 + row * (Double(place) + 0.5)
      parts.append(SVG.text(strip.name.shortened(to: 22), left - 12, y + 4, "name"))
      parts.append(SVG.ticks("cohort", strip.cohort.map(x), y - 7, height: 14))
      if let limit = strip.limit { parts.append(SVG.line("limit", x(limit), y - 12, x(limit), y + 12)) }
      parts.append(SVG.line("interval", x(strip.low), y, x(strip.high), y))
      parts.append(SVG.path("own", "M\(SVG.number(x(strip.own))) \(SVG.number(y - 7))l7 7 l-7 7 l-7 -7z"))
    }
    parts.append(SVG.line("axis", left, bottom, right, bottom))
    parts.append(
      SVG.text("standard deviations of the cohort; steps shrink outwards", (left + right) / 2, bottom + 32))
    return SVG.figure(
      height: bottom + 40, label: candidate.combined.map { FigureWording.strip(candidate, $0) } ?? "", parts
    )
  }

  private static func strips(_ candidate: Report.Candidate) -> [Strip] {
    guard let combined = candidate.combined,
      let first = strip(
        "combined", combined.score, combined.interval, candidate.cohortScores.compactMap(\.combined.value),
        limit: combined.predictionLimit.value)
    else { return [] }
    return [first]
      + candidate.channels.enumerated().compactMap { place, channel in
        strip(
          channel.name, channel.normalised, channel.interval,
          candidate.cohortScores.compactMap { place < $0.channels.count ? $0.channels[place].value : nil }, limit: nil)
      }
  }

  private static func strip(
    _ name: String, _ own: Figure, _ interval: Report.Range, _ cohort: [Double], limit: Double?
  ) -> Strip? {
    guard let own = own.value else { return nil }
    return Strip(
      name: name, cohort: cohort, own: own, low: interval.low.value ?? own, high: interval.high.value ?? own,
      limit: limit)
  }
}
