package import Formats

/// What will be done with the answers, fixed before there are any. Whoever plans a case states it; here it is only kept.
package struct PlannedAnalysis: Hashable, Sendable {
  package let question: String
  /// What is weighed, and against what.
  package let proposition: String
  package let alternatives: [String]
  /// The one of them that the first page answers.
  package let alternative: String
  /// Version of the method, and of its channels by name.
  package let method: Int
  package let channels: [String: Int]
  /// SHA-256 of the calibration's canonical text; nil if no likelihood ratio is planned.
  package let calibration: Digest?
  /// Rules by which answers or models are left out; nothing else is.
  package let exclusions: [String]
  package let stopping: String

  package init(
    question: String, proposition: String, alternatives: [String], alternative: String, method: Int,
    channels: [String: Int],
    calibration: Digest?, exclusions: [String], stopping: String
  ) {
    self.question = question
    self.proposition = proposition
    self.alternatives = alternatives
    self.alternative = alternative
    self.method = method
    self.channels = channels
    self.calibration = calibration
    self.exclusions = exclusions
    self.stopping = stopping
  }

  var json: JSONValue {
    .compact([
      "question": .string(question), "proposition": .string(proposition),
      "alternatives": .array(alternatives.map(JSONValue.string)), "alternative": .string(alternative),
      "method": .integer(method),
      "channels": .object(channels.mapValues(JSONValue.integer)),
      "calibration_sha256": JSONValue(calibration?.hex), "exclusions": .array(exclusions.map(JSONValue.string)),
      "stopping_rule": .string(stopping),
    ])
  }
}
