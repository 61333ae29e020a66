import Cases
import EndpointKeys
import Formats
import Foundation
import Probing
import TestSupport
import Testing

/// No decoding of what is stored of a reply gives the key back, and what is read is read from what is stored.
@Suite("Replies without keys")
struct RedactedReplyTests {
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
    let part = echo == .cut ? String(Self.key.dropLast()) : Self.key
    if !echo.isCompressed, !echo.isOutsideBody {
      #expect(KeyDecoding.finding(part, in: reply.body) != nil, "what is looked for would be found")
    }
    let dialect: any Dialect = echo == .topNames ? OpenAICompletions() : OpenAIChat()
    let redacted = RedactedReply(reply, Self.redaction) { dialect.read(status: $0, body: $1) }
    let response = try #require(redacted.response)
    #expect(response.isRedacted == (echo != .reason))
    if echo.isCompressed || echo == .percentDeeper { #expect(response.body == Redaction.nothing) }
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
}
