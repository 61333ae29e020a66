import Cases
import EndpointKeys
import Formats
import Foundation
import TestSupport
import Testing

/// No decoding of what is stored gives the key back.
@Suite("Redaction")
struct RedactionTests {
  static let key = "sk-SECRETkey0123456789abcdefXYZ"
  static let redaction = Redaction(secrets: [key])

  @Test(
    "what is not looked for is stored, and the handbook names it: keys are to be revoked before a case is handed on",
    arguments: [
      ("base 85", "b89VAMMF|WRBL5<FflSSG&MFiI5}ZrV`OD!SXo*"),
      ("base 85", "F)*@+770sA<,6&j0JP==1c70M3&tDV@q9._=BSf"),
      ("base 85", "B89vammf%wrbl5<fFLssg=mfIi5$zRv}od.sxO/c"),
      ("base 58", "2m5TX2jVzf5gtKRnJ1WSFGNBTHkQ6KJ51pY5wRoD4au"),
      ("uuencode", "?<VLM4T5#4D54:V5Y,#$R,S0U-C<X.6%B8V1E9EA96@"),
      (
        "look-alike letters of\nother scripts",
        "s\u{43A}-\u{405}\u{415}\u{421}R\u{415}\u{422}\u{43A}\u{435}\u{443}\u{41E}123456789\u{430}b\u{441}d\u{435}f\u{425}\u{4AE}Z"
      ),
    ])
  func notLookedFor(name: String, written: String) throws {
    #expect(!Self.redaction.isIn(Array(#"{"text":"\#(written)"}"#.utf8)))
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/retort/Documentation.docc/ThreatModel.md").path
    let text = String(decoding: try FileBytes.read(page), as: UTF8.self)
    let named = try #require(text.components(separatedBy: "Not found are ").dropFirst().first)
    #expect(named.contains(name))
  }

  @Test("what holds no key is stored as it came", arguments: [nil, "gzip", "br"])
  func untouched(encoding: String?) {
    let answer = Array(#"{"model":"m","choices":[{"message":{"content":"50 % of \u0041 &amp; <b>x</b>"}}]}"#.utf8)
    let body = encoding == "gzip" ? KeyEcho.compressed(answer, window: 31) : answer
    let result = Self.redaction.body(body, encoding: encoding)
    // Nobody can say what is in a body that cannot be read.
    #expect(result.changed == (encoding == "br") && (result.changed || result.bytes == body))
  }

  @Test("a damaged compressed body, and one longer than a body may be, are not stored")
  func undecodable() {
    let small = Redaction(secrets: [Self.key], limit: 1_000)
    let long = KeyEcho.compressed(Array(repeating: 0x20, count: 100_000), window: 31)
    #expect(long.count < 1_000 && small.body(long, encoding: "gzip").bytes == Redaction.nothing)
    var damaged = KeyEcho.compressed(Array("some words of an answer, and more of them".utf8), window: 31)
    damaged[14] ^= 0xFF
    #expect(Self.redaction.body(damaged, encoding: "gzip").bytes == Redaction.nothing)
    #expect(Redaction(secrets: []).body(damaged, encoding: "gzip").bytes == damaged)
  }

  @Test(
    "a body in a format that is not taken apart is not stored, declared or not",
    arguments: [
      [0x28, 0xB5, 0x2F, 0xFD, 0x24, 0x01], [0x50, 0x2A, 0x4D, 0x18, 0x01, 0x00],
      [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00], Array("BZh91AY&SY".utf8) + [0x8F, 0x00],
      [0x04, 0x22, 0x4D, 0x18, 0x64, 0x40], [0x1F, 0x9D, 0x90, 0x61], [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00],
    ])
  func foreign(body: [UInt8]) {
    #expect(Self.redaction.body(body).bytes == Redaction.nothing)
    #expect(Self.redaction.body(KeyEcho.compressed(body, window: 31)).bytes == Redaction.nothing)
    let name = Array("BZhang, PK and 7z are names".utf8)
    #expect(Self.redaction.body(name).bytes == name)
  }

  @Test("a body of more layers than are taken off is not stored, whatever is in it", arguments: [20, 60])
  func layers(count: Int) {
    let escapes = Array(#"{"text":"50 %\#(String(repeating: "25", count: count)) of it"}"#.utf8)
    #expect(Self.redaction.body(escapes).bytes == (count == 20 ? escapes : Redaction.nothing))
    let lists = Array(String(repeating: "[", count: 40 * count).utf8)
    #expect(Self.redaction.body(lists).bytes == (count == 20 ? lists : Redaction.nothing))
    let gzip = (0..<(count == 20 ? 3 : 4)).reduce(Array("some words".utf8)) { packed, _ in
      KeyEcho.compressed(packed, window: 31)
    }
    #expect(Self.redaction.body(gzip).bytes == (count == 20 ? gzip : Redaction.nothing))
  }

  @Test("what the escapes in a key stand for may be a word, and runs within one are no parts of it")
  func ownEscapes() {
    let escaped = "%6c%69%67%68%74%2d%7a"
    #expect(KeyStrength.isGuarded(escaped))
    let body = Array("the light-z of it".utf8)
    #expect(Redaction(secrets: [escaped]).body(body).bytes == body)
    let zeros = Array("0.00000000000000000000000001".utf8)
    let withZeros = "sk-00000000000000000000a7Bq9Zk3Lw8Tx"
    #expect(Redaction(secrets: [withZeros]).body(zeros).bytes == zeros)
    // An escape that is a key itself is one.
    let decoded = "sk-Ab3xEq6hZj9kPmWo"
    let both = Redaction(secrets: [decoded.replacingOccurrences(of: "A", with: "%41")])
    #expect(both.text("It is \(decoded).") == "It is \(Redaction.mark).")
  }

  @Test("a key as long as keys may be is found whole and in parts, in bounded memory", arguments: [100, 1_024, 16_384])
  func long(count: Int) {
    var generator = Draws(seed: 6)
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.".utf8)
    let key = (0..<count).map { _ in letters[Int(generator.next() % UInt64(letters.count))] }
    let redaction = Redaction(secrets: [String(decoding: key, as: UTF8.self)])
    #expect(redaction.isIn(key) && redaction.isIn(Array(Data(key).base64EncodedString().utf8)))
    for start in stride(from: 0, to: count - 80, by: max(1, count / 97)) {
      #expect(redaction.isIn(Array(key[start..<(start + 80)])), "\(start)")
    }
    #expect(!redaction.isIn(Array(key[..<30])))
  }

  @Test(
    "a word for a key changes nothing",
    arguments: [
      "none", "EMPTY", "light", "ollama", "sk-no-key-required", "your-api-key-here", "dummy", "test", "x",
      "sk-1234567890abcdef", "xxxxxxxxxxxxxxxxxxxxxxxx", "0000-0000-0000-0000", "no_api_key_needed",
    ])
  func words(secret: String) throws {
    let redaction = Redaction(secrets: [secret])
    let body = Array(#"{"error":"the \#(secret) of it"}"#.utf8)
    #expect(!KeyStrength.isGuarded(secret) && redaction.body(body).bytes == body && redaction.text(secret) == secret)
    let model = CaseConfiguration.Model(
      id: ModelID("m"), endpoint: Endpoint(url: "http://h/v1", model: "m", key: .environment("K")))
    #expect(try KeyRing(for: [model], environment: ["K": secret]).unguarded == [ModelID("m")])
  }

  @Test(
    "keys as providers make them are guarded",
    arguments: [
      "sk-proj-Ab3dEf6hIj9kLmNoPqRsTuVwXyZ", "AIzaSyD4f1d9c7eQw2Rt5Yu8Io0PaSdFgHjKlZx", "gsk_9f8e7d6c5b4a3f2e1d0c",
      "4f1d9c7e2b8a6035c1d7e9f042b86a3d", "hf_QwErTyUiOpAsDfGhJkLzXcVbNm", "sk-canary/4f1d9c-\"7e",
    ])
  func keys(secret: String) { #expect(KeyStrength.isGuarded(secret)) }

  @Test("random pieces, escapes and marks around a key hide nothing of it")
  func random() {
    var generator = Draws(seed: 15)
    for _ in 0..<150 {
      var written = ""
      for byte in Self.key.utf8 {
        let letter = String(Unicode.Scalar(byte))
        switch generator.next() % 9 {
        case 0: written += "\\u00" + String(byte, radix: 16)
        case 1: written += "%" + String(byte, radix: 16)
        case 2: written += "&#\(byte);"
        case 3: written += "&#x0" + String(byte, radix: 16) + ";"
        case 4: written += letter + "\u{200D}"
        case 5: written += letter + #"","# + #""text":""#
        case 6: written += "%25" + String(byte, radix: 16)
        default: written += letter
        }
      }
      let body = Array(#"{"message":{"text":"\#(written)"}}"#.utf8)
      let masked = Self.redaction.body(body)
      #expect(masked.changed, "\(written)")
      #expect(KeyDecoding.finding(Self.key, in: masked.bytes) == nil, "\(written)")
    }
  }
}

/// SplitMix64: the same draws in every run.
private struct Draws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
