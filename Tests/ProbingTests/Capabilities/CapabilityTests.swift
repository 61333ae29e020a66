import CaseFile
import Cases
import EndpointKeys
import Formats
import Foundation
import Probing
import Synchronization
import Testing

/// Checks of endpoints that obey, and of endpoints that only seem to.
@Suite(.timeLimit(.minutes(2)))
struct CapabilityTests {
  /// A server with habits of its own.
  private struct Server: Sendable {
    var obeysSeed = true
    var obeysTemperature = true
    var obeysLength = true
    var hasLogprobs = true
    var refusesUnknown = false
    var streams = true

    func reply(_ request: FaultServer.Request) -> FaultServer.Reply {
      let json = request.json
      if refusesUnknown, json["retort_unknown_field"] != nil { return .error(400, "unknown field") }
      let temperature = json["temperature"] as? Double ?? 1
      let seed = json["seed"] as? Int ?? 0
      let drawn = obeysSeed ? "word\(seed) b c d" : "word\(request.number) b c d"
      let text = temperature == 0 && obeysTemperature ? "cold b c d" : drawn
      let limit = json["max_tokens"] as? Int ?? 100
      let words = text.split(separator: " ").prefix(obeysLength ? limit : 100)
      let logprobs =
        json["logprobs"] as? Bool == true && hasLogprobs
        ? #","logprobs":{"content":[{"token":"a","id":1,"bytes":[97],"logprob":-0.5,"top_logprobs":[{"token":"a","logprob":-0.5}]}]}"#
        : ""
      let answer = words.joined(separator: " ")
      let choices = (0..<(json["n"] as? Int ?? 1)).map {
        #"{"index":\#($0),"finish_reason":"stop","message":{"content":"\#(answer)"}\#(logprobs)}"#
      }
      if json["stream"] as? Bool == true, streams {
        return FaultServer.Reply(
          body:
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(answer)\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
        )
      }
      return FaultServer.Reply(
        body:
          #"{"model":"d","choices":[\#(choices.joined(separator: ","))],"usage":{"prompt_tokens":5,"completion_tokens":\#(words.count)}}"#
      )
    }
  }

  private func check(_ server: Server, dialect: Endpoint.DialectName = .openAIChat) async throws -> CapabilityCheck {
    try await FaultServer.run(answering: { server.reply($0) }) { port, _ in
      let model = CaseConfiguration.Model(
        id: ModelID("m"), endpoint: Endpoint(url: "http://127.0.0.1:\(port)/v1", model: "m", dialect: dialect))
      let transport = HTTPTransport(connections: 1)
      let check = await CapabilityProbe(
        model, sampling: Sampling(), transport: transport, keys: KeyRing(), timeout: .seconds(5)
      ).run()
      await transport.shutdown()
      return check
    }
  }

  private func standings(_ check: CapabilityCheck) -> [CapabilityFinding.Aspect: CapabilityFinding.Standing] {
    Dictionary(firstOf: check.findings.map { ($0.aspect, $0.standing) })
  }

  @Test("an endpoint that obeys is seen to")
  func obeys() async throws {
    let check = try await check(Server())
    let found = standings(check)
    for aspect in [
      CapabilityFinding.Aspect.answers, .maxTokens, .temperature, .seed, .several, .logprobs, .stream, .usage,
    ] {
      #expect(found[aspect] == .obeyed, "\(aspect)")
    }
    #expect(found[.unknownField] == .ignored && found[.promptLogprobs] == .notOffered)
    #expect(found[.tokenizer] == .notOffered, "a server without /tokenize")
    #expect(check.exchanges.count <= CapabilityProbe.maximumCalls)
  }

  @Test("what an endpoint ignores in silence is seen, one thing at a time")
  func ignores() async throws {
    #expect(try await standings(check(Server(obeysSeed: false)))[.seed] == .ignored)
    #expect(try await standings(check(Server(obeysTemperature: false)))[.temperature] == .ignored)
    #expect(try await standings(check(Server(obeysLength: false)))[.maxTokens] == .ignored)
    #expect(try await standings(check(Server(hasLogprobs: false)))[.logprobs] == .ignored)
    #expect(try await standings(check(Server(streams: false)))[.stream] == .ignored)
    #expect(try await standings(check(Server(refusesUnknown: true)))[.unknownField] == .refused)
  }

  @Test("an endpoint that refuses its key, or that is down, is asked once and named")
  func silent() async throws {
    let (refused, calls) = try await FaultServer.run(answering: { _ in .error(401, "bad key") }) { port, log in
      let transport = HTTPTransport(connections: 1)
      let check = await CapabilityProbe(
        CaseConfiguration.Model(id: ModelID("m"), endpoint: Endpoint(url: "http://127.0.0.1:\(port)/v1", model: "m")),
        sampling: Sampling(), transport: transport, keys: KeyRing(), timeout: .seconds(5)
      ).run()
      await transport.shutdown()
      return (check, log.requests.count)
    }
    #expect(calls == 1 && refused.findings.count == 1)
    #expect(refused.findings[0].standing == .refused && refused.findings[0].observed.contains("the key is refused"))
  }

  @Test("a run checks each endpoint once, stores it, counts it, and does not do it again")
  func run() async throws {
    let bench = try Bench()
    let server = Server()
    try await FaultServer.run(answering: { server.reply($0) }) { port, log in
      let checks = 6 * CapabilityProbe.maximumCalls
      func perform(_ configuration: CaseConfiguration) async throws -> RunResult {
        try await CaseRun.perform(
          configuration, at: bench.file, environment: [:], tool: "test", policy: Bench.impatient, checks: true)
      }
      let first = try await perform(try bench.configuration(port: port, budget: Budget(maxCalls: checks)))
      #expect(first.stop == .budget(.calls(checks)))
      let sent = log.requests.count
      #expect(sent > 6 * 8)
      let store = try CaseStore.open(at: bench.file)
      #expect(try store.spent().calls == sent + 6, "the tokenizer's path is another")
      #expect(try store.capabilities().count == 6)
      try store.close()
      let findings = try bench.contents().run?.endpoints.first?.capabilities ?? []
      #expect(findings.contains { $0.aspect == .seed && $0.standing == .obeyed })
      let second = try await perform(try bench.configuration(port: port, budget: Budget(maxCalls: 500)))
      #expect(second.stop == .complete)
      #expect(log.requests.count == sent + second.attempts, "nothing but what is left of the plan")
    }
  }

  @Test("an endpoint that did not answer is checked again, and one that did a day later")
  func due() async throws {
    let bench = try Bench()
    let up = Mutex(false)
    let day = Mutex(0.0)
    let clock = RunClock(
      now: RunClock.system.now, utc: { Date(timeIntervalSince1970: 1_800_000_000 + day.withLock { $0 }) },
      sleep: RunClock.system.sleep)
    try await FaultServer.run(
      answering: { up.withLock { $0 } ? Server().reply($0) : .error(400, "loading") }
    ) { port, _ in
      func run(calls: Int) async throws -> (answering: Int, calls: Int) {
        _ = try await CaseRun.perform(
          try bench.configuration(port: port, budget: Budget(maxCalls: calls)), at: bench.file, environment: [:],
          tool: "test", policy: Bench.impatient, clock: clock, checks: true)
        let store = try CaseStore.open(at: bench.file)
        defer { try? store.close() }
        return (try store.capabilities().values.count { $0.isOfAnswering }, try store.spent().calls)
      }
      let round = 6 * CapabilityProbe.maximumCalls
      let down = try await run(calls: round)
      #expect(down.answering == 0 && down.calls == 6 + 24, "one question of each check, and each probe in vain")
      up.withLock { $0 = true }
      // Budgets that end with the checks leave every probe unanswered.
      let first = try await run(calls: down.calls + round)
      #expect(first.answering == 6 && first.calls == down.calls + round)
      day.withLock { $0 = 90_000 }
      let later = try await run(calls: first.calls + round)
      #expect(later.calls == first.calls + round, "a day later: checked again")
      let within = try await run(calls: later.calls + round)
      #expect(within.calls == later.calls + 24, "within the day: the probes, and no check")
    }
  }

  @Test("a budget without room for checks is kept for answers")
  func tightBudget() async throws {
    let bench = try Bench()
    try await FaultServer.run(answering: { Server().reply($0) }) { port, log in
      let configuration = try bench.configuration(port: port, budget: Budget(maxCalls: 24))
      let result = try await CaseRun.perform(
        configuration, at: bench.file, environment: [:], tool: "test", policy: Bench.impatient, checks: true)
      #expect(result.stop == .complete && log.requests.count == 24)
    }
  }
}
