import Cases
package import Likelihood
import Statistics

/// Whether two models could be one and the same.
package struct CompareSameModel: Sendable {
  private let source: AnswerSource
  private let candidate: String?

  /// - Parameter candidate: nil takes the only one of the case.
  package init(_ source: AnswerSource, candidate: String?) {
    self.source = source
    self.candidate = candidate
  }

  /// - Parameter seed: of the permutations; nil is the case's.
  /// - Throws: `NothingToCompare` if there is neither a test nor a shared context with log-probabilities.
  package func run(permutations: Int, seed: UInt64? = nil) async throws -> SameModelComparison {
    let contents = try await source.contents()
    return try await SameModelComparison(
      contents, candidate: source.candidate(named: candidate, of: contents),
      permutation: StratifiedPermutation(permutations: permutations, seed: seed ?? contents.seed))
  }
}
