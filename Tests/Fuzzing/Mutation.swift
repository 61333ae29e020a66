/// Variants of an input as accidents and malice make them.
struct Mutation {
  /// Longest input that is made; one in some hundred is made that long on purpose.
  static let longest = 1 << 20

  private static let pieces: [[UInt8]] =
    [
      "\"", "\\", "{", "}", "[", "]", ":", ",", "\n", "\r", "\r\n", "\n\n", "\0", " ", "\t", "null", "true", "-", "\\u",
      "\\ud800", "\\udc00\\ud800", "\u{FEFF}", "\u{2028}", "\u{600}", "\u{301}", "data:", "data: [DONE]\n\n",
      "event: x\n",
      "- ", "? ", "&a ", "*a", "<<: ", "!!", "%", "|\n", "---\n", "...\n", "NaN", "Infinity", "''", "../", "/", "\"\"",
      "{}", "[]", "{\"\":0}", "\u{1B}[31m", "::error::", "— ", "PRIVATE+KEY+", "old ", "=", ";", "\u{E9}", "e\u{301}",
    ].map { Array($0.utf8) } + [
      [0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5], [0x80], [0x1F, 0x8B], [0x30, 0x84],
      [UInt8](repeating: 0, count: 512),
    ]

  private static let numbers = [
    "0", "-0", "1", "-1", "0.5", "2147483647", "2147483648", "-2147483649", "4294967295", "4294967296",
    "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "18446744073709551615", "18446744073709551616", "1e9", "1e18", "1e19", "1e308", "-1e308", "1e999", "1e-999",
    "3.4028234663852886e+38", "-3.4028234663852886e+38", "00", "0x10", "1_000", "nan", ".inf", "٣",
    "99999999999999999999999999999999999999999999",
  ].map { Array($0.utf8) }

  private static let values = [
    "null", "true", "\"\"", "[]", "{}", "[[]]", "{\"\":{}}", "\"\\u0000\"", "\"\\ud800\"", "-1", "1e999", "\"a\"",
    "\"9\"",
    "[null]", "\"../../x\"", "\"\\u202e\"",
  ].map { Array($0.utf8) }

  private static let brackets: [[UInt8]] = ["[", "{\"a\":", "{", "(", "- ", "\"", "<", "[*a,"].map { Array($0.utf8) }

  var draws: Draws

  /// - Parameter others: inputs of the same kind, pieces of which may be put in.
  mutating func variant(of input: [UInt8], others: [[UInt8]]) -> [UInt8] {
    // What is not damaged must be read as well, and nothing at all.
    if draws.isOne(in: 400) { return draws.isOne(in: 2) ? input : [] }
    if draws.isOne(in: 200) { return (0..<draws.below(600)).map { _ in UInt8(draws.below(256)) } }
    var bytes = input
    for _ in 0...draws.below(5) { change(&bytes, others) }
    if draws.isOne(in: 300) { stretch(&bytes) }
    return bytes.count > Self.longest ? Array(bytes.prefix(Self.longest)) : bytes
  }

  private mutating func change(_ bytes: inout [UInt8], _ others: [[UInt8]]) {
    let place = draws.below(bytes.count + 1)
    let end = min(bytes.count, place + draws.below(draws.isOne(in: 8) ? bytes.count + 1 : 40))
    switch draws.below(16) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(draws.below(8))
    case 1 where place < bytes.count: bytes[place] = UInt8(draws.below(256))
    case 2: bytes.insert(contentsOf: draws.one(of: Self.pieces), at: place)
    case 3: bytes.replaceSubrange(place..<end, with: draws.one(of: Self.pieces))
    case 4: bytes.removeSubrange(place..<end)
    case 5: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 6 where draws.isOne(in: 3): bytes.removeSubrange(place...)
    case 7, 8: swapNumber(&bytes)
    case 9, 10, 11: swapValue(&bytes, others)
    case 12: moveLine(&bytes)
    case 13:
      let bracket = draws.one(of: Self.brackets)
      let count = [2, 50, 255, 256, 300, 5_000][draws.below(6)]
      bytes.insert(contentsOf: Array(repeating: bracket, count: count).joined(), at: place)
    case 14:
      let other = draws.one(of: others)
      let from = draws.below(other.count + 1)
      bytes.replaceSubrange(place..., with: other[from...])
    default:
      guard place + 4 <= bytes.count else { return }
      // Lengths and counts of binary formats.
      let word: [UInt8] = [[0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0x80, 0, 0, 0]][
        draws.below(4)]
      bytes.replaceSubrange(place..<(place + 4), with: word)
    }
  }

  private mutating func swapNumber(_ bytes: inout [UInt8]) {
    let spans = ValueSpans(bytes).numbers
    guard !spans.isEmpty else { return }
    bytes.replaceSubrange(draws.one(of: spans), with: draws.one(of: Self.numbers))
  }

  private mutating func swapValue(_ bytes: inout [UInt8], _ others: [[UInt8]]) {
    let spans = ValueSpans(bytes).all
    guard !spans.isEmpty else { return }
    let target = draws.one(of: spans)
    switch draws.below(4) {
    case 0: bytes.replaceSubrange(target, with: draws.one(of: Self.values))
    case 1: bytes.replaceSubrange(target, with: draws.one(of: Self.numbers))
    case 2: bytes.replaceSubrange(target, with: Array(bytes[draws.one(of: spans)]))
    default:
      let other = draws.one(of: others)
      let theirs = ValueSpans(other).all
      if !theirs.isEmpty { bytes.replaceSubrange(target, with: other[draws.one(of: theirs)]) }
    }
  }

  private mutating func moveLine(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, maxSplits: 2_000, omittingEmptySubsequences: false)
    guard lines.count > 1 else { return }
    let line = draws.below(lines.count)
    switch draws.below(3) {
    case 0: lines.remove(at: line)
    case 1: lines.insert(lines[line], at: draws.below(lines.count))
    default: lines.swapAt(line, draws.below(lines.count))
    }
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  /// One stretch over and over, up to the longest: what takes the square of its length is seen.
  private mutating func stretch(_ bytes: inout [UInt8]) {
    let place = draws.below(bytes.count + 1)
    let end = min(bytes.count, place + 1 + draws.below(60))
    let piece =
      place < end && draws.isOne(in: 2) ? Array(bytes[place..<end]) : draws.one(of: Self.pieces + Self.brackets)
    let count = Self.longest / max(piece.count, 1) / [1, 4, 20][draws.below(3)]
    bytes.insert(contentsOf: Array(repeating: piece, count: count).joined(), at: place)
  }
}
