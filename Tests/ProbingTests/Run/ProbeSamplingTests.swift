import Cases
import Formats
import Probing
import Testing

@Suite("A probe's own sampling")
struct ProbeSamplingTests {
  @Test("a probe's temperature and length go over the wire; other probes get the case's")
  func wire() async throws {
    let bench = try Bench()
    let lines =
      #"{"id":"own","prompt":"X","temperature":0,"max_tokens":3}"# + "\n" + #"{"id":"case","prompt":"Y"}"# + "\n"
    try await FaultServer.run(answering: { _ in .answer() }) { port, log in
      let usual = try bench.configuration(port: port)
      let configuration = CaseConfiguration(
        name: "x", seed: 1, suspect: usual.suspect, candidates: usual.candidates, cohort: usual.cohort,
        probeSets: [try ProbeSet.parse(Array(lines.utf8), file: "x")],
        sampling: Sampling(temperature: 0.75, topP: 0.9, maxTokens: 20))
      #expect(try await bench.run(configuration).stop == .complete)
      let sent = log.requests.compactMap { JSONValue(parsing: Array($0.body)) }
      #expect(sent.count == 12)
      for request in sent {
        let isOwn = request["messages"]?.array?.last?["content"]?.string == "X"
        #expect(request["temperature"]?.number == (isOwn ? 0 : 0.75))
        #expect(request["max_tokens"]?.integer == (isOwn ? 3 : 20) && request["top_p"]?.number == 0.9)
      }
    }
  }
}
