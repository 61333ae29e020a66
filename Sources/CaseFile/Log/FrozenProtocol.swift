import Cases
import Formats

/// The protocol as it stands in the log before the first request: what is asked of whom, in which order, and what will be
/// done with the answers.
package enum FrozenProtocol {
  package static let schema = "retort.frozen-protocol/1"

  static func json(
    _ configuration: CaseConfiguration, plan: [PlannedItem], commitments: [ProbeCommitment], analysis: PlannedAnalysis?,
    custody: PlannedCustody?
  ) -> JSONValue {
    .compact([
      "schema": .string(schema),
      "measurement": configuration.measurementProtocol,
      "plan": .object([
        "items": .integer(plan.count), "sha256": .string(Digest(of: plan.map(\.canonicalLine).joined()).hex),
      ]),
      "probes": .object([
        "count": .integer(commitments.count), "root": .string(ProbeCommitment.root(commitments.map(\.leaf)).hex),
      ]),
      "analysis": analysis?.json ?? .null,
      "custody": custody?.json ?? .null,
    ])
  }
}
