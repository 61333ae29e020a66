import Foundation

/// The colours that a style sheet names, `--ink: #1b1f24`, and how well two of them can be told apart.
package struct StylePalette: Sendable {
  /// By name, without the hyphens: red, green and blue, 0 to 255.
  package let colours: [String: [Int]]

  /// Palettes of the light and of the dark page, of each style sheet of a page or a figure.
  package static func all(in page: String) -> [(css: String, light: StylePalette, dark: StylePalette)] {
    page.components(separatedBy: "<style>").dropFirst().compactMap { rest in
      let css = rest.components(separatedBy: "</style>")[0]
      let parts = css.components(separatedBy: #/prefers-color-scheme: ?dark/#)
      guard parts.count > 1 else { return nil }
      let dark = parts[1].components(separatedBy: #/\} ?\}/#)[0]
      let light = StylePalette(parts[0])
      return (css, light, StylePalette(colours: light.colours.merging(StylePalette(dark).colours) { $1 }))
    }
  }

  private init(colours: [String: [Int]]) { self.colours = colours }

  private init(_ css: String) {
    colours = Dictionary(
      css.matches(of: #/--([a-z0-9-]+): ?#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b/#).map { found in
        let digits = found.2.count == 3 ? found.2.flatMap { [$0, $0] } : Array(found.2)
        return (
          String(found.1), stride(from: 0, to: 6, by: 2).map { Int(String(digits[$0..<($0 + 2)]), radix: 16) ?? 0 }
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Of a text colour and what is behind it; nil where the style sheet does not name both.
  ///
  /// - Source: Web Content Accessibility Guidelines 2.2, "contrast ratio" and "relative luminance".
  package func contrast(_ one: String, _ other: String) -> Double? {
    guard let first = colours[one], let second = colours[other] else { return nil }
    let (a, b) = (Self.luminance(first), Self.luminance(second))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  package static func luminance(_ colour: [Int]) -> Double {
    zip(colour, [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
      let value = Double(part.0) / 255
      return sum + part.1 * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
    }
  }
}

extension String {
  /// Its parts between what matches.
  fileprivate func components(separatedBy pattern: some RegexComponent) -> [String] {
    split(separator: pattern, omittingEmptySubsequences: false).map(String.init)
  }
}
