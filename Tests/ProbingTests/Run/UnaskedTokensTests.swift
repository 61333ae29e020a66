import CaseFile
import Cases
import Probing
import Testing

/// An endpoint that sends log-probabilities whether somebody asked for them or not.
@Suite("Tokens that nobody asked for", .timeLimit(.minutes(2)))
struct UnaskedTokensTests {
  private static let reply = FaultServer.Reply(
    body: """
      {"choices":[{"index":0,"finish_reason":"stop","message":{"content":"Yes."},"logprobs":{"content":[
      {"token":"Yes","logprob":-0.5,"top_logprobs":[{"token":"Yes","logprob":-0.5}]},{"token":".","logprob":-0.25}]}}]}
      """)

  @Test("they are not stored with the answer, but in the response as it came", arguments: [false, true])
  func stored(asked: Bool) async throws {
    let bench = try Bench()
    let result = try await FaultServer.run(answering: { _ in Self.reply }) { port, _ in
      try await bench.run(try bench.configuration(port: port, probes: 1, logprobs: asked))
    }
    #expect(result.stop == .complete && result.answered == 6)
    let store = try CaseStore.open(at: bench.file)
    defer { try? store.close() }
    for number in 1...6 {
      let attempt = try #require(try store.attempt(number))
      #expect(attempt.answer?.text == "Yes.")
      #expect(attempt.answer?.tokens?.map(\.token) == (asked ? ["Yes", "."] : nil))
      #expect(attempt.response == Array(Self.reply.body.utf8))
    }
    let read = try store.contents().transcripts.values.flatMap(\.responses)
    #expect(read.count == 6 && read.allSatisfy { ($0.tokens != nil) == asked })
  }
}
