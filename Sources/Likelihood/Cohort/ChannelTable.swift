package import Cases
import Formats
package import Similarity

/// Every channel's score, normalised score and rank of one suspect with each of several models.
package struct ChannelTable: Sendable {
  package struct Cell: Sendable {
    package let channel: String
    /// Mean over the prompts that both answered, in the channel's own unit.
    package let score: Score
    /// Over the cohort of this pair; nil where too few unrelated models are left.
    package let normalised: NormalisedScore?
    /// 95 % interval of the normalised score over a bootstrap of the probes; nil without one.
    package let interval: Interval?
    /// 1 = nearest of the models in the table by the normalised score, nil where there is none; equal scores count as
    /// nearer.
    package let rank: Int?
  }

  package struct Row: Sendable {
    package let model: ModelID
    /// In the order of `channels`.
    package let cells: [Cell]
    /// Unrelated models left in the cohort of this pair.
    package let cohort: Int
  }

  package let suspect: ModelID
  package let channels: [String]
  /// In byte order of the models' names.
  package let rows: [Row]

  /// - Parameters:
  ///   - models: those to be shown; models that share no prompt with the suspect are left out.
  ///   - channels: those that are measured.
  ///   - cohort: models that may stand in a cohort; nil for all.
  ///   - replicates: of the bootstrap; 0 for none.
  package init(
    suspect: ModelID, models: [ModelID], transcripts: [ModelID: Transcript], lineage: Lineage,
    channels: [any Channel] = ChannelCatalogue.text, cohort: [ModelID]? = nil, replicates: Int = 0, seed: UInt64 = 1
  ) async throws(SimilarityError) {
    let names = channels.map(\.name)
    let scoring = try await CorpusScoring(
      transcripts, lineage: lineage, cohort: cohort,
      method: .unnumbered("channels of text", channels: channels, adjustedForLength: Set(names)),
      keepsPrompts: replicates > 0)
    self = await ChannelTable(suspect, models, scoring, channels: names, replicates: replicates, seed: seed)
  }

  /// The channels of what the models thought before they answered; no model has a row where none told it.
  package static func reasoning(
    suspect: ModelID, models: [ModelID], transcripts: [ModelID: Transcript], lineage: Lineage,
    cohort: [ModelID]? = nil, replicates: Int = 0, seed: UInt64 = 1
  ) async throws(SimilarityError) -> ChannelTable {
    let measurement = try await ChannelRun.measure(
      AnswerTable(reasoningOf: transcripts), channels: ChannelCatalogue.reasoning)
    let scoring = CorpusScoring(measured: measurement, lineage: lineage, cohort: cohort)
    return await ChannelTable(
      suspect, models, scoring, channels: ChannelCatalogue.reasoning.map(\.name), replicates: replicates, seed: seed)
  }

  /// The channel of vectors that somebody else's model made of the answers.
  ///
  /// - Throws: `EmbeddingSimilarity.Failure` for a vector that is none.
  package static func embeddings(
    _ vectors: AnswerVectors, suspect: ModelID, models: [ModelID], lineage: Lineage, cohort: [ModelID]? = nil,
    replicates: Int = 0, seed: UInt64 = 1
  ) async throws(EmbeddingSimilarity.Failure) -> ChannelTable {
    let scoring = CorpusScoring(
      measured: try EmbeddingSimilarity().measurement(of: vectors), lineage: lineage, cohort: cohort)
    return await ChannelTable(
      suspect, models, scoring, channels: [EmbeddingSimilarity().name], replicates: replicates, seed: seed)
  }

  /// This table with the channels of another one at the right of its own; models that only the other has are left out.
  package func joined(with other: ChannelTable) -> ChannelTable {
    let cells = Dictionary(firstOf: other.rows.map { ($0.model, $0.cells) })
    return ChannelTable(
      suspect: suspect, channels: channels + other.channels,
      rows: rows.map { Row(model: $0.model, cells: $0.cells + (cells[$0.model] ?? []), cohort: $0.cohort) })
  }

  private init(suspect: ModelID, channels: [String], rows: [Row]) {
    self.suspect = suspect
    self.channels = channels
    self.rows = rows
  }

  private init(
    _ suspect: ModelID, _ models: [ModelID], _ scoring: CorpusScoring, channels names: [String], replicates: Int,
    seed: UInt64
  ) async {
    let found = models.sorted().compactMap { model in
      scoring.channelScores(teacher: model, student: suspect).map { (model, $0) }
    }
    let intervals =
      replicates > 0
      ? await scoring.intervals(
        teachers: found.map(\.0), student: suspect, replicates: replicates, seed: seed) : []
    rows = found.enumerated().map { place, entry in
      let (model, pair) = entry
      return Row(
        model: model,
        cells: names.indices.map { channel in
          let own = pair.normalised[channel]
          let nearer = own.map { own in
            found.count { $0.0 != model && ($0.1.normalised[channel]?.value ?? -.infinity) >= own.value }
          }
          return Cell(
            channel: names[channel], score: pair.raw[channel], normalised: own,
            interval: intervals.isEmpty ? nil : intervals[channel][place], rank: nearer.map { $0 + 1 })
        }, cohort: pair.cohort)
    }
    self.suspect = suspect
    self.channels = names
  }
}
