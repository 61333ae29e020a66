package import Cases

/// Why a line of a table of losses cannot be used.
package enum LossDefect: Hashable, Sendable {
  case noBase(suspect: ModelID)
  case noAnswers(of: ModelID)
  case notANumber(of: ModelID, place: Int)
  /// Answers are compared prompt by prompt.
  case unequal(of: ModelID, found: Int, expected: Int)
  case repeated(ModelID)
  /// Another teacher, or another kind, than an earlier line of the same suspect and prompts says.
  case otherThanBefore(firstLine: Int)
  case tooFewCandidates(Int, needed: Int)
}
