extension JSONValue {
  /// A whole JSON document; nil for anything else, whatever the bytes.
  ///
  /// Strict but for two things that servers do: a lone surrogate in an escape reads as U+FFFD, and of a name that
  /// occurs twice the last one counts. A number beyond the range of doubles reads as `null`. Depth and size are bounded.
  package init?(parsing bytes: [UInt8], numberWords: NumberWords = .refused, upTo size: JSONSize = .stored) {
    guard case .success(let value) = Self.parse(bytes, numberWords: numberWords, upTo: size) else { return nil }
    self = value
  }

  /// What becomes of half a pair of surrogates in an escape, which is no character.
  package enum HalfPairs: Sendable { case replaced, refused }

  /// What becomes of `NaN`, `Infinity` and `-Infinity`, which are not JSON and which many programs write: refused, or absent values.
  package enum NumberWords: Sendable { case refused, absent }

  /// Like `init(parsing:)`, and says about where it failed, and whether at a limit.
  package static func parse(
    _ bytes: [UInt8], halfPairs: HalfPairs = .replaced, numberWords: NumberWords = .refused,
    upTo size: JSONSize = .stored
  ) -> Result<JSONValue, SyntaxProblem> {
    var absent = 0
    return parse(bytes[...], halfPairs: halfPairs, numberWords: numberWords, upTo: size, absent: &absent)
  }

  /// - Parameter absent: words for numbers that were read as absent values are added to it.
  package static func parse(
    _ bytes: ArraySlice<UInt8>, halfPairs: HalfPairs = .replaced, numberWords: NumberWords = .refused,
    upTo size: JSONSize = .stored, absent: inout Int
  ) -> Result<JSONValue, SyntaxProblem> {
    bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(bytes: buffer, halfPairs: halfPairs, numberWords: numberWords, room: size.room)
      defer { absent += parser.absent }
      return parser.document().map { .success($0) }
        ?? .failure(SyntaxProblem(offset: parser.at, limit: parser.limit(of: size)))
    }
  }

  /// One of many documents that share a size, which it takes its part of; nil where it is none, or where the size is used up.
  package static func parse(
    _ bytes: [UInt8], numberWords: NumberWords = .refused, within size: inout JSONSize
  ) -> JSONValue? {
    bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(bytes: buffer, halfPairs: .replaced, numberWords: numberWords, room: size.room)
      let value = parser.document()
      size.room = max(0, parser.room)
      return value
    }
  }

  package struct SyntaxProblem: Error, Hashable {
    /// The byte at which reading stopped.
    package let offset: Int
    /// The limit that the document goes beyond, such as `nested deeper than 256`; nil where it is no JSON.
    package let limit: String?
  }

  package init?(parsing text: String) { self.init(parsing: Array(text.utf8)) }
}

/// How large a document may be, by what it takes in memory: a value counts once, a member of an object twice, and a list or an
/// object five times more for a place of its own. A unit takes up to about 50 bytes.
package struct JSONSize: Hashable, Sendable {
  package fileprivate(set) var room: Int

  package init(room: Int) { self.room = room }

  /// Of what an endpoint sends: 12,000 tokens with twenty alternatives each.
  package static let response = JSONSize(room: 4_000_000)
  /// Of all events of a stream together.
  package static let stream = JSONSize(room: 12_000_000)
  /// Of files of other tools, which hold many records in one document.
  package static let file = JSONSize(room: 40_000_000)
  /// Of what this program wrote: an answer is stored with more words than it came in, and must be read again.
  package static let stored = JSONSize(room: 400_000_000)
}

/// Recursive descent over UTF-8 bytes. Every read is checked against the end.
private struct JSONParser {
  static let deepest = 256

  let bytes: UnsafeBufferPointer<UInt8>
  let halfPairs: JSONValue.HalfPairs
  let numberWords: JSONValue.NumberWords
  /// Words for numbers that were read as absent values.
  private(set) var absent = 0
  /// What is left of the document's size; below 0 it is too large.
  private(set) var room: Int
  private var isTooDeep = false
  var at = 0

  init(
    bytes: UnsafeBufferPointer<UInt8>, halfPairs: JSONValue.HalfPairs, numberWords: JSONValue.NumberWords, room: Int
  ) {
    self.bytes = bytes
    self.halfPairs = halfPairs
    self.numberWords = numberWords
    self.room = room
  }

  func limit(of size: JSONSize) -> String? {
    if isTooDeep { return "nested deeper than \(Self.deepest)" }
    return room < 0 ? "of more than \(size.room) values, lists and objects counted several times" : nil
  }

  /// False where the document is too large.
  private mutating func spend(_ units: Int) -> Bool {
    room -= units
    return room >= 0
  }

  private var ofHalfPair: Unicode.Scalar? { halfPairs == .replaced ? "\u{FFFD}" : nil }

  mutating func document() -> JSONValue? {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    guard let value = value(depth: 0) else { return nil }
    skipSpace()
    return at == bytes.count ? value : nil
  }

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 { at += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    at += 1
    return true
  }

  private mutating func take(_ word: StaticString) -> Bool {
    guard bytes.count - at >= word.utf8CodeUnitCount else { return false }
    for offset in 0..<word.utf8CodeUnitCount where bytes[at + offset] != word.utf8Start[offset] { return false }
    at += word.utf8CodeUnitCount
    return true
  }

  private mutating func value(depth: Int) -> JSONValue? {
    guard depth < Self.deepest else {
      isTooDeep = true
      return nil
    }
    guard spend(1) else { return nil }
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    case UInt8(ascii: "N"), UInt8(ascii: "I"): return numberWord()
    default: return numberWord() ?? number()
    }
  }

  private mutating func numberWord() -> JSONValue? {
    guard numberWords == .absent, take("NaN") || take("Infinity") || take("-Infinity") else { return nil }
    absent += 1
    return .null
  }

  private mutating func object(depth: Int) -> JSONValue? {
    at += 1
    guard spend(5) else { return nil }
    var members: [String: JSONValue] = [:]
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard spend(1), current == UInt8(ascii: "\""), let name = string() else { return nil }
      skipSpace()
      guard take(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      members[name] = value
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func array(depth: Int) -> JSONValue? {
    at += 1
    guard spend(5) else { return nil }
    var values: [JSONValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(values) }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  private mutating func number() -> JSONValue? {
    let start = at
    _ = take(UInt8(ascii: "-"))
    guard let first = current, isDigit(first) else { return nil }
    if first == UInt8(ascii: "0") { at += 1 } else { skipDigits() }
    var whole = true
    if take(UInt8(ascii: ".")) {
      whole = false
      guard let digit = current, isDigit(digit) else { return nil }
      skipDigits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      whole = false
      at += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
      guard let digit = current, isDigit(digit) else { return nil }
      skipDigits()
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if whole, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { return .null }
    return .number(value)
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private mutating func skipDigits() { while let byte = current, isDigit(byte) { at += 1 } }

  private mutating func string() -> String? {
    at += 1
    var start = at
    var escaped: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        let tail = bytes[start..<at]
        at += 1
        if escaped.isEmpty { return String(validating: tail, as: UTF8.self) }
        escaped.append(contentsOf: tail)
        return String(validating: escaped, as: UTF8.self)
      case UInt8(ascii: "\\"):
        escaped.append(contentsOf: bytes[start..<at])
        at += 1
        guard let scalar = escape() else { return nil }
        escaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        start = at
      case 0..<0x20: return nil
      default: at += 1
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = current else { return nil }
    at += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let unit = fourHexDigits() else { return nil }
      if let scalar = Unicode.Scalar(unit) { return scalar }
      let beforeSecond = at
      guard unit < 0xDC00, take("\\u") else { return ofHalfPair }
      guard let low = fourHexDigits() else { return nil }
      guard (0xDC00..<0xE000).contains(low) else {
        at = beforeSecond
        return ofHalfPair
      }
      return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    default: return nil
    }
  }

  private mutating func fourHexDigits() -> UInt16? {
    guard bytes.count - at >= 4 else { return nil }
    var unit: UInt16 = 0
    for offset in 0..<4 {
      guard let digit = hexDigit(bytes[at + offset]) else { return nil }
      unit = unit << 4 | digit
    }
    at += 4
    return unit
  }

  private func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
