/// The parameters of an address, as a form sends them: `+` for a space, bytes in percent.
struct QueryItems {
  private let items: [String: String]

  init(_ query: String) {
    items = query.split(separator: "&").reduce(into: [:]) { items, part in
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      items[Self.decoded(sides[0])] = sides.count > 1 ? Self.decoded(sides[1]) : ""
    }
  }

  /// nil where it is missing or empty.
  subscript(name: String) -> String? { items[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// A whole number from 0 on; `fallback` where there is none.
  func number(_ name: String, default fallback: Int) -> Int {
    self[name].flatMap { Int($0) }.map { min(max($0, 0), 1_000_000_000) } ?? fallback
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2).compactMap { Character(UnicodeScalar($0)).hexDigitValue }
      if byte == UInt8(ascii: "%"), digits.count == 2 {
        bytes.append(UInt8(digits[0] << 4 | digits[1]))
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `path?name=value…`; everything but letters and digits in percent.
  static func address(_ path: String, _ items: [(String, String?)]) -> String {
    let query = items.compactMap { name, value in value.map { "\(name)=\(encoded($0))" } }.joined(separator: "&")
    return query.isEmpty ? path : "\(path)?\(query)"
  }

  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { result, byte in
      let scalar = UnicodeScalar(byte)
      if byte < 0x80, Character(scalar).isLetter || Character(scalar).isNumber {
        result.unicodeScalars.append(scalar)
      } else {
        result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}
