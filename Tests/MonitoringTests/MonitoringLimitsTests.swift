import Cases
import Formats
import Foundation
import Monitoring
import Testing

/// A baseline and a ledger are files: numbers in them are from outside.
@Suite("Limits of baselines")
struct MonitoringLimitsTests {
  /// One probe with two answers.
  private func baseline(_ change: (from: String, to: String)? = nil) throws -> Baseline {
    let text = """
      {"schema":"retort.baseline/1","approvals":[],"content":{"name":"b","created":"c","tool":"t","suite":null,"sessions":[],\
      "stability":[],"probes":{"p":{"stratum":"peaked","samples":2,"answers":{"a":2},"first_token":\
      [{"count":2,"logprobs":{"ta":-5000}}]}},"rule":{"at_most":0.05,"per_runs":52,"seed":"1","strata":["peaked"],\
      "floors":{"peaked":0.002}},"plan":{"max_calls":320,"samples":{"p":8}},"detectable":[]}}
      """
    let changed = change.map { text.replacingOccurrences(of: $0.from, with: $0.to) } ?? text
    if change != nil { #expect(changed != text) }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    // Members that are null are left out when a baseline is compared with what was read of it.
    try FileBytes.write(changed.replacingOccurrences(of: "\"suite\":null,", with: "\"suite\":{},").utf8, to: file)
    return try Baseline.read(file: file)
  }

  @Test("the baseline of these tests is one")
  func plain() throws {
    let baseline = try baseline()
    #expect(baseline.plan.minimumCalls == 4)
    #expect((20_800...20_801).contains(baseline.rule.confirmationPermutations))
  }

  @Test(
    "numbers that no check can mean are no baseline",
    arguments: [
      (
        "\"samples\":2,\"answers\":{\"a\":2}", "\"samples\":9223372036854775807,\"answers\":{\"a\":9223372036854775807}"
      ),
      ("\"answers\":{\"a\":2}", "\"answers\":{\"a\":9223372036854775807,\"b\":9223372036854775807}"),
      ("\"count\":2", "\"count\":9223372036854775807"), ("\"ta\":-5000", "\"ta\":-9223372036854775808"),
      ("\"max_calls\":320", "\"max_calls\":-9223372036854775808"),
      ("\"samples\":{\"p\":8}", "\"samples\":{\"p\":9223372036854775807}"), ("\"at_most\":0.05", "\"at_most\":1e-300"),
      ("\"per_runs\":52", "\"per_runs\":9223372036854775807"),
      ("\"strata\":[\"peaked\"]", "\"strata\":[\"peaked\",\"peaked\"]"),
    ])
  func numbers(from: String, to: String) {
    #expect(throws: MonitoringError.self) { try baseline((from, to)) }
  }

  private static func session(_ counts: String) -> String {
    #""sessions":[{"started":"s",\#(counts),"source":"\#(String(repeating: "0", count: 64))"}]"#
  }

  @Test("sessions have counts that a run can have had, and so has what would be found")
  func counts() throws {
    #expect(
      try baseline((#""sessions":[]"#, Self.session(#""answers":5,"missing":0,"without_text":5"#))).sessions.count == 1)
    for counts in [
      #""answers":-1,"missing":0"#, #""answers":5,"missing":-1"#, #""answers":5,"missing":0,"without_text":-1"#,
      #""answers":5,"missing":0,"without_text":6"#, #""answers":9223372036854775807,"missing":0"#,
    ] {
      #expect(throws: MonitoringError.self, "\(counts)") { try baseline((#""sessions":[]"#, Self.session(counts))) }
    }
    func detectable(_ members: String) -> String { #""detectable":[{"stratum":"peaked",\#(members)}]"# }
    let empty = #""detectable":[]"#
    #expect(try baseline((empty, detectable(#""probes":5,"changed_probes":5"#))).detectable.count == 1)
    for members in [
      #""probes":-5"#, #""probes":5,"changed_probes":6"#, #""probes":5,"changed_probes":-1"#,
      #""probes":5,"changed_share":-0.5"#, #""probes":5,"changed_share":1.5"#,
    ] {
      #expect(throws: MonitoringError.self, "\(members)") { try baseline((empty, detectable(members))) }
    }
    let stability = #""stability":[{"stratum":"peaked","p":2,"distance":0.1}]"#
    #expect(throws: MonitoringError.self) { try baseline((#""stability":[]"#, stability)) }
    #expect(throws: MonitoringError.self) { try baseline((empty, #"\#(empty),"median_milliseconds":-3"#)) }
  }

  @Test(
    "what is no logarithm of a probability is unknown",
    arguments: [-3.4028234663852886e38, -1e308, 1e308, 2, .infinity])
  func logprobs(value: Double) throws {
    let token = TokenLogprob(
      token: "a", logprob: -0.1, top: [TokenLogprob(token: "a", logprob: value), TokenLogprob(token: "b", logprob: -1)])
    #expect(try #require(TokenDistribution(of: [token])).values == ["tb": -10_000])
  }

  @Test("a confirmation asks for no more than a probe may be asked")
  func confirmation() throws {
    let probe = PromptID("p")
    let plan = SamplingPlan(samples: [probe: 10_000], maxCalls: 1_000_000)
    #expect(plan.confirmation(of: [probe], spent: 0) == [probe: 10_000])
  }
}
