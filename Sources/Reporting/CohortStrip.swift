import CaseFile
import Foundation

/// A figure: the cohort as a strip of points on the axis of the combined score, with the candidate's place, its interval
/// and the prediction limit. SVG that needs nothing else; colours come from the page, shapes tell the points apart.
enum CohortStrip {
  static let width = 720.0
  static let height = 132.0
  private static let left = 16.0
  private static let axisY = 92.0

  /// - Returns: nil where nothing was evaluated.
  static func svg(_ candidate: Report.Candidate) -> String? {
    guard let combined = candidate.combined, let own = combined.score.value,
      let low = combined.interval.low.value, let high = combined.interval.high.value,
      let limit = combined.predictionLimit.value
    else { return nil }
    let cohort = candidate.cohortScores.compactMap { score in score.combined.value.map { (score.model.rawValue, $0) } }
    let values = cohort.map(\.1) + [own, low, high, limit, 0]
    guard let least = values.min(), let greatest = values.max() else { return nil }
    let step = tick(greatest - least)
    let start = (least / step).rounded(.down) * step
    let end = max((greatest / step).rounded(.up) * step, start + step)
    func x(_ value: Double) -> String {
      number(left + (value - start) / (end - start) * (width - 2 * left))
    }
    var parts: [String] = []
    for index in 0...Int(((end - start) / step).rounded()) {
      let value = start + Double(index) * step
      parts.append(
        #"<line class="grid" x1="\#(x(value))" x2="\#(x(value))" y1="30" y2="\#(number(axisY))"/>"#
          + #"<text class="tick" x="\#(x(value))" y="\#(number(axisY + 18))">\#(label(value, step))</text>"#)
    }
    parts.append(
      #"<line class="axis" x1="\#(number(left))" x2="\#(number(width - left))" y1="\#(number(axisY))" y2="\#(number(axisY))"/>"#
    )
    parts.append(
      #"<line class="limit" x1="\#(x(limit))" x2="\#(x(limit))" y1="30" y2="\#(number(axisY))"/>"#)
    for (model, value) in cohort {
      parts.append(
        #"<circle class="cohort" cx="\#(x(value))" cy="70" r="5"><title>\#(escaped(model)) \#(number(value))</title></circle>"#
      )
    }
    parts.append(#"<line class="interval" x1="\#(x(low))" x2="\#(x(high))" y1="46" y2="46"/>"#)
    parts.append(
      #"<path class="own" d="M\#(x(own)) 38 l8 8 l-8 8 l-8 -8 z"><title>\#(escaped(candidate.model.rawValue)) \#(number(own))</title></path>"#
    )
    let caption =
      "Combined score of \(candidate.model) (diamond, with interval), of the cohort (circles), and the limit that a "
      + "further unrelated model may reach (dashed)."
    return #"<svg viewBox="0 0 \#(number(width)) \#(number(height))" role="img" aria-label="\#(escaped(caption))" "#
      + #"xmlns="http://www.w3.org/2000/svg">"# + parts.joined()
      + #"<text class="axis-title" x="\#(number(width / 2))" y="\#(number(height - 4))">combined score, standard deviations of the cohort</text></svg>"#
  }

  /// A step of 1, 2 or 5 times a power of ten that gives 4 to 9 steps.
  private static func tick(_ span: Double) -> Double {
    let raw = max(span, 1e-9) / 7
    let power = pow(10, log10(raw).rounded(.down))
    return (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7.5 ? 5 : 10) * power
  }

  private static func label(_ value: Double, _ step: Double) -> String {
    Figure(value).text(decimals: step >= 1 ? 0 : step >= 0.1 ? 1 : 2)
  }

  private static func number(_ value: Double) -> String { String(format: "%.1f", value) }

  private static func escaped(_ text: String) -> String {
    text.printable.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
  }
}
