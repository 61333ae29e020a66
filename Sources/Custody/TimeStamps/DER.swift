/// One value of ASN.1 in DER, read from untrusted bytes: a tag of one byte, a definite length, and a content.
struct DERValue: Hashable, Sendable {
  let tag: UInt8
  let content: ArraySlice<UInt8>
  /// Tag and length as well.
  let whole: ArraySlice<UInt8>

  enum Tag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let identifier: UInt8 = 0x06
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31
    static let context0: UInt8 = 0xA0
  }

  /// The one value that these bytes are; nil for anything else.
  init?(_ bytes: some Sequence<UInt8>) {
    var reader = DERReader(Array(bytes)[...])
    guard let value = reader.next(), reader.isAtEnd else { return nil }
    self = value
  }

  fileprivate init(tag: UInt8, content: ArraySlice<UInt8>, whole: ArraySlice<UInt8>) {
    self.tag = tag
    self.content = content
    self.whole = whole
  }

  /// The values that the content is made of; nil if it is not made of values.
  var parts: [DERValue]? {
    var reader = DERReader(content)
    var values: [DERValue] = []
    while !reader.isAtEnd {
      guard let value = reader.next() else { return nil }
      values.append(value)
    }
    return values
  }

  func parts(_ expected: UInt8) -> [DERValue]? { tag == expected ? parts : nil }

  /// Content of an OCTET STRING, an INTEGER or whatever is expected.
  func bytes(_ expected: UInt8) -> [UInt8]? { tag == expected ? Array(content) : nil }

  /// Dotted decimal of an OBJECT IDENTIFIER.
  var identifier: String? {
    guard tag == Tag.identifier, let first = content.first, content.last.map({ $0 < 0x80 }) == true else { return nil }
    var numbers = [Int(min(first / 40, 2)), Int(first) - 40 * Int(min(first / 40, 2))]
    var number = 0
    for byte in content.dropFirst() {
      guard number < 1 << 48 else { return nil }
      number = number << 7 | Int(byte & 0x7F)
      if byte < 0x80 {
        numbers.append(number)
        number = 0
      }
    }
    return numbers.map(String.init).joined(separator: ".")
  }

  // MARK: Writing

  static func encoded(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let length = content.count
    guard length >= 0x80 else { return [tag, UInt8(length)] + content }
    let bytes = withUnsafeBytes(of: UInt64(length).bigEndian, Array.init).drop { $0 == 0 }
    return [tag, 0x80 | UInt8(bytes.count)] + bytes + content
  }

  /// A positive INTEGER.
  static func encoded(unsigned bytes: [UInt8]) -> [UInt8] {
    let digits = Array(bytes.drop { $0 == 0 })
    let sign: [UInt8] = digits.first.map { $0 >= 0x80 } ?? true ? [0] : []
    return encoded(Tag.integer, sign + digits)
  }
}

/// Values one after the other. Every read is checked against the end.
struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func next() -> DERValue? {
    guard rest.count >= 2, let tag = rest.first, tag & 0x1F != 0x1F else { return nil }
    var at = rest.startIndex + 2
    var length = Int(rest[rest.startIndex + 1])
    if length >= 0x80 {
      let count = length & 0x7F
      guard (1...4).contains(count), rest.endIndex - at >= count else { return nil }
      length = rest[at..<(at + count)].reduce(0) { $0 << 8 | Int($1) }
      at += count
    }
    guard length <= rest.endIndex - at else { return nil }
    let end = at + length
    let value = DERValue(tag: tag, content: rest[at..<end], whole: rest[rest.startIndex..<end])
    rest = rest[end...]
    return value
  }
}
