/// ASN.1 written by hand, so that no test reads by what it tests.
package enum ASN1Bytes {
  /// A value: a tag, the length, and all parts as its content.
  package static func value(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
    let content = Array(parts.joined())
    let length = content.count
    guard length >= 0x80 else { return [tag, UInt8(length)] + content }
    return [tag, 0x83, UInt8(length >> 16), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF)] + content
  }

  /// Sequences within one another, so many.
  package static func nested(_ levels: Int) -> [UInt8] {
    (0..<levels).reduce([]) { inside, _ in value(0x30, inside) }
  }

  /// What may stand where no reader of time stamps looks, and whether a time stamp with it can be read.
  package struct Oddity: Sendable, CustomStringConvertible {
    package let description: String
    package let bytes: [UInt8]
    package let isReadable: Bool
  }

  package static let oddities: [Oddity] = [
    ("nothing", [], true), ("NULL", [0x05, 0], true),
    ("a length of more bytes than it needs", [0x0C, 0x81, 1, 0x41], true),
    ("a length of four bytes", [0x0C, 0x84, 0, 0, 0, 1, 0x41], true),
    ("a length of five", [0x0C, 0x85, 0, 0, 0, 0, 1, 0x41], false),
    ("a length of 127 bytes", [0x0C, 0xFF] + [UInt8](repeating: 0, count: 126) + [1, 0x41], false),
    ("a length beyond the end", [0x0C, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0x41], false),
    ("a length beyond all integers", [0x0C, 0x88] + [UInt8](repeating: 0xFF, count: 8), false),
    ("a length that is cut off", [0x0C, 0x82, 1], false), ("a tag alone", [0x0C], false),
    ("values of no length", [0x30, 0x80, 0x05, 0, 0, 0], false),
    ("a text of no length", [0x0C, 0x80, 0x41, 0, 0], false),
    ("values", [0x30, 2, 0x05, 0], true), ("what says that it is values", [0x30, 1, 3], false),
    ("a value that is cut off within another", [0x30, 2, 0x0C, 1], false),
    ("values that end behind what holds them", [0x30, 3, 0x0C, 2, 0x41, 0x41], false),
    ("bytes that look like values that are cut off", [0x04, 2, 0x0C, 1], true),
    ("the tag 0", [0, 0], false), ("the tag 0 with values", [0x20, 0], false),
    ("a tag of the context 0", [0x80, 0], true),
    ("a tag of two bytes", [0x1F, 0x21, 0], false), ("a small tag in two bytes", [0x1F, 0x02, 0], false),
    ("a tag of 64 bits", [0xBF, 0x81] + [UInt8](repeating: 0xFF, count: 8) + [0x7F, 0], false),
    ("a tag without an end", [0xFF, 0xFF, 0xFF, 0xFF], false), ("an INTEGER of no bytes", [0x02, 0], true),
    ("an identifier that is not the shortest", [0x06, 2, 0x80, 1], true), ("a BOOLEAN of 1", [0x01, 1, 1], true),
    ("a SET out of order", [0x31, 6, 0x02, 1, 2, 0x02, 1, 1], true),
  ].map { Oddity(description: $0, bytes: $1, isReadable: $2) }
}
