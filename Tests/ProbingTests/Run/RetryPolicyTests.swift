import Probing
import Testing

struct RetryPolicyTests {
  let policy = RetryPolicy()

  private func verdict(
    _ kind: FailureClass, failures: Int = 1, elapsed: Duration = .zero, hint: Duration? = nil, jitter: Double = 0.5
  ) -> RetryPolicy.Verdict {
    policy.verdict(kind, failures: failures, elapsed: elapsed, hint: hint, jitter: jitter)
  }

  @Test("waits double up to a limit, and vary by chance between half and whole")
  func delays() {
    #expect(verdict(.transient, failures: 1, jitter: 0) == .retry(after: .milliseconds(500)))
    #expect(verdict(.transient, failures: 4, jitter: 0) == .retry(after: .seconds(4)))
    #expect(verdict(.throttle, failures: 9, jitter: 0) == .retry(after: .seconds(30)))
  }

  @Test("tries and time are bounded")
  func bounds() {
    #expect(verdict(.transient, failures: 5) == .giveUp)
    #expect(verdict(.throttle, failures: 5) != .giveUp)
    #expect(verdict(.throttle, failures: 10) == .giveUp)
    #expect(verdict(.transient, elapsed: .seconds(900)) == .giveUp)
    #expect(verdict(.throttle, elapsed: .seconds(600), hint: .seconds(400)) == .giveUp)
  }

  @Test("a hint is kept to; one that is too long stops the endpoint")
  func hints() {
    #expect(verdict(.throttle, hint: .seconds(20), jitter: 0) == .retry(after: .seconds(20)))
    #expect(verdict(.throttle, hint: .seconds(601)) == .stopEndpoint(.asksToWait(.seconds(601))))
  }

  @Test("a wrong request is given up, what concerns an endpoint stops it, a refused key all that have it")
  func classes() {
    #expect(verdict(.configuration) == .giveUp)
    #expect(verdict(.exhausted) == .stopEndpoint(.exhausted))
    #expect(verdict(.parameter) == .stopEndpoint(.parameterRefused))
    #expect(verdict(.denied) == .stopEndpoint(.denied))
    #expect(verdict(.authentication) == .stopKey)
  }
}
