import Formats
import Foundation
import TestSupport
import Testing

@Suite("Canonical JSON, RFC 8785")
struct CanonicalJSONTests {
  /// RFC 8785, appendix B, by the bits of the double.
  @Test(
    "numbers are written as the RFC lists them",
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
      (0xc340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
      (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
      (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
      (0x41b3_de43_5555_5555, "333333333.3333333"),
      (0xbecb_f647_612f_3696, "-0.0000033333333333333333"), (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func numbers(bits: UInt64, text: String) {
    #expect(JSONValue.number(Double(bitPattern: bits)).canonical == text)
  }

  @Test("the examples of the RFC: sorted by UTF-16, escapes, literals")
  func examples() {
    let input = #"""
      {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
       "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}
      """#
    #expect(
      JSONValue(parsing: input)?.canonical
        == #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
    )
    let keys = JSONValue.object(
      ["\u{20AC}", "\r", "\u{FB33}", "1", "😀", "\u{80}", "ö"].reduce(into: [:]) { $0[$1] = .null })
    #expect(
      keys.canonical
        == "{\"\\r\":null,\"1\":null,\"\u{80}\":null,\"ö\":null,\"\u{20AC}\":null,\"😀\":null,\"\u{FB33}\":null}")
  }

  @Test(
    "another implementation writes the same", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    var values: [JSONValue] = []
    while values.count < 4_000 {
      let value = Double(bitPattern: .random(in: .min ... .max))
      if value.isFinite { values.append(.number(value)) }
      values.append(.number(Double(Int.random(in: -1_000_000...1_000_000)) / 1_000))
      let scalars = (0..<4).compactMap { _ in Unicode.Scalar(UInt32.random(in: 1..<0x1_F800)) }
      let name = String(String.UnicodeScalarView(scalars))
      values.append(.object([name: .string(name), name + "\u{1F600}": .null, name + "\u{FB33}": .bool(true)]))
    }
    let text = JSONValue.array(values).canonical
    let script =
      "import json, rfc8785, sys; sys.stdout.buffer.write(rfc8785.dumps(json.load(sys.stdin, parse_int=float)))"
    let theirs = try IndependentPython.run(script, input: Data(text.utf8))
    #expect(String(decoding: theirs, as: UTF8.self) == text)
  }
}
