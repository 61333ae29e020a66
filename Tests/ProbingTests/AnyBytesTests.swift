import CaseFile
import Foundation
import Probing
import TestSupport
import Testing

/// Whatever a server sends, nothing crashes, and what is read keeps its promises. Seeds are arguments: a crash names its own.
@Suite("Any bytes from a server")
struct AnyBytesTests {
  /// Streams as the dialects know them, to be damaged; whole responses are the fixtures of the dialects.
  private static let streams = [
    """
    data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"H"},"finish_reason":null}],"model":"m"}

    data: {"choices":[{"index":0,"delta":{"content":"i"},"logprobs":{"content":[{"token":"i","logprob":-1,"bytes":[105]}]}}]}

    data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

    data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}

    data: [DONE]


    """,
    """
    event: message_start
    data: {"type":"message_start","message":{"model":"m","usage":{"input_tokens":3}}}

    event: content_block_start
    data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

    event: content_block_delta
    data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

    event: message_delta
    data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

    event: message_stop
    data: {"type":"message_stop"}


    """,
    """
    data: {"candidates":[{"content":{"parts":[{"text":"H"}]},"index":0}],"modelVersion":"m"}

    data: {"candidates":[{"content":{"parts":[{"text":"i"}]},"finishReason":"STOP","index":0}],"usageMetadata":{}}


    """,
    """
    event: response.output_text.delta
    data: {"type":"response.output_text.delta","delta":"Hi"}

    event: response.completed
    data: {"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[\
    {"type":"output_text","text":"Hi"}]}],"usage":{"output_tokens":1}}}


    """,
    """
    {"message":{"content":"H"},"done":false}
    {"message":{"content":"i"},"done":true,"done_reason":"stop","eval_count":2}

    """,
    """
    data: {"content":"H","stop":false,"tokens":[1]}

    data: {"content":"","stop":true,"stop_type":"eos","tokens_predicted":1}


    """,
  ]

  private static let bodies = (DialectFixture.all.map(\.body) + streams).map { Array($0.utf8) }

  @Test("every dialect reads every damaged response of every dialect", arguments: 0..<12)
  func dialects(seed: Int) {
    var damage = DamagedBytes(seed: seed)
    for name in Endpoint.DialectName.allCases {
      for body in Self.bodies {
        for _ in 0..<8 {
          let status = [200, 200, 200, 400, 429, 500][damage.number(below: 6)]
          let reading = name.dialect.read(status: status, body: damage.variant(of: body))
          if case .answer(let outcome, let answer) = reading {
            #expect(outcome != .failed)
            // Azure's filter is the one error that is an answer.
            #expect((200..<300).contains(status) || outcome == .filtered, "\(name) \(status)")
            #expect([answer.promptTokens, answer.completionTokens].compactMap(\.self).allSatisfy { $0 >= 0 }, "\(name)")
            #expect((answer.tokens ?? []).compactMap(\.logprob).allSatisfy(\.isFinite), "\(name)")
          }
        }
      }
      for _ in 0..<50 {
        _ = name.dialect.read(status: damage.number(below: 1_000) - 200, body: damage.noise(upTo: 300))
      }
    }
  }

  @Test("a stream that is cut anywhere is never an answer")
  func cutStreams() {
    for name in Endpoint.DialectName.allCases where name != .manual {
      for body in Self.bodies.suffix(Self.streams.count) {
        guard case .answer = name.dialect.read(status: 200, body: body) else { continue }
        let text = body.count - body.reversed().prefix { $0 == 0x0A }.count
        for cut in 0..<text {
          guard case .answer(_, let answer) = name.dialect.read(status: 200, body: Array(body[..<cut])) else { continue }
          // The end of the stream has come when all but its last, wordless event is there.
          Issue.record("\(name): \(cut) of \(text) bytes were taken for the answer \(answer.text)")
          break
        }
      }
    }
  }

  @Test("every hint at a wait is none, or from nothing to a year", arguments: 0..<8)
  func waits(seed: Int) {
    var damage = DamagedBytes(seed: seed)
    let now = Date(timeIntervalSince1970: 1_795_000_000)
    let names = [
      "retry-after-ms", "retry-after", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests",
      "x-ratelimit-limit-requests", "anthropic-ratelimit-tokens-reset", "anthropic-ratelimit-tokens-remaining",
    ]
    let values = [
      "12", "1.5", "-3", "Sun, 06 Nov 1994 08:49:37 GMT", "6m0s", "1m30.5s", "18ms", "2026-11-24T10:00:00Z",
      "1795003600", "0", "9999999999999999", "1e308", "nan", "inf",
    ]
    let error = #"""
      {"message":"Please retry in 10h17m5.7s, or try again in 2.088s","details":[{"retryDelay":"31s"},{"retryDelay":"0.1s"}]}
      """#
    let year = Duration.seconds(31_536_000)
    for _ in 0..<4_000 {
      let headers = names.map { name in
        let value = values[damage.number(below: values.count)]
        return Attempt.Header(name: name, value: damage.number(below: 3) == 0 ? value : damage.text(of: value))
      }.filter { _ in damage.number(below: 3) > 0 }
      let problem = JSONValue(parsing: damage.text(of: error)) ?? .string(damage.text(of: error))
      let wait = WaitHint.of(headers: headers, error: problem, now: now)
      #expect(wait.map { $0 >= .zero && $0 <= year } ?? true, "\(headers) \(problem)")
      let window = RateWindow(headers, now: now)
      #expect(window?.pause.map { $0 >= .zero && $0 <= year } ?? true, "\(headers)")
      #expect(window?.remainingRequests.map { $0 >= 0 } ?? true, "\(headers)")
    }
  }

  @Test("every status and every error has a class; a status of success without words passes", arguments: 0..<4)
  func classes(seed: Int) {
    var damage = DamagedBytes(seed: seed)
    let error = #"{"code":"insufficient_quota","type":"rate_limit_error","status":"PERMISSION_DENIED","message":"PerDay"}"#
    for status in -10...1_000 {
      _ = FailureClass.of(status: status, error: JSONValue(parsing: damage.variant(of: Array(error.utf8))))
      let plain = FailureClass.of(status: status, error: nil)
      if (200..<300).contains(status) { #expect(plain == .transient) }
      if [400, 404, 413, 422].contains(status) { #expect(plain == .configuration) }
    }
  }

  @Test("no body hides a key from redaction, and none is damaged that holds no key", arguments: 0..<4)
  func redaction(seed: Int) {
    var damage = DamagedBytes(seed: seed)
    let key = "sk-canary-0123456789abcdef"
    let redaction = Redaction(secrets: [key])
    for body in Self.bodies {
      for _ in 0..<30 {
        let clean = damage.variant(of: body)
        let place = damage.number(below: clean.count + 1)
        let leaking = Array(clean[..<place]) + Array(key.utf8) + Array(clean[place...])
        let stored = redaction.body(leaking)
        #expect(stored.changed && !String(decoding: stored.bytes, as: UTF8.self).contains(key))
        let kept = redaction.body(clean)
        #expect(!kept.changed && kept.bytes == clean)
      }
    }
  }
}
