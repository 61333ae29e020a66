package import AnswerDebris
import Cases
package import Likelihood
import Statistics

/// Whether two models could be one and the same.
package struct CompareSameModel: Sendable {
  package struct Findings: Sendable {
    package let comparison: SameModelComparison
    /// What servers and tools left in the answers of the two; taken off before they were compared.
    package let debris: [Debris.Finding]
  }

  private let source: AnswerSource
  private let candidate: String?

  /// - Parameter candidate: nil takes the only one of the case.
  package init(_ source: AnswerSource, candidate: String?) {
    self.source = source
    self.candidate = candidate
  }

  /// - Parameter seed: of the permutations; nil is the case's.
  /// - Throws: `NothingToCompare` if there is neither a test nor a shared context with log-probabilities.
  package func run(permutations: Int, seed: UInt64? = nil) async throws -> Findings {
    let cleaned = CleanedContents(try await source.contents())
    let contents = cleaned.contents
    let comparison = try await SameModelComparison(
      contents, candidate: source.candidate(named: candidate, of: contents),
      permutation: StratifiedPermutation(permutations: permutations, seed: seed ?? contents.seed))
    return Findings(
      comparison: comparison, debris: cleaned.findings(of: [comparison.suspect, comparison.candidate]))
  }
}
