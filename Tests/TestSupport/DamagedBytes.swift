/// Variants of a text as accidents and malice make them, the same for the same seed: a failing test names its seed.
package struct DamagedBytes {
  private var state: UInt64

  package init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 ^ 0xD1B5_4A32_D192_ED03 }

  /// Pieces that parsers stumble over: what opens and never closes, numbers beyond every range, half characters, controls.
  private static let pieces: [[UInt8]] =
    [
      "\"", "\\", "{", "}", "[", "]", ":", ",", "\n", "\r", "\0", "null", "-", "1e999", "-1e-999",
      "9223372036854775808",
      "0x", "\\u", "\\ud800", "\\udc00\\ud800", "\u{FEFF}", "\u{2028}", "data:", "data: [DONE]\n\n", "event: x\n", "- ",
      "? ", "&a ", "*a", "<<: ", "!!", "%", "|\n", "NaN", "Infinity", "true", "''",
    ].map { Array($0.utf8) } + [
      [0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5], [0x80],
      [UInt8](repeating: UInt8(ascii: "["), count: 3_000), [UInt8](repeating: UInt8(ascii: "{"), count: 3_000),
      [UInt8](repeating: UInt8(ascii: "9"), count: 400), [UInt8](repeating: UInt8(ascii: " "), count: 400),
    ]

  package mutating func number(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(bound, 1)))
  }

  /// Nothing but chance.
  package mutating func noise(upTo length: Int) -> [UInt8] {
    (0..<number(below: length + 1)).map { _ in UInt8(number(below: 256)) }
  }

  /// The text with bytes changed, pieces put in, stretches doubled or taken out, or its end cut off.
  package mutating func variant(of text: [UInt8]) -> [UInt8] {
    var bytes = text
    for _ in 0...number(below: 4) {
      let place = number(below: bytes.count + 1)
      let end = min(bytes.count, place + number(below: 40))
      switch number(below: 6) {
      case 0 where place < bytes.count: bytes[place] = UInt8(number(below: 256))
      case 1: bytes.insert(contentsOf: Self.pieces[number(below: Self.pieces.count)], at: place)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.replaceSubrange(place..<end, with: Self.pieces[number(below: Self.pieces.count)])
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }

  package mutating func text(of text: String) -> String {
    String(decoding: variant(of: Array(text.utf8)), as: UTF8.self)
  }
}
