package import Cases
package import SameModel
package import Statistics

/// Two models of a case, by the equality tests and by their next-token distributions.
package struct SameModelComparison: Sendable {
  package let suspect: ModelID
  package let candidate: ModelID
  package let gate: SameModelGate
  package let tests: SameModelGate.Result
  package let tokens: TokenComparison
  package let shortAnswers: ShortAnswerDivergence?

  /// - Throws: `NothingToCompare` if there is neither a test nor a shared context with log-probabilities.
  package init(_ contents: CaseContents, candidate: ModelID, permutation: StratifiedPermutation) async throws {
    guard let a = contents.transcripts[contents.suspect], let b = contents.transcripts[candidate] else {
      throw NothingToCompare(suspect: contents.suspect, candidate: candidate)
    }
    let selection = CohortSelection(
      from: contents.cohort, suspect: contents.suspect, candidate: candidate, lineage: contents.lineage)
    suspect = contents.suspect
    self.candidate = candidate
    gate = SameModelGate(permutation: permutation)
    tests = await gate.compare(a, b, others: selection.members.compactMap { contents.transcripts[$0] })
    tokens = TokenComparison(a, b)
    shortAnswers = ShortAnswerDivergence(a, b)
    if tests == .needsMoreSamples, tokens.atStart == nil, tokens.continued == nil {
      throw NothingToCompare(suspect: suspect, candidate: candidate)
    }
  }
}

/// Neither two answers of both models to a prompt, nor log-probabilities of both.
package struct NothingToCompare: Error {
  package let suspect: ModelID
  package let candidate: ModelID
}
