import CaseFile
package import Cases
package import Formats
package import Probing
import Reporting

/// What a dry run prints.
package struct EstimateText {
  private let configuration: CaseConfiguration
  private let estimate: Estimate
  /// Answers that the case file holds.
  private let answered: Int
  /// The most requests that go before the probes, to see what endpoints obey.
  private let checkCalls: Int
  private let obstacles: [String]

  /// - Parameter obstacles: what keeps the case from a ratio, as lines.
  package init(
    _ configuration: CaseConfiguration, _ estimate: Estimate, answered: Int, checkCalls: Int, obstacles: [String] = []
  ) {
    self.configuration = configuration
    self.estimate = estimate
    self.answered = answered
    self.checkCalls = checkCalls
    self.obstacles = obstacles
  }

  package var lines: [String] {
    let models = configuration.models.count
    let lines =
      [
        """
        \(estimate.calls) calls: \(configuration.probes.count) probes to \(models) endpoints\(answered > 0 ? ", \(answered) answers are there" : "")
        """
      ] + (checkCalls > 0 ? ["up to \(checkCalls) short calls before them, to see what the endpoints obey"] : []) + [
        "\(Self.words(estimate.tokens)) if answers reach \(share) of their limit",
        "cost: \(Self.cost(estimate.cost?.range, estimate.cost?.currency))",
      ]
      + estimate.hosts.sorted { $0.key < $1.key }.map { host, share in
        "\(share.calls) calls to \(host): \(Self.words(share.tokens)); cost: \(Self.cost(share.cost, share.currency))"
      } + limits + obstacles
    return lines
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

  package func document(tool: String) -> JSONValue {
    .compactDocument(
      "retort.estimate/1", tool: tool,
      [
        "name": .string(configuration.name),
        "obstacles": obstacles.isEmpty ? .null : .array(obstacles.map(JSONValue.string)),
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
