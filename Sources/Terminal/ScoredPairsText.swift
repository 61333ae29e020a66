import CaseFile
package import Formats

/// How many labelled pairs of each set of answers were scored.
package enum ScoredPairsText {
  package static func line(_ done: (set: String, pairs: Int, scored: Int)) -> String {
    "\(done.set): \(done.scored) of \(done.pairs) pairs scored"
  }

  /// - Parameter file: the table of the scores.
  package static func document(
    _ counts: [(set: String, pairs: Int, scored: Int)], file: String, tool: String
  ) -> JSONValue {
    .document(
      "retort.validation/1", tool: tool,
      [
        "file": .string(file),
        "sets": .array(
          counts.map {
            .object(["set": .string($0.set), "pairs": .integer($0.pairs), "scored": .integer($0.scored)])
          }),
      ])
  }
}
