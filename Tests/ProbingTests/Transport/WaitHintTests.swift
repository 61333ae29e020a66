import Cases
import Formats
import Foundation
import Probing
import Testing

struct WaitHintTests {
  static let now = Date(timeIntervalSince1970: 784_111_777)  // Sun, 06 Nov 1994 08:49:37 GMT

  private func hint(_ headers: [String: String], _ error: String? = nil) -> Duration? {
    WaitHint.of(
      headers: headers.map { Attempt.Header(name: $0.key, value: $0.value) },
      error: error.flatMap { JSONValue(parsing: $0) }, now: Self.now)
  }

  @Test(
    "a header says how long to wait",
    arguments: [
      (["retry-after-ms": "250", "Retry-After": "9"], .milliseconds(250)), (["Retry-After": "2"], .seconds(2)),
      (["retry-after": "1.5"], .milliseconds(1_500)), (["retry-after": "Sun, 06 Nov 1994 08:50:37 GMT"], .seconds(60)),
      (["retry-after": "Sun, 06 Nov 1994 08:00:00 GMT"], .zero), (["retry-after": "soon"], nil), ([:], nil),
      (["retry-after": "-1"], nil), (["retry-after": "nan"], nil), (["retry-after": "1e300"], .seconds(31_536_000)),
      (["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m30s"], .seconds(90)),
      (["x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": "1m30s"], nil),
      (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "12"], .seconds(12)),
      (["x-ratelimit-remaining": "0", "x-ratelimit-reset": "784111787"], .seconds(784_111_787)),
      (
        ["anthropic-ratelimit-requests-remaining": "0", "anthropic-ratelimit-requests-reset": "1994-11-06T08:49:47Z"],
        .seconds(10)
      ),
      (["x-ratelimit-limit-tokens": "0", "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "1s"], nil),
      (["x-ratelimit-remaining-tokens": "-1", "x-ratelimit-reset-tokens": "1s"], nil),
    ] as [([String: String], Duration?)])
  func headers(headers: [String: String], expected: Duration?) {
    let expected = headers["x-ratelimit-reset"] == nil ? expected : .seconds(31_536_000)
    #expect(hint(headers) == expected)
  }

  @Test(
    "it does in the forms of other vendors as well",
    arguments: [
      (["retry-after": "3s"], .seconds(3)), (["retry-after": "1m2.5s"], .milliseconds(62_500)),
      (["retry-after": "1994-11-06T08:49:47Z"], .seconds(10)), (["retry-after": "\"3\""], .seconds(3)),
      (["x-ms-retry-after-ms": "2500"], .milliseconds(2_500)),
      (["ratelimit": "limit=100, remaining=0, reset=4"], .seconds(4)),
      (["RateLimit": "\"default\";r=0;t=4"], .seconds(4)), (["ratelimit": "\"default\";r=7;t=4"], nil),
    ] as [([String: String], Duration?)])
  func forms(headers: [String: String], expected: Duration?) { #expect(hint(headers) == expected) }

  @Test("a moment is told in seconds or milliseconds since 1970, in headers or in those that a router tells")
  func moments() {
    let now = Date(timeIntervalSince1970: 1_741_305_600)
    for moment in ["1741305604", "1741305604000"] {
      let limits = ["x-ratelimit-remaining": "0", "x-ratelimit-limit": "20", "x-ratelimit-reset": moment]
      let headers = limits.map { Attempt.Header(name: $0.key, value: $0.value) }
      #expect(WaitHint.of(headers: headers, error: nil, now: now) == .seconds(4))
      let error = JSONValue.object(["metadata": .object(["headers": .object(limits.mapValues(JSONValue.string))])])
      #expect(WaitHint.of(headers: [], error: error, now: now) == .seconds(4))
      let later = [Attempt.Header(name: "retry-after", value: moment)]
      #expect(WaitHint.of(headers: later, error: nil, now: now) == .seconds(4))
    }
  }

  @Test(
    "a message says how long to wait",
    arguments: [
      (#"{"message":"Please try again in 2.088s. Visit us."}"#, .milliseconds(2_088)),
      (#"{"message":"retry in 10h17m5.7s"}"#, .milliseconds(37_025_700)),
      (#"{"message":"Try again in 500ms"}"#, .milliseconds(500)),
      (#"{"message":"Retry after 7 seconds"}"#, .seconds(7)),
      (#"{"message":"try again in a while"}"#, nil),
      (#"{"details":[{"@type":"x"},{"retryDelay":"34s"}]}"#, .seconds(34)), (#""try again in 1m0s""#, .seconds(60)),
      (#"{"message":"Please wait 54 seconds before retrying"}"#, .seconds(54)),
      (#"{"message":"please wait before trying again"}"#, nil),
      (#"{"message":"loading","estimated_time":4}"#, .seconds(4)),
    ] as [(String, Duration?)])
  func messages(error: String, expected: Duration?) {
    #expect(hint([:], error) == expected)
  }
}
