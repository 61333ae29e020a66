import Cases
import Foundation
import Probing
import Testing

struct RateWindowTests {
  private func window(_ headers: [String: String]) -> RateWindow? {
    RateWindow(
      headers.map { Attempt.Header(name: $0.key, value: $0.value) }, now: Date(timeIntervalSince1970: 784_111_777))
  }

  @Test("the smallest remainder of requests counts; placeholders and tokens do not")
  func remaining() {
    #expect(
      window(["X-RateLimit-Remaining-Requests": "7", "x-ratelimit-remaining-tokens": "2"])?.remainingRequests == 7)
    #expect(
      window(["anthropic-ratelimit-requests-remaining": "3", "x-ratelimit-remaining": "9"])?.remainingRequests == 3)
    #expect(window(["x-ratelimit-limit-requests": "-1", "x-ratelimit-remaining-requests": "0"]) == nil)
    #expect(window(["x-ratelimit-limit-requests": "0", "x-ratelimit-remaining-requests": "5"]) == nil)
    for limit in ["0", "00", "0.0", "-0", "-1", "-01", "-1.0", " 0 ", "\t-1"] {
      #expect(window(["x-ratelimit-limit-requests": limit, "x-ratelimit-remaining-requests": "0"]) == nil, "\(limit)")
      #expect(window(["RateLimit": "limit=\(limit), remaining=0, reset=30"]) == nil, "\(limit)")
    }
    #expect(window(["RateLimit": "limit=10, remaining=7, reset=30"])?.remainingRequests == 7)
    #expect(window(["ratelimit": #""default";r=0;t=30"#])?.pause == .seconds(30))
    // A limit above 0 is one, and what is no number does not say that there is none.
    for limit in ["10", "01", "0.5", "", "nan", "0 requests", "10, 10;w=1"] {
      let found = window(["x-ratelimit-limit-requests": limit, "x-ratelimit-remaining-requests": " 07"])
      #expect(found?.remainingRequests == 7, "\(limit)")
    }
    #expect(window(["x-ratelimit-remaining-requests": "many"]) == nil && window(["date": "x"]) == nil)
  }

  @Test("what is used up pauses until its reset")
  func pause() {
    #expect(
      window(["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"])?.pause == .seconds(360))
    #expect(window(["x-ratelimit-remaining-requests": "4", "x-ratelimit-reset-requests": "9s"])?.pause == nil)
  }

  @Test("an endpoint that announces its last request is left alone until the reset, without a refusal")
  func announced() async throws {
    let bench = try Bench()
    try await FaultServer.run(
      answering: { request in
        var reply = FaultServer.Reply.answer()
        if request.number == 0 {
          reply.headers = ["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1s"]
        }
        return reply
      }
    ) { port, log in
      let result = try await bench.run(try bench.configuration(port: port, probes: 1, concurrency: 1))
      #expect(result.stop == .complete && result.failures == 0 && log.requests.count == 6)
      #expect(log.requests[1].arrived - log.requests[0].arrived >= .milliseconds(950))
    }
  }

  @Test("two keys of one host have a limit each; one key shares its limit")
  func pools() {
    func endpoint(_ key: Endpoint.KeyReference?, url: String = "http://h/v1") -> Endpoint {
      Endpoint(url: url, model: "m", key: key)
    }
    #expect(endpoint(.environment("A")).pool != endpoint(.environment("B")).pool)
    #expect(endpoint(.environment("A")).pool == endpoint(.environment("A"), url: "http://H/other").pool)
    #expect(endpoint(nil).pool != endpoint(.file("A")).pool)
  }
}
