/// What will be done with the answers, fixed before there are any. Whoever plans a case states it; here it is only kept.
package struct PlannedAnalysis: Hashable, Sendable {
  package let question: String
  /// What is weighed, and against what.
  package let proposition: String
  package let alternatives: [String]
  /// Version of the method, and of its channels by name.
  package let method: Int
  package let channels: [String: Int]
  /// SHA-256 of the calibration's canonical text; nil if no likelihood ratio is planned.
  package let calibration: Digest?
  /// Rules by which answers or models are left out; nothing else is.
  package let exclusions: [String]
  package let stopping: String

  package init(
    question: String, proposition: String, alternatives: [String], method: Int, channels: [String: Int],
    calibration: Digest?, exclusions: [String], stopping: String
  ) {
    self.question = question
    self.proposition = proposition
    self.alternatives = alternatives
    self.method = method
    self.channels = channels
    self.calibration = calibration
    self.exclusions = exclusions
    self.stopping = stopping
  }

  var json: JSONValue {
    .compact([
      "question": .string(question), "proposition": .string(proposition),
      "alternatives": .array(alternatives.map(JSONValue.string)), "method": .integer(method),
      "channels": .object(channels.mapValues(JSONValue.integer)),
      "calibration_sha256": JSONValue(calibration?.hex), "exclusions": .array(exclusions.map(JSONValue.string)),
      "stopping_rule": .string(stopping),
    ])
  }
}

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

extension PlannedItem {
  /// The item as one line of JSON, with its line end.
  package var canonicalLine: String {
    JSONValue.object([
      "order": .integer(order), "model": .string(model.rawValue), "probe": .string(probe.rawValue),
      "sample": .integer(sample), "seed": .integer(requestSeed),
    ]).canonical + "\n"
  }

  init?(json: JSONValue) {
    guard let order = json["order"]?.integer, let model = json["model"]?.string, let probe = json["probe"]?.string,
      let sample = json["sample"]?.integer, let seed = json["seed"]?.integer
    else { return nil }
    self.init(
      order: order, model: ModelID(model), probe: PromptID(probe), sample: sample, requestSeed: seed)
  }
}
