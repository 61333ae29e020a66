import CaseFile
import Cases
import Formats
import Foundation
import Probing
import TestSupport
import Testing

/// Runs against llmock, which fails as providers do and judges its client: nothing may be found, no warning either.
@Suite("Against llmock", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"), .timeLimit(.minutes(3)))
struct LLMockTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  /// As impatient as a test must be: waits are a tenth of what they are in earnest.
  static let policy = RetryPolicy(firstDelay: .milliseconds(100), longestDelay: .seconds(6))

  /// A case of models of one vendor; of one, with the vendor's name, if none are named.
  private func configuration(
    _ vendor: LLMock.Vendor, models names: [String]? = nil, port: Int, probes: Int = 1, concurrency: Int = 4,
    timeout: Duration = .seconds(20), question: String = "Question"
  ) throws -> CaseConfiguration {
    let lines = (0..<probes).map { #"{"id": "p\#($0)", "prompt": "\#(question) \#($0)?"}"# + "\n" }
    let models = (names ?? [vendor.name]).map { name in
      CaseConfiguration.Model(id: ModelID(name), endpoint: vendor.endpoint(port, model: name))
    }
    return CaseConfiguration(
      name: vendor.name, seed: 5, suspect: models[0], candidates: Array(models[1...]), cohort: [],
      probeSets: [try ProbeSet.parse(Array(lines.joined().utf8), file: "open.jsonl")],
      sampling: Sampling(temperature: 1, maxTokens: 64), concurrency: concurrency, timeout: timeout)
  }

  /// What a run of one vendor came to, and the rows that it left.
  private struct Outcome: Sendable {
    let vendor: LLMock.Vendor
    let result: RunResult
    let attempts: Int
    let outcomes: [String: Int]
  }

  /// All vendors at the same time: the faults wait for their models.
  private func run(
    _ vendors: [LLMock.Vendor], policy: RetryPolicy = LLMockTests.policy,
    _ configuration: @escaping @Sendable (LLMock.Vendor) async throws -> CaseConfiguration
  ) async throws -> [Outcome] {
    try await withThrowingTaskGroup(of: Outcome.self) { group in
      for vendor in vendors {
        group.addTask {
          let file = "\(bench.folder)/\(UUID().uuidString).retort"
          let configuration = try await configuration(vendor)
          let result = try await CaseRun.perform(
            configuration, at: file, environment: [:], tool: "test", policy: policy)
          let store = try CaseStore.open(at: file)
          defer { try? store.close() }
          let endpoints = try store.contents().run?.endpoints ?? []
          return Outcome(
            vendor: vendor, result: result, attempts: endpoints.reduce(0) { $0 + $1.attempts },
            outcomes: endpoints.reduce(into: [:]) { $0.merge($1.outcomes, uniquingKeysWith: +) })
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func expectEveryRequestStored(_ outcomes: [Outcome], _ server: LLMock) async throws {
    #expect(try await server.requests().count == outcomes.reduce(0) { $0 + $1.attempts }, "sent and stored differ")
  }

  /// - Parameter ignoring: a code of a finding that llmock cannot know to be wrong.
  private func expectCleanVerdict(_ server: LLMock, ignoring code: String? = nil) async throws {
    let findings = try await server.findings().split(separator: "\n").filter { line in
      code.map { !line.contains(": \($0) ") } ?? true
    }
    #expect(findings == [])
  }

  private static func fail(_ status: Int, retryAfter: Double? = nil) -> [String: JSONValue] {
    ["type": .string("fail"), "status": .integer(status)].merging(
      retryAfter.map { ["retry_after": .number($0)] } ?? [:]
    ) { first, _ in first }
  }

  /// A model for each fault, so that every dialect meets every fault, and no repeated request the fault of another.
  @Test("every fault that passes, of every dialect, whole and streamed: all is answered, and the verdict is clean")
  func passingFaults() async throws {
    let statuses = [408, 409, 500, 502, 503, 504, 529].map { Self.fail($0) }
    let refusals = [Self.fail(429), Self.fail(429, retryAfter: 0.4), Self.fail(503, retryAfter: 1)]
    let late: [String: JSONValue] = ["type": .string("delay"), "seconds": .number(5)]
    let streamFaults = ["disconnect", "truncate", "malformed", "stall"].map { kind -> [String: JSONValue] in
      ["type": .string("stream_fault"), "kind": .string(kind), "after_chunks": .integer(2)].merging(
        kind == "stall" ? ["stall_seconds": .number(5)] : [:]
      ) { first, _ in first }
    }
    try await PythonServer.serving("faults.py") { ports in
      let server = LLMock(port: ports[0])
      let outcomes = try await run(LLMock.vendors) { vendor in
        let faults = statuses + refusals + (vendor.streams ? streamFaults : [late])
        // One more that is no fault: it must not be taken for one.
        let slow: [String: JSONValue] = [
          "type": .string(vendor.streams ? "slow_first_token" : "delay"), "seconds": .number(0.3),
        ]
        let names = (0...faults.count).map { "\(vendor.name)-\($0)" }
        try await server.queue(zip(names, faults + [slow]).map { ($0, $1) })
        return try configuration(vendor, models: names, port: server.port, timeout: .seconds(3))
      }
      for outcome in outcomes {
        let (name, faults) = (outcome.vendor.name, statuses.count + refusals.count + (outcome.vendor.streams ? 4 : 1))
        #expect(outcome.result.stop == .complete && outcome.result.failures == faults, "\(name): \(outcome.result)")
        #expect(outcome.outcomes == ["ok": faults + 1, "failed": faults], "\(name)")
      }
      #expect(try await server.pending().isEmpty, "every fault was met")
      // It counts a stream with a broken event as complete, so that it does not see that the request was repeated. It
      // was: each fault is a failure above, and all is answered.
      try await expectCleanVerdict(server, ignoring: "malformed_chunk_ignored")
      try await expectEveryRequestStored(outcomes, server)
    }
  }

  /// A model for each status, so that no repeated request meets the fault of another.
  @Test("every status of an error, once: what can pass is asked again, what cannot is not")
  func statuses() async throws {
    try await PythonServer.serving("faults.py") { ports in
      let server = LLMock(port: ports[0])
      // 401, 402 and 403 end a run or an endpoint: below.
      let statuses = (400...599).filter { !(401...403).contains($0) }
      let later: Set = [408, 409, 420, 421, 423, 424, 425, 429, 498, 499]
      let passing = Set(statuses.filter { later.contains($0) || ($0 >= 500 && $0 != 501 && $0 != 505) })
      let outcomes = try await run(LLMock.formats, policy: RetryPolicy(firstDelay: .milliseconds(10))) { vendor in
        let name = { (status: Int) in "\(vendor.name)-\(status)" }
        try await server.queue(statuses.map { (name($0), Self.fail($0)) })
        return try configuration(vendor, models: statuses.map(name), port: server.port, concurrency: 8)
      }
      for outcome in outcomes {
        guard case .couldNotMeasure(let troubles) = outcome.result.stop else {
          Issue.record("\(outcome.vendor.name): \(outcome.result.stop)")
          continue
        }
        let failed = Set(troubles.compactMap { $0.model.rawValue.split(separator: "-").last.flatMap { Int($0) } })
        #expect(failed == Set(statuses).subtracting(passing), "\(outcome.vendor.name)")
        #expect(outcome.result.answered == passing.count && outcome.result.failures == statuses.count)
      }
      try await expectCleanVerdict(server)
    }
  }

  @Test("a refused key or an empty account ends with the first answer", arguments: [401, 402, 403])
  func stops(status: Int) async throws {
    try await PythonServer.serving("faults.py") { ports in
      let server = LLMock(port: ports[0])
      let outcomes = try await run(LLMock.formats) { vendor in
        try await server.queue([Self.fail(status)], for: vendor.name, forever: true)
        return try configuration(vendor, port: server.port, probes: 6, concurrency: 1)
      }
      for outcome in outcomes {
        #expect(outcome.result.attempts == 1 && outcome.result.answered == 0, "\(outcome.vendor.name)")
        switch outcome.result.stop {
        case .authentication: #expect(status != 402)
        case .couldNotMeasure(let troubles): #expect(status == 402 && troubles.map(\.reason) == [.exhausted])
        default: Issue.record("\(outcome.vendor.name): \(outcome.result.stop)")
        }
      }
      try await expectCleanVerdict(server)
    }
  }

  @Test("an endpoint that stays down or throttled is asked again, a bounded number of times", arguments: [503, 429])
  func outage(status: Int) async throws {
    try await PythonServer.serving("faults.py") { ports in
      let server = LLMock(port: ports[0])
      let policy = RetryPolicy(firstDelay: .milliseconds(60), longestDelay: .milliseconds(480))
      let outcomes = try await run(LLMock.formats, policy: policy) { vendor in
        try await server.queue([Self.fail(status)], for: vendor.name, forever: true)
        return try configuration(vendor, port: server.port, probes: status == 429 ? 2 : 12)
      }
      for outcome in outcomes {
        guard case .couldNotMeasure = outcome.result.stop else {
          Issue.record("\(outcome.vendor.name): \(outcome.result.stop)")
          continue
        }
        #expect(outcome.result.answered == 0)
        #expect((status == 429 ? 3...20 : 8...60).contains(outcome.attempts), "\(outcome.vendor.name)")
      }
      // After a refusal fewer requests go out at once: of two, one may still wait for its turn when the endpoint is given up.
      try await expectCleanVerdict(server, ignoring: status == 429 ? "gave_up" : nil)
      try await expectEveryRequestStored(outcomes, server)
    }
  }

  @Test("a real quota of requests is kept to: no wait is cut short, and everything is answered")
  func quota() async throws {
    try await PythonServer.serving("faults.py", ["rpm=60"]) { ports in
      let server = LLMock(port: ports[0])
      let vendors = LLMock.vendors.filter { ["openai", "groq", "anthropic-stream", "gemini"].contains($0.name) }
      // llmock announces when its bucket is full again: no need to wait for that, a refusal says how long to wait.
      let outcomes = try await run(vendors, policy: RetryPolicy(longestWait: .seconds(3))) { vendor in
        try configuration(vendor, port: server.port, probes: 64, concurrency: 8)
      }
      for outcome in outcomes {
        #expect(outcome.result.stop == .complete && outcome.result.answered == 64, "\(outcome.vendor.name)")
      }
      try await expectCleanVerdict(server)
      try await expectEveryRequestStored(outcomes, server)
    }
  }

  @Test("a prompt that is too long for the model is not asked twice")
  func contextWindow() async throws {
    try await PythonServer.serving("faults.py", ["context_window=60"]) { ports in
      let server = LLMock(port: ports[0])
      let long = String(repeating: "A word and another. ", count: 40)
      let outcomes = try await run(LLMock.vendors) { vendor in
        try configuration(vendor, port: server.port, probes: 3, question: long)
      }
      for outcome in outcomes {
        #expect(outcome.result.attempts == 3 && outcome.result.answered == 0, "\(outcome.vendor.name)")
      }
      try await expectCleanVerdict(server)
    }
  }

  @Test("cut, withheld and wordless answers are outcomes, not failures")
  func outcomes() async throws {
    try await PythonServer.serving("faults.py") { ports in
      let server = LLMock(port: ports[0])
      func reply(_ text: String?, _ finish: String?, tools: Bool = false) -> [String: JSONValue] {
        JSONValue.compact([
          "type": .string("reply"), "text": JSONValue(text), "finish_reason": JSONValue(finish),
          "tool_calls": tools ? .array([.object(["name": .string("f"), "arguments": .object([:])])]) : .null,
        ]).object ?? [:]
      }
      let replies = [
        reply("Half an ans", "length"), reply("", nil), reply(nil, nil, tools: true), reply("Whole.", "stop"),
        reply("Withheld.", "content_filter"),
      ]
      let outcomes = try await run(LLMock.formats) { vendor in
        try await server.queue(replies, for: vendor.name)
        // Retort offers no tools: that one is broken changes nothing.
        try await server.queue([["type": .string("tool_fault"), "kind": .string("unknown_tool")]], for: vendor.name)
        return try configuration(vendor, port: server.port, probes: replies.count, concurrency: 1)
      }
      for outcome in outcomes {
        #expect(outcome.result.stop == .complete && outcome.result.failures == 0, "\(outcome.vendor.name)")
        // A call of a tool is said without words, and no empty answer.
        // Each format has its own word for a withheld answer; llmock's Responses have none, and give it whole.
        let format = outcome.vendor.name.split(separator: "-")[0]
        let withheld = ["anthropic": "refused", "responses": "ok"][format] ?? "filtered"
        let expected = ["truncated": 1, "empty": 1, "ok": 2].merging([withheld: 1], uniquingKeysWith: +)
        #expect(outcome.outcomes == expected, "\(outcome.vendor.name)")
      }
      try await expectCleanVerdict(server)
    }
  }
}
