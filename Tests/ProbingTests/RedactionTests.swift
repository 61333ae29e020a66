import Cases
import Formats
import Foundation
import Probing
import TestSupport
import Testing

/// No decoding of what is stored gives the key back.
@Suite("Redaction")
struct RedactionTests {
  static let key = "sk-SECRETkey0123456789abcdefXYZ"
  static let redaction = Redaction(secrets: [key])

  private func reply(_ echo: KeyEcho) -> TransportReply {
    let response = echo.response(Self.key)
    return TransportReply(
      head: .init(
        status: Int(echo.status().prefix(3)) ?? 0,
        headers: response.headers.map { Attempt.Header(name: $0.0, value: $0.1) }), body: response.body, problem: nil,
      firstByte: nil)
  }

  @Test("a key that is sent back is in no reading of what is stored or said", arguments: KeyEcho.allCases)
  func echoes(echo: KeyEcho) throws {
    let reply = reply(echo)
    if echo.isReadable {
      #expect(KeyDecoding.finding(Self.key, in: reply.body) != nil, "what is looked for would be found")
    }
    let dialect: any Dialect = echo == .topNames ? OpenAICompletions() : OpenAIChat()
    let redacted = RedactedReply(reply, Self.redaction) { dialect.read(status: $0, body: $1) }
    let response = try #require(redacted.response)
    #expect(response.isRedacted == (echo != .reason))
    let part = echo == .cut ? String(Self.key.dropLast()) : Self.key
    for bytes in [response.body, response.headers.flatMap { Array("\($0.name): \($0.value)\n".utf8) }] {
      #expect(KeyDecoding.finding(part, in: bytes) == nil)
    }
    // What a later reader of the stored body finds is what is stored beside it.
    let reading = try #require(redacted.reading)
    #expect(reading == dialect.read(status: response.status, body: response.body))
    if case .answer(_, let answer) = reading {
      #expect(KeyDecoding.finding(part, in: Array(answer.json.canonical.utf8)) == nil)
    }
    if case .failure(_, let detail, let error) = reading {
      #expect(KeyDecoding.finding(part, in: Array((detail + (error?.canonical ?? "")).utf8)) == nil)
    }
  }

  @Test(
    "an answer goes on around a masked key, however the key came",
    arguments: [
      KeyEcho.answer, .streamSplit, .streamEscaped, .streamLetters, .streamReasoning, .tokens, .tokenBytes, .topTokens,
      .model, .fingerprint, .toolArguments, .answerParts,
    ])
  func around(echo: KeyEcho) throws {
    let redacted = RedactedReply(reply(echo), Self.redaction) { OpenAIChat().read(status: $0, body: $1) }
    guard case .answer(.ok, let answer)? = redacted.reading else {
      Issue.record("\(String(describing: redacted.reading))")
      return
    }
    switch echo {
    case .answer: #expect(answer.text == "your key is \(Redaction.mark), is it not?")
    case .streamSplit: #expect(answer.text == "key: \(Redaction.mark)\(Redaction.mark) end.")
    case .streamEscaped: #expect(answer.text == "\(Redaction.mark).")
    case .tokenBytes: #expect(answer.tokens?.allSatisfy { $0.bytes == [0] } == true)
    case .tokens: #expect(answer.tokens?.first?.token == Redaction.mark && answer.tokens?.first?.logprob == -1)
    case .model: #expect(answer.text == "An answer." && answer.declaredModel == Redaction.mark)
    default: break
    }
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

  @Test("a key is looked for in what came from its own host, and nowhere else")
  func hosts() throws {
    func model(_ id: String, _ variable: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(id), endpoint: Endpoint(url: "http://\(id):1/v1", model: id, key: .environment(variable)))
    }
    let other = "tok-9Zk3Lq8Vw1Xn5Rb7"
    let keys = try KeyRing(for: [model("a", "A"), model("b", "B")], environment: ["A": Self.key, "B": other])
    let body = Array("\(Self.key) \(other)".utf8)
    #expect(keys.redaction(for: "http://a:1").body(body).bytes == Array("\(Redaction.mark) \(other)".utf8))
    #expect(keys.redaction(for: "http://b:1").body(body).bytes == Array("\(Self.key) \(Redaction.mark)".utf8))
    #expect(keys.redaction(for: "http://c:1").body(body).bytes == body)
  }

  @Test("a key goes with a request whose URL has a query, too")
  func query() throws {
    let endpoint = Endpoint(url: "http://h:1/v1", model: "m", key: .environment("K"))
    let keys = try KeyRing(
      for: [CaseConfiguration.Model(id: ModelID("m"), endpoint: endpoint)], environment: ["K": Self.key])
    #expect(keys.credentials(of: ModelID("m"), for: "http://h:1/v1/x?alt=sse", GeminiContent())?.value == Self.key)
    #expect(keys.credentials(of: ModelID("m"), for: "http://other:1/v1/x?alt=sse", GeminiContent()) == nil)
  }

  @Test("random pieces, escapes and marks around a key hide nothing of it")
  func random() {
    var generator = ScheduleGenerator(seed: 15)
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
