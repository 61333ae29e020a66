import Formats

/// Codes that colour or move what a terminal shows: of the program that an answer was copied from.
enum TerminalCodes {
  private static let escape: UInt8 = 0x1B
  private static let escapeText = "\u{1B}"

  /// - Returns: the texts without them, and what is listed; both as given where too few texts have some.
  static func removed(from texts: [String]) -> (texts: [String], marks: [(mark: String, count: Int)]) {
    let count = texts.count { $0.holds(escapeText) }
    guard count >= Debris.minimumRepeats, Double(count) >= Debris.leastKnown * Double(texts.count) else {
      return (texts, [])
    }
    return (texts.map(plain), [(mark: "ESC[…m", count: count)])
  }

  /// Without `ESC [`, numbers, and the letter that ends them.
  private static func plain(_ text: String) -> String {
    guard text.holds(escapeText) else { return text }
    var rest = Array(text.utf8)[...]
    var plain: [UInt8] = []
    while let start = rest.firstIndex(of: escape) {
      plain += rest[..<start]
      let code = rest[start...].dropFirst()
      let end = code.first == UInt8(ascii: "[") ? code.dropFirst().firstIndex { !(0x20...0x3F).contains($0) } : nil
      guard let end, (0x40...0x7E).contains(rest[end]) else {
        rest = code
        continue
      }
      rest = rest[(end + 1)...]
    }
    return String(decoding: plain + rest, as: UTF8.self)
  }
}
