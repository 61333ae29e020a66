import Escaping
import Foundation

/// What all figures are written with. A figure needs nothing but the page's style sheet, whose classes give colours for
/// light, dark and paper; shapes and dashes tell things apart, never colours alone.
enum SVG {
  static let width = 720.0

  static func number(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  static func text(_ text: String, _ x: Double, _ y: Double, _ style: String? = nil) -> String {
    let place = "x=\"\(number(x))\" y=\"\(number(y))\""
    return "<text\(style.map { " class=\"\($0)\"" } ?? "") \(place)>\(NeutralText.xml(text))</text>"
  }

  static func line(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
    path(style, "M\(number(x1)) \(number(y1))L\(number(x2)) \(number(y2))")
  }

  static func rectangle(_ style: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    let place = "x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\""
    return "<rect class=\"\(style)\" \(place)/>"
  }

  static func path(_ style: String, _ d: String) -> String { #"<path class="\#(style)" d="\#(d)"/>"# }

  /// A line through points.
  static func polyline(_ style: String, _ points: [(x: Double, y: Double)]) -> String {
    guard let first = points.first else { return "" }
    let rest = points.dropFirst().map { "L\(number($0.x)) \(number($0.y))" }.joined()
    return path(style, "M\(number(first.x)) \(number(first.y))\(rest)")
  }

  /// Upright lines of one height, each where it belongs on a grid of tenths: those that fall on one place are drawn once.
  static func ticks(_ style: String, _ places: [Double], _ y: Double, height: Double) -> String {
    let tenths = Set(places.map { Int((10 * $0).rounded()) }).sorted()
    guard let first = tenths.first else { return path(style, "") }
    let rest = zip(tenths.dropFirst(), tenths).map {
      "m\(number(Double($0 - $1) / 10))-\(number(height))v\(number(height))"
    }
    return path(style, "M\(number(Double(first) / 10)) \(number(y))v\(number(height))\(rest.joined())")
  }

  static func figure(height: Double, label: String, _ parts: [String]) -> String {
    #"<svg viewBox="0 0 \#(number(width)) \#(number(height))" role="img" aria-label="\#(NeutralText.xml(label))">"#
      + parts.joined() + "</svg>"
  }
}
