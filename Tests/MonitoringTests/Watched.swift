import Cases
import Formats
import Foundation
import Monitoring

/// Answers of an endpoint, and baselines, made by hand: what is in them is seen where they are made.
enum Watched {
  /// - Parameter texts: by probe, one answer each.
  static func answers(_ texts: [String: [String]], tokens: [TokenLogprob]? = nil) -> [RecordedAnswer] {
    texts.sorted { $0.key < $1.key }.flatMap { probe, texts in
      texts.enumerated().map {
        RecordedAnswer(
          response: Response(prompt: PromptID(probe), sample: $0.offset, text: $0.element, tokens: tokens),
          nanoseconds: 3_000_000)
      }
    }
  }

  /// The same answer to every probe, so often.
  static func same(_ probes: Int, times: Int, but others: [Int: [String]] = [:]) -> [RecordedAnswer] {
    answers(
      Dictionary(
        uniqueKeysWithValues: (0..<probes).map { number in
          (name(number), others[number] ?? Array(repeating: "a", count: times))
        }))
  }

  static func name(_ number: Int) -> String { String(format: "p%03d", number) }

  static func record(_ counts: [String: Int], _ stratum: Stratum = .peaked) -> ProbeRecord {
    ProbeRecord(stratum: stratum, samples: counts.values.reduce(0, +), answers: counts)
  }

  /// - Parameter planned: answers to each probe in a session.
  static func baseline(
    _ probes: [PromptID: ProbeRecord], planned: Int = 8, maxCalls: Int = 10_000, strata: [Stratum] = [.peaked],
    floor: Double = 0.002, detectable: [DetectableEffect] = [], missing: Int = 0, created: String = "2026-11-24"
  ) -> Baseline {
    let answers = probes.values.reduce(0) { $0 + $1.samples }
    return Baseline(
      name: "b", created: created, tool: "t", configuration: nil, suite: .null,
      endpoint: .init(url: "u", model: "m", declaredModels: ["m"], declaredFingerprints: []),
      sessions: [.init(started: "", answers: answers, missing: missing, source: .init(of: "s"))], stability: [],
      probes: probes,
      rule: CheckRule(
        falseAlarms: .init(), strata: strata,
        floors: Dictionary(uniqueKeysWithValues: strata.map { ($0, floor) }), seed: 1),
      plan: SamplingPlan(samples: probes.mapValues { _ in planned }, maxCalls: maxCalls), detectable: detectable,
      medianMilliseconds: 3)
  }

  static func result(_ baseline: Baseline, calls: Int = 0) -> CheckResult {
    var result = CheckResult(name: "b", run: "r", started: "2026-11-25", baseline: baseline)
    result.calls.attempts = calls
    return result
  }
}
