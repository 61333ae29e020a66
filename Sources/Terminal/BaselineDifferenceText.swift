import CaseFile
import Cases
package import Formats
import Foundation
package import Monitoring
import Reporting

/// What differs between two baselines of one endpoint.
package struct BaselineDifferenceText {
  private let then: Baseline
  private let now: Baseline

  package init(_ then: Baseline, _ now: Baseline) {
    self.then = then
    self.now = now
  }

  private var added: [PromptID] { Set(now.probes.keys).subtracting(then.probes.keys).sorted() }
  private var removed: [PromptID] { Set(then.probes.keys).subtracting(now.probes.keys).sorted() }
  private var influences: [(probe: PromptID, stratum: Stratum, distance: Double, weight: Double)] {
    ProbeComparison(now.probes, baseline: then.probes).influences
  }

  package var lines: [String] {
    let changed = influences.map { influence in
      """
      \(influence.probe) (\(influence.stratum.rawValue)): distance \(String(format: "%.3f", influence.distance)), \(Self.words(then.probes[influence.probe])) → \(Self.words(now.probes[influence.probe]))
      """
    }
    let lines = added.map { "+ \($0)" } + removed.map { "- \($0)" } + changed
    return lines.isEmpty ? ["no difference"] : lines
  }

  package func document(tool: String) -> JSONValue {
    .document(
      "retort.baseline-diff/1", tool: tool,
      [
        "then": .string(then.digest.hex),
        "now": .string(now.digest.hex), "added": .array(added.map { .string($0.rawValue) }),
        "removed": .array(removed.map { .string($0.rawValue) }),
        "probes": .array(
          influences.map {
            .object([
              "probe": .string($0.probe.rawValue), "stratum": .string($0.stratum.rawValue),
              "distance": Figure.json($0.distance), "weight": Figure.json($0.weight),
              "then": Self.counts(then.probes[$0.probe]), "now": Self.counts(now.probes[$0.probe]),
            ])
          }),
      ])
  }

  private static func counts(_ record: ProbeRecord?) -> JSONValue {
    .object((record?.answers ?? [:]).mapValues(JSONValue.integer))
  }

  private static func words(_ record: ProbeRecord?) -> String {
    let sorted = (record?.answers ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !sorted.isEmpty else { return "long answers" }
    return sorted.prefix(3).map { "\($0.value) × \($0.key)" }.joined(separator: ", ") + (sorted.count > 3 ? " …" : "")
  }
}
