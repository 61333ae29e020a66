import Cases
import Foundation
import Probing
import TestSupport
import Testing

@Suite("Network time", .timeLimit(.minutes(1)))
struct NetworkTimeTests {
  private func reading(
    _ arguments: [String], timeout: Duration = .seconds(5), clock: RunClock = .system
  ) async throws -> ClockReading.Outcome {
    try await PythonServer.serving("sntp.py", arguments) { ports in
      let server = try #require(NetworkTime("127.0.0.1:\(ports[0])", timeout: timeout))
      return await server.reading(.begin, clock: clock).outcome
    }
  }

  @Test(
    "what a server says may be as far apart as the numbers go",
    arguments: [(UInt64(0), UInt64(1) << 63), (1 << 63, 0), (.max, 0), (0, .max), (1 << 63, (1 << 63) - 1)])
  func extremes(received: UInt64, answered: UInt64) {
    for (sent, arrived) in [(UInt64(0), UInt64(0)), (1 << 40, 1 << 41), (.max, 0), (0, 1 << 63)] {
      let exchange = TimeExchange(sent: sent, received: received, answered: answered, arrived: arrived, stratum: 1)
      #expect(exchange.delay.microseconds >= 0)
      _ = exchange.offset.microseconds
    }
  }

  @Test(
    "the offset of a server's clock comes out, no worse than half of the way there and back",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"),
    arguments: [["0"], ["1.5"], ["-2.25"], ["86400.125"], ["1.5", "late"], ["-3", "strays"]])
  func offsets(arguments: [String]) async throws {
    let known = Int(try #require(Double(arguments[0])) * 1_000_000)
    guard case .answered(let offset, let delay, let stratum) = try await reading(arguments) else {
      Issue.record("no answer")
      return
    }
    // RFC 5905, section 8: the error is bounded by half of the delay. A millisecond for the clocks' own steps.
    #expect(abs(offset - known) <= delay / 2 + 1_000, "\(offset), \(delay)")
    #expect(delay >= 0 && delay < 150_000, "time that the server took does not count: \(delay)")
    #expect(stratum == 2)
  }

  @Test(
    "a clock of this machine that is off comes out with the other sign",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func ownClock() async throws {
    let system = RunClock.system
    let fast = RunClock(now: system.now, utc: { Date().addingTimeInterval(40) }, sleep: system.sleep)
    guard case .answered(let offset, let delay, _) = try await reading(["0"], clock: fast) else {
      Issue.record("no answer")
      return
    }
    #expect(abs(offset + 40_000_000) <= delay / 2 + 1_000)
  }

  @Test(
    "a server that refuses, is not set or says nothing is a reading too",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func troubles() async throws {
    #expect(try await reading(["0", "kiss"]) == .failed("refused: RATE"))
    #expect(try await reading(["0", "unset"]) == .failed("its own clock is not set"))
    #expect(try await reading(["0", "silent"], timeout: .milliseconds(200)) == .failed("no answer in time"))
  }

  @Test("a server that is not there is told, not thrown")
  func unreachable() async throws {
    let nobody = try #require(NetworkTime("127.0.0.1:9", timeout: .milliseconds(500)))
    guard case .failed = await nobody.reading(.end, clock: .system).outcome else {
      Issue.record("somebody answered")
      return
    }
    let nameless = try #require(NetworkTime("no-such-host.invalid"))
    #expect(await nameless.reading(.end, clock: .system).outcome == .failed("cannot be reached: no such host"))
  }

  @Test(
    "a server is a host, or a host and a port",
    arguments: [
      ("ntp.example.org", "ntp.example.org:123"), ("ntp.example.org:1123", "ntp.example.org:1123"),
      ("192.0.2.1", "192.0.2.1:123"), ("::1", "[::1]:123"), ("[::1]:99", "[::1]:99"), ("[::1]", "[::1]:123"),
      ("", nil), (":123", nil), ("a:0", nil), ("a:70000", nil), ("a:+1", nil), ("a b", nil), ("http://a/", nil),
      ("[::1]x", nil), ("a:", nil),
    ] as [(String, String?)])
  func servers(text: String, server: String?) { #expect(NetworkTime(text)?.server == server) }

  @Test("times of two eras subtract: the count of seconds begins anew in 2036")
  func eras() {
    func time(_ seconds: Double) -> UInt64 { UInt64(bitPattern: Int64(seconds * 4_294_967_296)) }
    // The client half a second before the end of the era, the server two seconds ahead of it.
    let exchange = TimeExchange(
      sent: time(-0.5), received: time(1.6), answered: time(1.7), arrived: time(-0.2), stratum: 1)
    #expect(exchange.offset.microseconds == 2_000_000 && exchange.delay.microseconds == 200_000)
  }
}
