package import AnswerDebris
package import Cases
package import Likelihood
package import Similarity

/// What carries the score of one pair.
package struct ExplainPair: Sendable {
  package struct Findings: Sendable {
    package let explanation: PairExplanation
    /// What servers and tools left in the answers of the two; taken off before they were looked into.
    package let debris: [Debris.Finding]
    /// Channels of something else than the texts of answers, for this pair.
    package let beside: [ChannelTable]
    /// Numbers in the reasoning of both that most others do not have.
    package let wrongValues: [SharedWrongValues.Shared]
    /// nil where the whole cohort is compared.
    package let draw: CohortDraw?
  }

  private let source: AnswerSource
  private let candidate: String?
  private let vectors: String?

  /// - Parameter candidate: nil takes the only one of the case.
  package init(_ source: AnswerSource, candidate: String?, vectors: String? = nil) {
    self.source = source
    self.candidate = candidate
    self.vectors = vectors
  }

  /// - Parameters:
  ///   - limit: probes, runs, phrases and habits that are kept of each.
  ///   - maximumCohort: models of the cohort that are compared; of more some are chosen (`BoundedCohort`).
  package func run(limit: Int, maximumCohort: Int = RecordedCase.maximumCohort) async throws -> Findings {
    let given = try await source.contents()
    let chosen = try source.candidate(named: candidate, of: given)
    let cleaned = CleanedContents(
      try await BoundedCohort(most: maximumCohort, seed: given.seed).chosen(of: given, keeping: [chosen]))
    let contents = cleaned.contents
    let explanation = try await PairExplanation(
      suspect: contents.suspect, candidate: chosen, cohort: contents.cohort, beside: contents.candidates,
      transcripts: contents.transcripts,
      lineage: contents.lineage, limit: limit)
    let beside = try await ChannelsBeside(vectors: vectors).tables(contents, models: [explanation.candidate])
    let reasoning = try await ReasoningComparison.all(contents, limit: limit)
      .first { $0.candidate == explanation.candidate }
    return Findings(
      explanation: explanation,
      debris: cleaned.findings(of: [explanation.suspect, explanation.candidate]),
      beside: beside, wrongValues: reasoning?.wrongValues ?? [], draw: contents.draw)
  }
}
