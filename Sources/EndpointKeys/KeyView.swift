/// Bytes that were taken or decoded from a body, with the place of each in it, so that what is found in them can be masked
/// there.
struct KeyView {
  struct Origin {
    let start: UInt32
    let end: UInt32
  }

  private(set) var bytes: [UInt8]
  /// One for each byte; nil while the only question is whether there is something.
  private(set) var origins: [Origin]?

  /// A body itself.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  init(tracing: Bool, capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
    origins = tracing ? [] : nil
  }

  /// Where a byte stands in the body; for a body itself, where it stands.
  func origin(_ place: Int) -> Origin {
    origins?[place] ?? Origin(start: UInt32(truncatingIfNeeded: place), end: UInt32(truncatingIfNeeded: place + 1))
  }

  mutating func append(_ byte: UInt8, from start: Origin, to end: Origin) {
    bytes.append(byte)
    origins?.append(Origin(start: start.start, end: end.end))
  }

  /// Adds a part of another view.
  mutating func append(_ range: Range<Int>, of view: KeyView) {
    bytes.append(contentsOf: view.bytes[range])
    guard origins != nil else { return }
    for place in range { origins?.append(view.origin(place)) }
  }

  /// Adds a part of a body.
  mutating func append(_ range: Range<Int>, of body: [UInt8]) {
    bytes.append(contentsOf: body[range])
    guard origins != nil else { return }
    for place in range { origins?.append(Origin(start: UInt32(place), end: UInt32(place + 1))) }
  }
}

// MARK: Escapes

extension KeyView {
  /// The bytes with one layer of escapes taken off, of whatever kind: JSON and programming languages, percent and quoted
  /// printable, HTML entities, and the letters of Unicode that look like ASCII. nil if there is none.
  func unescaped(tracing: Bool) -> KeyView? {
    var result: KeyView?
    // What is behind the last escape, and not in the result yet.
    var rest = 0
    var at = 0
    while let start = nextMark(from: at) {
      guard let (value, length) = escape(at: start) else {
        at = start + 1
        continue
      }
      var view = result.take() ?? KeyView(tracing: tracing, capacity: bytes.count)
      view.append(rest..<start, of: self)
      view.append(value, from: origin(start), to: origin(start + length - 1))
      result = consume view
      at = start + length
      rest = at
    }
    result?.append(rest..<bytes.count, of: self)
    return result
  }

  /// Whether a byte may begin an escape.
  private static let isMark: [Bool] = (0...255).map { $0 >= 0x80 || "\\%&=".utf8.contains(UInt8($0)) }

  private func nextMark(from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      Self.isMark.withUnsafeBufferPointer { isMark in
        var at = start
        while at < bytes.count {
          if isMark[Int(bytes[at])] { return at }
          at += 1
        }
        return nil
      }
    }
  }

  /// What stands between `<` and `>` left out; nil if there is none.
  func withoutTags(tracing: Bool) -> KeyView? {
    guard bytes.contains(UInt8(ascii: "<")) else { return nil }
    var result = KeyView(tracing: tracing, capacity: bytes.count)
    var at = 0
    // The end of the tag that was looked for last: nothing is searched twice.
    var end = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "<"), end <= at {
        end = bytes[at...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
      }
      // A tag without its end hides nothing behind it.
      if bytes[at] == UInt8(ascii: "<"), end < bytes.count, end - at < 4_096 {
        at = end + 1
      } else {
        result.append(bytes[at], from: origin(at), to: origin(at))
        at += 1
      }
    }
    return result
  }

  private func escape(at start: Int) -> (UInt8, Int)? {
    switch bytes[start] {
    case UInt8(ascii: "\\"): backslash(start)
    case UInt8(ascii: "%"):
      if byte(start + 1) == UInt8(ascii: "u"), let value = number(start + 2, digits: 4, radix: 16) {
        (Self.ascii(value), 6)
      } else {
        number(start + 1, digits: 2, radix: 16).map { (Self.ascii($0), 3) }
      }
    case UInt8(ascii: "="): quotedPrintable(start)
    case UInt8(ascii: "&"): entity(start)
    default: lookalike(start)
    }
  }

  private func byte(_ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }

  private func backslash(_ start: Int) -> (UInt8, Int)? {
    guard let letter = byte(start + 1) else { return nil }
    switch letter {
    case UInt8(ascii: "u"):
      if let value = number(start + 2, digits: 4, radix: 16) { return (Self.ascii(value), 6) }
      guard byte(start + 2) == UInt8(ascii: "{"), let long = longNumber(start + 3, radix: 16),
        byte(start + 3 + long.length) == UInt8(ascii: "}")
      else { return nil }
      return (Self.ascii(long.value), long.length + 4)
    case UInt8(ascii: "U"): return number(start + 2, digits: 8, radix: 16).map { (Self.ascii($0), 10) }
    case UInt8(ascii: "x"): return number(start + 2, digits: 2, radix: 16).map { (Self.ascii($0), 4) }
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      return number(start + 1, digits: 3, radix: 8).map { (Self.ascii($0), 4) } ?? (0x20, 2)
    case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "e"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "v"):
      return (0x20, 2)
    default: return (letter, 2)
    }
  }

  private func quotedPrintable(_ start: Int) -> (UInt8, Int)? {
    if byte(start + 1) == 0x0D, byte(start + 2) == 0x0A { return (0x20, 3) }
    return number(start + 1, digits: 2, radix: 16).map { (Self.ascii($0), 3) }
  }

  private func entity(_ start: Int) -> (UInt8, Int)? {
    func end(_ at: Int) -> Int { byte(at) == UInt8(ascii: ";") ? 1 : 0 }
    if byte(start + 1) == UInt8(ascii: "#") {
      if let mark = byte(start + 2), mark | 0x20 == UInt8(ascii: "x"), let long = longNumber(start + 3, radix: 16) {
        return (Self.ascii(long.value), 3 + long.length + end(start + 3 + long.length))
      }
      return longNumber(start + 2, radix: 10).map {
        (Self.ascii($0.value), 2 + $0.length + end(start + 2 + $0.length))
      }
    }
    let name = bytes[(start + 1)...].prefix(32).prefix { $0.isLetterOrDigit }
    guard !name.isEmpty, byte(start + 1 + name.count) == UInt8(ascii: ";") else { return nil }
    // No name stands for a letter or a digit of ASCII; that of `&` may begin another escape.
    return (name.elementsEqual("amp".utf8) ? UInt8(ascii: "&") : 0x20, name.count + 2)
  }

  /// Letters and digits that look like those of ASCII, and the invisible ones of tags.
  private func lookalike(_ start: Int) -> (UInt8, Int)? {
    let first = bytes[start]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 0
    guard length > 0, start + length <= bytes.count else { return nil }
    let tail = bytes[(start + 1)..<(start + length)]
    guard tail.allSatisfy({ $0 & 0xC0 == 0x80 }) else { return nil }
    let value = tail.reduce(UInt32(first) & (length == 4 ? 0x07 : 0x0F)) { $0 << 6 | UInt32($1 & 0x3F) }
    switch value {
    case 0xFF01...0xFF5E: return (UInt8(value - 0xFF01 + 0x21), length)
    case 0x24B6...0x24E9: return (UInt8((value - 0x24B6) % 26) + UInt8(ascii: "a"), length)
    case 0x1D400...0x1D6A3: return (UInt8((value - 0x1D400) % 26) + UInt8(ascii: "a"), length)
    case 0x1D7CE...0x1D7FF: return (UInt8((value - 0x1D7CE) % 10) + UInt8(ascii: "0"), length)
    case 0xE0020...0xE007E: return (UInt8(value - 0xE0000), length)
    default: return nil
    }
  }

  private func number(_ start: Int, digits: Int, radix: UInt32) -> UInt32? {
    guard start + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[start..<(start + digits)] {
      guard let digit = Self.digit(byte), digit < radix else { return nil }
      value = value &* radix &+ digit
    }
    return value
  }

  /// Digits as many as there are, with any number of zeros before them.
  private func longNumber(_ start: Int, radix: UInt32) -> (value: UInt32, length: Int)? {
    var value: UInt32 = 0
    var at = start
    while let digit = byte(at).flatMap(Self.digit), digit < radix {
      value = min(value &* radix &+ digit, 0xFFFFFF)
      at += 1
    }
    return at > start ? (value, at - start) : nil
  }

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// A character that is none of ASCII belongs to no key.
  private static func ascii(_ value: UInt32) -> UInt8 {
    switch value {
    case 0..<0x80: UInt8(value)
    case 0xFF01...0xFF5E: UInt8(value - 0xFF01 + 0x21)
    default: 0xFF
    }
  }
}

extension UInt8 {
  var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
