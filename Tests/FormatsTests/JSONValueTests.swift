import Formats
import Foundation
import Testing

struct JSONValueTests {
  @Test(
    "the canonical text is as documented",
    arguments: [
      (#" {"b" : [1, 2.50, -0.0, 1e3], "a":{"z":null,"ä":true}} "#, #"{"a":{"z":null,"ä":true},"b":[1,2.5,0,1000]}"#),
      (#""A\/\"\\\n\u0000\ud83d\ude00""#, "\"A/\\\"\\\\\\n\\u0000😀\""),
      (#""\ud800x""#, "\"\u{FFFD}x\""), (#""\ud800\u0041""#, "\"\u{FFFD}A\""),
      ("9223372036854775807", "9223372036854775807"), ("1e400", "null"), ("\u{FEFF}[]", "[]"),
    ])
  func canonical(text: String, expected: String) {
    #expect(JSONValue(parsing: text)?.canonical == expected)
  }

  @Test(
    "what is no JSON is nil",
    arguments: [
      "", " ", "{", "[1,]", "{\"a\":}", "01", "1.", ".5", "-", "+1", "1e", "tru", "nul", "\"", "\"\\x\"", "\"\\u12\"",
      "[1] 2", "{'a':1}", "NaN", "\"a\nb\"", "{\"a\" 1}", "{1:2}", String(repeating: "[", count: 100_000),
    ])
  func rejected(text: String) {
    #expect(JSONValue(parsing: text) == nil)
  }

  @Test("bytes that are not UTF-8 are no string")
  func notUTF8() {
    #expect(JSONValue(parsing: [0x22, 0xFF, 0x22]) == nil)
    #expect(JSONValue(parsing: [0x22, 0x5C, 0x6E, 0xC3, 0x22]) == nil)
  }

  @Test("Foundation reads the same", arguments: 0..<8)
  func againstFoundation(seed: Int) throws {
    for _ in 0..<200 {
      let value = Self.random(depth: 4)
      let text = value.canonical
      #expect(JSONValue(parsing: text) == value)
      let foundation = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
      #expect(Self.value(foundation) == value)
    }
  }

  @Test("every double is read as the one that was written")
  func doubles() {
    for _ in 0..<20_000 {
      let value = Double(bitPattern: .random(in: .min ... .max))
      guard value.isFinite else { continue }
      #expect(JSONValue(parsing: JSONValue.number(value).canonical)?.number == value)
    }
  }

  @Test("no cut and no changed byte crashes the parser", arguments: 0..<8)
  func damage(seed: Int) {
    for _ in 0..<200 {
      var bytes = Array(Self.random(depth: 4).canonical.utf8)
      guard !bytes.isEmpty else { continue }
      bytes.removeLast(Int.random(in: 0..<bytes.count))
      for index in bytes.indices where Int.random(in: 0..<8) == 0 { bytes[index] = UInt8.random(in: .min ... .max) }
      if let value = JSONValue(parsing: bytes) { #expect(JSONValue(parsing: value.canonical) != nil) }
    }
  }

  private static func random(depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5)) {
    case 0: .null
    case 1: .bool(.random())
    case 2: .integer(.random(in: -1_000_000...1_000_000))
    case 3: .number(Double(Int.random(in: -1_000_000...1_000_000)) + 0.125)
    case 4:
      .string(
        String(
          String.UnicodeScalarView(
            (0..<Int.random(in: 0..<6)).compactMap { _ in
              Unicode.Scalar(UInt32.random(in: 0..<0x2FFF))
            })))
    case 5: .array((0..<Int.random(in: 0..<4)).map { _ in random(depth: depth - 1) })
    default:
      .object(
        Dictionary(firstOf: (0..<Int.random(in: 0..<4)).map { ("k\($0)\"\n", random(depth: depth - 1)) })
      )
    }
  }

  private static func value(_ any: Any) -> JSONValue {
    switch any {
    case let text as String: .string(text)
    case let values as [Any]: .array(values.map(value))
    case let members as [String: Any]: .object(members.mapValues(value))
    case let number as NSNumber:
      CFBooleanTest.isBool(number)
        ? .bool(number.boolValue)
        : number.doubleValue == number.doubleValue.rounded() ? .integer(number.intValue) : .number(number.doubleValue)
    default: .null
    }
  }
}

private enum CFBooleanTest {
  static func isBool(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
