package import Cases
package import Similarity

/// What suspect and candidate have in common in what they thought before they answered: a finding beside the likelihood
/// ratio, never a part of it, for no calibration has seen reasoning.
package struct ReasoningComparison: Sendable {
  package struct Channel: Sendable {
    package let name: String
    package let label: String
    package let score: Score
    /// Over the cohort's models that told their thoughts; nil where too few did.
    package let normalised: NormalisedScore?
  }

  package let candidate: ModelID
  /// Prompts on which both told their thoughts.
  package let prompts: Int
  /// Unrelated models that told theirs.
  package let cohort: Int
  package let channels: [Channel]
  /// Wrong values that both came by, those first that fewest others have.
  package let wrongValues: [SharedWrongValues.Shared]

  /// Comparisons of the suspect with each candidate that told its thoughts on a prompt on which the suspect did.
  package static func all(
    _ contents: CaseContents, limit: Int = 10
  ) async throws(SimilarityError) -> [ReasoningComparison] {
    let told = contents.transcripts.filter { $0.value.responses.contains { $0.reasoning != nil } }
    guard told[contents.suspect] != nil, contents.candidates.contains(where: { told[$0] != nil }) else { return [] }
    let table = AnswerTable(reasoningOf: told)
    let measurement = try await ChannelRun.measure(table, channels: ChannelCatalogue.reasoning)
    let scoring = CorpusScoring(
      measured: measurement, lineage: contents.lineage, cohort: contents.cohort.filter { told[$0] != nil })
    return contents.candidates.compactMap { candidate in
      guard let found = scoring.channelScores(teacher: candidate, student: contents.suspect),
        let pair = measurement.pairs.index(contents.suspect, candidate)
      else { return nil }
      return ReasoningComparison(
        candidate: candidate, prompts: measurement.prompts(ofPair: pair), cohort: found.cohort,
        channels: zip(ChannelCatalogue.reasoning, zip(found.raw, found.normalised)).map {
          Channel(name: $0.name, label: $0.label, score: $1.0, normalised: $1.1)
        }, wrongValues: SharedWrongValues.shared(table, contents.suspect, candidate, limit: limit))
    }
  }
}
