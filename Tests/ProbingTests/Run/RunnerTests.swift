import AsyncHTTPClient
import CaseFile
import Cases
import Foundation
import Probing
import Synchronization
import Testing

/// Runs against real servers on this machine, with the faults that servers have.
@Suite(.timeLimit(.minutes(2)))
struct RunnerTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  @Test("every planned item is asked once, with all parameters sent, and answered")
  func complete() async throws {
    try await FaultServer.run(answering: { _ in .answer() }) { port, log in
      let configuration = try bench.configuration(port: port, samples: 2, logprobs: true)
      let last = Mutex<RunProgress?>(nil)
      let result = try await bench.run(configuration) { progress in last.withLock { $0 = progress } }
      #expect(result.stop == .complete)
      #expect(result.planned == 48 && result.answered == 48 && result.attempts == 48 && result.tokens == 48 * 8)
      #expect(last.withLock { $0 }?.answered == 48)
      #expect(log.requests.count == 48)
      #expect(try bench.outcomes() == ["ok": 48])
      for request in log.requests {
        #expect(
          Set(request.json.keys) == [
            "model", "messages", "temperature", "top_p", "max_tokens", "n", "seed", "stream", "logprobs",
            "top_logprobs",
          ])
        #expect(request.json["temperature"] as? Double == 1 && request.json["max_tokens"] as? Int == 20)
        #expect(request.authorization == nil)
      }
      #expect(Set(log.requests.map { $0.json["seed"] as? Int ?? 0 }).count == 48, "no seed twice")

      let again = try await bench.run(configuration)
      #expect(
        again.stop == .complete && again.attempts == 0 && log.requests.count == 48, "a complete case is left alone")
    }
  }

  @Test("429 with Retry-After is waited for and asked again; both attempts are stored")
  func throttled() async throws {
    try await FaultServer.run(
      answering: { $0.number == 0 ? .error(429, headers: ["Retry-After": "1"]) : .answer() }
    ) { port, log in
      let result = try await bench.run(try bench.configuration(port: port, concurrency: 1))
      #expect(result.stop == .complete && result.failures == 1)
      #expect(log.requests[1].arrived - log.requests[0].arrived >= .seconds(1))
      #expect(try bench.outcomes() == ["ok": 24, "failed": 1])
    }
  }

  @Test("a server that asks to wait for hours is left alone, and the others are finished")
  func asksToWait() async throws {
    try await FaultServer.run(
      answering: { $0.model == "a" ? .error(429, headers: ["Retry-After": "36000"]) : .answer() }
    ) { port, _ in
      let result = try await bench.run(try bench.configuration(port: port))
      guard case .couldNotMeasure(let troubles) = result.stop else {
        Issue.record("\(result.stop)")
        return
      }
      #expect(troubles.map(\.model) == [ModelID("a")])
      #expect(troubles.first?.reason == .asksToWait(.seconds(36_000)) && troubles.first?.missing == 4)
      #expect(result.answered == 20)
    }
  }

  @Test(
    "a fault that passes is asked again until there is an answer",
    arguments: [
      FaultServer.Reply.error(500), .error(503), .error(408), FaultServer.Reply(body: #"{"choices": [{"#),
      FaultServer.Reply(body: "<html>Bad gateway</html>"), FaultServer.Reply(body: "{}"),
      FaultServer.Reply(body: #"{"choices":[{"message":{"content":"half"},"finish_reason":null}]}"#),
      FaultServer.Reply(body: #"{"error":{"code":502,"message":"upstream"}}"#),
      FaultServer.Reply(body: #"{"choices":[{"finish_reason":"stop","message":{"content":"cut"}}]}"#, cut: true),
      FaultServer.Reply(body: "", delay: .seconds(3)),
    ])
  func passingFault(fault: FaultServer.Reply) async throws {
    try await FaultServer.run(answering: { $0.number == 2 ? fault : .answer() }) { port, log in
      let result = try await bench.run(try bench.configuration(port: port, timeout: .seconds(1)))
      #expect(result.stop == .complete && result.failures == 1)
      #expect(log.requests.count == 25)
      #expect(try bench.outcomes() == ["ok": 24, "failed": 1])
    }
  }

  @Test("a refused key stops all that have it at once", arguments: [401, 403])
  func unauthorized(status: Int) async throws {
    try await FaultServer.run(
      answering: { $0.number == 3 ? .error(status, "Incorrect API key") : .answer() }
    ) { port, log in
      let result = try await bench.run(try bench.configuration(port: port, concurrency: 1))
      guard case .authentication(_, "http://127.0.0.1:\(port)", let detail) = result.stop else {
        Issue.record("\(result.stop)")
        return
      }
      #expect(detail.contains("Incorrect API key"))
      #expect(log.requests.count == 4 && result.answered == 3)
      let resumed = try await bench.run(try bench.configuration(port: port, concurrency: 1))
      #expect(resumed.stop == .complete && resumed.answered == 24)
    }
  }

  @Test("a refused key stops its own host, and nothing else")
  func unauthorizedElsewhere() async throws {
    try await FaultServer.run(answering: { _ in .error(401, "Incorrect API key") }) { refusing, refused in
      try await FaultServer.run(answering: { _ in .answer() }) { port, _ in
        let result = try await bench.run(try bench.configuration(port: port, ports: ["b": refusing], concurrency: 1))
        guard case .authentication(ModelID("b"), "http://127.0.0.1:\(refusing)", _) = result.stop else {
          Issue.record("\(result.stop)")
          return
        }
        #expect(refused.requests.count == 1 && result.answered == 20 && result.planned == 24)
      }
    }
  }

  @Test("an endpoint that is down is given up; the others are finished; once it is up, the run goes on")
  func refused() async throws {
    let policy = RetryPolicy(tries: 4, firstDelay: .milliseconds(1), identicalFailures: 6)
    // A port that was free a moment ago, and is closed again.
    let closed = try await FaultServer.run(answering: { _ in .answer() }) { port, _ in port }
    try await FaultServer.run(answering: { _ in .answer() }) { port, log in
      let configuration = try bench.configuration(port: port, ports: ["b": closed])
      let result = try await bench.run(configuration, policy: policy)
      guard case .couldNotMeasure(let troubles) = result.stop, let trouble = troubles.first else {
        Issue.record("\(result.stop)")
        return
      }
      #expect(troubles.count == 1 && trouble.model == ModelID("b") && trouble.missing == 4)
      guard case .sameFailure(.transient, let times) = trouble.reason else {
        Issue.record("\(trouble)")
        return
      }
      // The first of 4 items that has had its 4 tries ends it.
      #expect((6...16).contains(times))
      #expect(result.answered == 20 && log.requests.count == 20)
    }
  }

  @Test("an outage that passes is waited for with the requests that met it; no more are sent into it")
  func passingOutage() async throws {
    let policy = RetryPolicy(firstDelay: .milliseconds(50), longestDelay: .seconds(2), identicalFailures: 8)
    // It lasts from the first request that meets it, however long that took to come.
    let began = Mutex<Duration?>(nil)
    let isDown = { @Sendable (request: FaultServer.Request) -> Bool in
      guard request.model == "b" else { return false }
      return began.withLock { first in
        let start = first ?? request.arrived
        first = start
        return request.arrived - start < .milliseconds(300)
      }
    }
    try await FaultServer.run(answering: { isDown($0) ? .error(503) : .answer() }) { port, log in
      let result = try await bench.run(try bench.configuration(port: port, probes: 40), policy: policy)
      #expect(result.stop == .complete && result.answered == 240)
      let items = Set(log.requests.filter(isDown).map(\.body))
      // Four were in flight when it began, and one more may be before two have failed.
      #expect((1...6).contains(items.count) && result.failures >= items.count, "\(items.count) items")
    }
  }

  @Test("a response that stalls in its middle ends with the time of the attempt")
  func stalledBody() async throws {
    try await FaultServer.run(
      answering: { request in
        var reply = FaultServer.Reply.answer()
        reply.stall = request.number == 0 ? .seconds(30) : .zero
        return reply
      }
    ) { port, log in
      let clock = ContinuousClock()
      let time = try await clock.measure {
        let result = try await bench.run(try bench.configuration(port: port, timeout: .seconds(1)))
        #expect(result.stop == .complete && result.failures == 1)
      }
      #expect(time < .seconds(20))
      #expect(try bench.outcomes() == ["ok": 24, "failed": 1])
    }
  }

  @Test("an item that fails for ever is given up after its tries; the rest is answered")
  func deterministicFailure() async throws {
    try await FaultServer.run(
      answering: {
        $0.model == "c" && String(decoding: $0.body, as: UTF8.self).contains("Question 2") ? .error(500) : .answer()
      }
    ) { port, log in
      let result = try await bench.run(try bench.configuration(port: port))
      guard case .couldNotMeasure(let troubles) = result.stop else {
        Issue.record("\(result.stop)")
        return
      }
      #expect(troubles.map(\.reason) == [.itemsFailed] && troubles.map(\.missing) == [1])
      #expect(log.requests.count == 23 + 5)
    }
  }

  @Test("a request that is wrong is never repeated")
  func wrongRequest() async throws {
    try await FaultServer.run(answering: { $0.model == "t" ? .error(400, "unknown model") : .answer() }) { port, log in
      let result = try await bench.run(try bench.configuration(port: port))
      #expect(result.answered == 20 && log.requests.count == 24)
      guard case .couldNotMeasure(let troubles) = result.stop else {
        Issue.record("\(result.stop)")
        return
      }
      #expect(troubles.map(\.model) == [ModelID("t")])
      #expect(troubles.first?.detail.contains("unknown model") == true)
    }
  }

  @Test("what an endpoint was given up for is quoted, not what requests that were in flight said afterwards")
  func quoted() async throws {
    let first = Mutex(true)
    try await FaultServer.run(
      answering: { request in
        guard request.model == "t" else { return .answer() }
        let isFirst = first.withLock { known in
          defer { known = false }
          return known
        }
        var reply = FaultServer.Reply.error(422, "extra fields not permitted")
        reply.delay = .seconds(1)
        return isFirst ? .error(402, "Insufficient balance") : reply
      }
    ) { port, log in
      let result = try await bench.run(try bench.configuration(port: port, concurrency: 24))
      guard case .couldNotMeasure(let troubles) = result.stop, let trouble = troubles.first else {
        Issue.record("\(result.stop)")
        return
      }
      #expect(log.requests.filter { $0.model == "t" }.count > 1, "some were in flight")
      #expect(trouble.reason == .exhausted && trouble.missing == 4)
      #expect(trouble.detail.contains("Insufficient balance"))
    }
  }

  @Test("a redirect is not followed: it would carry the key elsewhere")
  func redirect() async throws {
    try await FaultServer.run(answering: { _ in .answer() }) { elsewhere, strangers in
      try await FaultServer.run(
        answering: { _ in
          FaultServer.Reply(
            status: 307, headers: ["Location": "http://127.0.0.1:\(elsewhere)/v1/chat/completions"], body: "")
        }
      ) { port, _ in
        let result = try await bench.run(
          try bench.configuration(port: port, key: .environment("K")), environment: ["K": "secret-1"])
        #expect(result.answered == 0)
        #expect(strangers.requests.isEmpty)
      }
    }
  }

  @Test("no call is sent beyond the budget of calls; a larger one goes on")
  func calls() async throws {
    try await FaultServer.run(answering: { _ in .answer() }) { port, log in
      let result = try await bench.run(try bench.configuration(port: port, budget: Budget(maxCalls: 10)))
      #expect(result.stop == .budget(.calls(10)) && log.requests.count == 10 && result.answered == 10)
      let none = try await bench.run(try bench.configuration(port: port, budget: Budget(maxCalls: 10)))
      #expect(none.stop == .budget(.calls(10)) && log.requests.count == 10)
      let rest = try await bench.run(try bench.configuration(port: port, budget: Budget(maxCalls: 24)))
      #expect(rest.stop == .complete && log.requests.count == 24)
    }
  }

  @Test("tokens are reserved before a call: the budget holds even if every answer is as long as it may be")
  func tokens() async throws {
    try await FaultServer.run(answering: { _ in .answer() }) { port, log in
      let result = try await bench.run(try bench.configuration(port: port, budget: Budget(maxTokens: 100)))
      #expect(result.stop == .budget(.tokens(100)))
      // A call may take 64: a token for each of 20 bytes, 24 for the template, 20 for the answer. 5 answers take 40.
      #expect(result.tokens == 8 * result.answered && result.answered == 5)
      #expect(log.requests.count == result.answered)
    }
  }

  @Test("no call is sent after the time of the budget")
  func time() async throws {
    try await FaultServer.run(
      answering: { _ in
        var reply = FaultServer.Reply.answer(); reply.delay = .milliseconds(100); return reply
      }
    ) { port, log in
      let result = try await bench.run(
        try bench.configuration(port: port, budget: Budget(maxTime: .milliseconds(350)), concurrency: 1))
      #expect(result.stop == .budget(.time(.milliseconds(350))))
      #expect((1...4).contains(result.answered) && log.requests.count == result.answered)
    }
  }

  @Test("cancelling finishes what is in flight; running again answers each item exactly once")
  func interrupted() async throws {
    try await FaultServer.run(
      answering: { _ in
        var reply = FaultServer.Reply.answer(); reply.delay = .milliseconds(30); return reply
      }
    ) { port, log in
      let configuration = try bench.configuration(port: port, probes: 10)
      let (answers, answer) = AsyncStream.makeStream(of: Int.self)
      let task = Task { try await bench.run(configuration) { answer.yield($0.answered) } }
      for await count in answers where count >= 10 { break }
      task.cancel()
      let first = try await task.value
      #expect(first.stop == .interrupted)
      #expect(first.answered < 60 && first.answered == log.requests.count, "nothing in flight was lost")
      #expect(try bench.answered() == first.answered)
      let second = try await bench.run(configuration)
      #expect(second.stop == .complete && second.answered == 60 && log.requests.count == 60)
      let transcripts = try bench.contents().transcripts
      for model in Bench.models {
        #expect(Set(transcripts[ModelID(model)]?.responses.map(\.prompt.rawValue) ?? []).count == 10)
      }
      #expect(try bench.outcomes() == ["ok": 60])
    }
  }

  @Test("endpoints are interleaved: a run that is cut short has asked all of them about equally much")
  func interleaved() throws {
    let configuration = try bench.configuration(port: 1, probes: 30)
    let plan = Plan.items(of: configuration)
    #expect(plan == Plan.items(of: configuration))
    #expect(plan.map(\.order) == Array(0..<180))
    for cut in stride(from: 6, through: 180, by: 7) {
      let counts = Dictionary(grouping: plan.prefix(cut), by: \.model).mapValues(\.count)
      let low = Bench.models.map { counts[ModelID($0)] ?? 0 }.min() ?? 0
      #expect((counts.values.max() ?? 0) - low <= 1)
    }
    #expect(Set(plan.map(\.requestSeed)).count == 180)
    #expect(Set((0..<30).map { plan[6 * $0].model }).count > 1, "the order of models varies")
  }

  @Test("an estimate counts calls exactly and touches no network")
  func estimate() throws {
    let configuration = try bench.configuration(port: 1, samples: 3)
    let estimate = try Estimate(of: Plan.items(of: configuration), configuration: configuration)
    #expect(estimate.calls == 72)
    #expect(estimate.hosts.mapValues(\.calls) == ["http://127.0.0.1:1": 72])
    #expect(estimate.tokens.expected - estimate.tokens.low == 72 * 10)
    // "Question 0?" and "Be brief." have 20 bytes: no tokenizer makes more than 20 tokens of them.
    #expect(estimate.tokens.worst == 72 * (24 + 20 + 20))
    #expect(estimate.cost == nil, "an unknown price is not nothing")
  }

  @Test("another configuration is refused before anything is asked")
  func otherConfiguration() async throws {
    try await FaultServer.run(answering: { _ in .answer() }) { port, log in
      _ = try await bench.run(try bench.configuration(port: port, budget: Budget(maxCalls: 2)))
      await #expect(throws: CaseFileError.self) {
        try await bench.run(try bench.configuration(port: port, samples: 2))
      }
      #expect(log.requests.count == 2)
    }
  }
}
