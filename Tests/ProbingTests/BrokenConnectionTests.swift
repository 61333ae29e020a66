import CaseFile
import Probing
import Testing

/// Connections that break at the end of a response.
@Suite("A connection that breaks")
struct BrokenConnectionTests {
  private struct Breaking: Transport {
    let headers: [Attempt.Header]
    let body: String

    func send(_ request: TransportRequest) async -> TransportReply {
      TransportReply(
        head: .init(status: 200, headers: headers), body: Array(body.utf8), problem: .connection("reset"),
        firstByte: nil)
    }
  }

  private static let whole = #"{"choices":[{"finish_reason":"stop","message":{"content":"All of it."}}]}"#
  private static let length = [Attempt.Header(name: "Content-Length", value: "900")]

  @Test(
    "an answer that was whole before counts, unless more was announced; half an answer is a failure",
    arguments: [(whole, [], "ok"), (whole, length, "failed"), (String(whole.dropLast(9)), [], "failed")]
      as [(String, [Attempt.Header], String)])
  func broken(body: String, headers: [Attempt.Header], outcome: String) async throws {
    let bench = try Bench()
    let configuration = try bench.configuration(port: 9, probes: 1)
    let store = try CaseStore.resume(
      at: bench.file, configuration: configuration, plan: Plan.items(of: configuration), tool: "test")
    let policy = RetryPolicy(tries: 1, firstDelay: .milliseconds(1))
    _ = try await Runner(
      configuration: configuration, store: store, transport: Breaking(headers: headers, body: body), policy: policy,
      tool: "test"
    ).run()
    try store.close()
    #expect(try bench.outcomes().keys.sorted() == [outcome])
  }
}
