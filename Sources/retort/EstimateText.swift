import CaseFile
import Cases
import Formats
import Foundation
import Probing

/// What a dry run prints.
struct EstimateText {
  let configuration: CaseConfiguration
  let estimate: Estimate
  /// Answers that the case file holds.
  let answered: Int
  /// The most requests that go before the probes, to see what endpoints obey.
  let checkCalls: Int

  /// - Parameter file: the case file; where it exists, only what is left is counted, and its answers tell how long
  ///   others may be.
  /// - Throws: `ProbingError` where a limit of cost cannot be kept; `FileError` for a file that cannot be read.
  init(_ configuration: CaseConfiguration, file: String, checks: Bool = false) throws {
    self.configuration = configuration
    func checkCalls(_ known: [ModelID: StoredCapabilities]) -> Int {
      guard checks else { return 0 }
      return CheckRound.due(configuration.models, known: known, now: Date()).count * CapabilityProbe.mostCalls
    }
    let plan = Plan.items(of: configuration)
    guard FileBytes.exists(file) else {
      estimate = try Estimate(of: plan, configuration: configuration)
      answered = 0
      self.checkCalls = checkCalls([:])
      return
    }
    let store = try CaseStore.open(at: file)
    defer { try? store.close() }
    guard try store.plan() == plan else {
      Talk.say("\(file) holds the answers to another configuration: a run would be refused")
      estimate = try Estimate(of: plan, configuration: configuration)
      answered = 0
      self.checkCalls = checkCalls([:])
      return
    }
    let left = try store.remaining()
    let share = Estimate.answerShare(of: try store.spending(), configuration: configuration)
    estimate = try Estimate(of: left, configuration: configuration, answerShare: share ?? 0.5)
    answered = plan.count - left.count
    self.checkCalls = checkCalls(try store.capabilities())
  }

  var lines: [String] {
    let models = configuration.models.count
    return [
      "\(estimate.calls) calls: \(configuration.probes.count) probes to \(models) endpoints"
        + (answered > 0 ? ", \(answered) answers are there" : "")
    ] + (checkCalls > 0 ? ["up to \(checkCalls) short calls before them, to see what the endpoints obey"] : []) + [
      "\(Self.words(estimate.tokens)) if answers reach \(share) of their limit",
      "cost: \(Self.cost(estimate.cost?.range, estimate.cost?.currency))",
    ]
      + estimate.hosts.sorted { $0.key < $1.key }.map { host, share in
        "\(share.calls) calls to \(host): \(Self.words(share.tokens)); cost: \(Self.cost(share.cost, share.currency))"
      } + limits
  }

  private var share: String {
    answered > 0 ? "\(Int((estimate.answerShare * 100).rounded())) %, as those before," : "half"
  }

  private static func words(_ tokens: Estimate.Range<Int>) -> String {
    "\(tokens.low) to \(tokens.worst) tokens, about \(tokens.expected)"
  }

  private static func cost(_ range: Estimate.Range<Cost>?, _ currency: String?) -> String {
    guard let range, let currency else { return "unknown (give prices with --prices FILE)" }
    return "\(range.low.text) to \(range.worst.text) \(currency), about \(range.expected.text)"
  }

  private var limits: [String] {
    let budget = configuration.budget
    return [
      budget.maxCalls.map { "budget: \($0) calls" }, budget.maxTokens.map { "budget: \($0) tokens" },
      budget.maxCost.map { "budget: \($0.text) \(estimate.cost?.currency ?? "")" },
      budget.maxTime.map { "budget: \(DurationText.words($0))" },
    ].compactMap(\.self)
  }

  var document: JSONValue {
    .compact([
      "schema": .string("retort.estimate/1"), "tool": .string(Version.tool), "name": .string(configuration.name),
      "calls": .integer(estimate.calls), "answered": .integer(answered), "check_calls": .integer(checkCalls),
      "answer_share": .number(estimate.answerShare), "probes": .integer(configuration.probes.count),
      "endpoints": .integer(configuration.models.count), "tokens": Self.json(estimate.tokens, JSONValue.integer),
      "cost": Self.json(estimate.cost?.range, estimate.cost?.currency),
      "hosts": .array(
        estimate.hosts.sorted { $0.key < $1.key }.map { host, share in
          .compact([
            "host": .string(host), "calls": .integer(share.calls),
            "tokens": Self.json(share.tokens, JSONValue.integer), "cost": Self.json(share.cost, share.currency),
          ])
        }),
      "budget": .compact([
        "calls": JSONValue(configuration.budget.maxCalls), "tokens": JSONValue(configuration.budget.maxTokens),
        "cost": configuration.budget.maxCost.map { .number($0.units) } ?? .null,
        "seconds": configuration.budget.maxTime.map { .number(Double($0.wholeMilliseconds) / 1_000) } ?? .null,
      ]),
    ])
  }

  private static func json<Value>(_ range: Estimate.Range<Value>, _ value: (Value) -> JSONValue) -> JSONValue {
    .object(["low": value(range.low), "expected": value(range.expected), "worst": value(range.worst)])
  }

  private static func json(_ range: Estimate.Range<Cost>?, _ currency: String?) -> JSONValue {
    guard let range, let currency, case .object(var members) = json(range, { .number($0.units) }) else { return .null }
    members["currency"] = .string(currency)
    return .object(members)
  }
}

/// Durations as people say them.
enum DurationText {
  static func words(_ duration: Duration) -> String {
    let seconds = Int(duration.components.seconds)
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
    return "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
  }
}
