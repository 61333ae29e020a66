import Cases
import EndpointKeys
import Formats
import Foundation
import Probing
import TestSupport
import Testing

/// Whatever a server sends, nothing crashes, and what is read keeps its promises. Seeds are arguments: a crash names its own.
@Suite("Any bytes from a server")
struct AnyBytesTests {
  private static let bodies = (DialectFixture.all.map(\.body) + StreamFixture.all.map(\.stream)).map {
    Array($0.utf8)
  }

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
            let counts = [answer.promptTokens, answer.completionTokens, answer.reasoningTokens].compactMap(\.self)
            #expect((counts.min() ?? 0) >= 0, "\(name)")
            let isFinite = (answer.tokens ?? []).allSatisfy { $0.logprob?.isFinite ?? true }
            #expect(isFinite, "\(name)")
          }
        }
      }
      for _ in 0..<50 {
        _ = name.dialect.read(status: damage.number(below: 1_000) - 200, body: damage.noise(upTo: 300))
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
    let error =
      #"{"code":"insufficient_quota","type":"rate_limit_error","status":"PERMISSION_DENIED","message":"PerDay"}"#
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
    let key = "sk-canary-7f3a9c1e5b8d2046"
    let redaction = Redaction(secrets: [key])
    for body in Self.bodies {
      for _ in 0..<30 {
        let clean = damage.variant(of: body)
        let place = damage.number(below: clean.count + 1)
        let leaking = Array(clean[..<place]) + Array(key.utf8) + Array(clean[place...])
        let stored = redaction.body(leaking)
        #expect(stored.changed && !String(decoding: stored.bytes, as: UTF8.self).contains(key))
        let kept = redaction.body(clean)
        // What is open more than 1,023 times over is read by nothing: it is kept whole or not at all.
        let isDeep = clean.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") } > 1_023
        #expect(kept.bytes == (isDeep && kept.changed ? Redaction.nothing : clean) && (isDeep || !kept.changed))
      }
    }
  }
}
