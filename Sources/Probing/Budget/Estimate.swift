package import CaseFile
package import Cases
import Formats

/// What a plan will cost, before anything is sent. Touches no network.
package struct Estimate: Hashable, Sendable {
  /// Tokens, prompt and answer together: `low` for answers of nothing, `expected` for answers of `answerShare` of their
  /// limit, `worst` for answers that all reach it. Prompts count as a token for 4 bytes, in the worst case for each byte.
  package struct Range<Value: Hashable & Sendable>: Hashable, Sendable {
    package fileprivate(set) var low: Value
    package fileprivate(set) var expected: Value
    package fileprivate(set) var worst: Value
  }

  /// What goes to one host.
  package struct Share: Hashable, Sendable {
    package fileprivate(set) var calls = 0
    package fileprivate(set) var tokens = Range(low: 0, expected: 0, worst: 0)
    /// nil if the price of a model there is unknown, or if its models have several currencies.
    package fileprivate(set) var cost: Range<Cost>? = Range(low: .zero, expected: .zero, worst: .zero)
    package fileprivate(set) var currency: String?
  }

  /// Requests if none has to be repeated.
  package let calls: Int
  package let tokens: Range<Int>
  /// By scheme, host and port.
  package let hosts: [String: Share]
  /// How much of its limit an answer is expected to take.
  package let answerShare: Double
  /// If endpoints write `tokensPerSecond`, and as many requests are in flight as may be; hosts side by side.
  package let duration: Duration

  /// What endpoints of vendors commonly write, for one request: half as much is no surprise, nor is twice.
  package static let tokensPerSecond = 40
  /// Before the first token of an answer.
  private static let secondsToFirst = 0.5

  /// - Parameter answerShare: see `answerShare(of:configuration:)`.
  /// - Throws: `ProbingError` if the case has a limit of cost and its prices cannot tell the cost of every call.
  package init(of plan: [PlannedItem], configuration: CaseConfiguration, answerShare: Double = 0.5) throws {
    self.answerShare = answerShare
    let costs = try CostTable(of: configuration)
    let probes = Dictionary(firstOf: configuration.probes.map { ($0.id, $0) })
    let endpoints = Dictionary(firstOf: configuration.models.map { ($0.id, $0.endpoint) })
    var hosts: [String: Share] = [:]
    var tokens = Range(low: 0, expected: 0, worst: 0)
    for item in plan {
      guard let probe = probes[item.probe], let endpoint = endpoints[item.model] else { continue }
      let answer = configuration.maxTokens(of: probe)
      let prompt = Self.promptTokens(of: probe)
      let expected = Int((Double(answer) * answerShare).rounded())
      let cases = [(prompt, 0), (prompt, expected), (Self.maximumPromptTokens(of: probe), answer)]
      let sums = Range(low: cases[0].0, expected: prompt + expected, worst: cases[2].0 + answer)
      tokens = tokens.adding(sums, +)
      var share = hosts[endpoint.host] ?? Share()
      share.calls += 1
      share.tokens = share.tokens.adding(sums, +)
      if let price = costs[item.model], share.currency ?? price.currency == price.currency {
        share.currency = price.currency
        let costs = cases.map { price.cost(prompt: $0.0, completion: $0.1) }
        share.cost = share.cost?.adding(Range<Cost>(low: costs[0], expected: costs[1], worst: costs[2]), +)
      } else {
        share.cost = nil
      }
      hosts[endpoint.host] = share
    }
    calls = plan.count
    self.tokens = tokens
    self.hosts = hosts
    let seconds = hosts.values.map { share in
      let written = Double(max(0, share.tokens.expected - share.tokens.low)) / Double(Self.tokensPerSecond)
      return (written + Self.secondsToFirst * Double(share.calls)) / Double(max(1, configuration.concurrency))
    }
    duration = .seconds(seconds.max() ?? 0)
  }

  /// How much of their limit the answers so far took; nil if there are none that were charged.
  package static func answerShare(
    of spending: [CaseStore.Spending], configuration: CaseConfiguration
  ) -> Double? {
    let probes = Dictionary(firstOf: configuration.probes.map { ($0.id, $0) })
    var taken = 0
    var allowed = 0
    for charge in spending {
      guard let id = charge.probe, let probe = probes[id] else { continue }
      // A case file may say anything.
      let prompt = max(0, charge.promptTokens ?? promptTokens(of: probe))
      taken += min(max(0, max(0, charge.tokens) - prompt), Limits.tokens.upperBound)
      allowed += configuration.maxTokens(of: probe)
    }
    return allowed > 0 ? min(1, Double(taken) / Double(allowed)) : nil
  }

  /// The cost of all; nil if that of a host is unknown, or if there are several currencies.
  package var cost: (range: Range<Cost>, currency: String)? {
    guard Set(hosts.values.map(\.currency)).count == 1, let currency = hosts.values.first?.currency else { return nil }
    var total = Range<Cost>(low: .zero, expected: .zero, worst: .zero)
    for share in hosts.values {
      guard let cost = share.cost else { return nil }
      total = total.adding(cost, +)
    }
    return (total, currency)
  }

  /// A token for each 4 bytes, and 8 for what a chat template adds.
  static func promptTokens(of probe: Probe) -> Int {
    8 + tokens(of: probe.prompt) + (probe.system.map { 4 + tokens(of: $0) } ?? 0)
      + (probe.given.map { tokens(of: $0.text) } ?? 0)
  }

  /// No tokenizer in use makes more than a token of a byte; and 24 for what a chat template adds.
  static func maximumPromptTokens(of probe: Probe) -> Int {
    24 + probe.prompt.utf8.count + (probe.system?.utf8.count ?? 0) + (probe.given?.text.utf8.count ?? 0)
  }

  static func tokens(of text: String) -> Int { (text.utf8.count + 3) / 4 }
}

extension Estimate.Range {
  fileprivate func adding(_ other: Self, _ sum: (Value, Value) -> Value) -> Self {
    Self(low: sum(low, other.low), expected: sum(expected, other.expected), worst: sum(worst, other.worst))
  }
}
