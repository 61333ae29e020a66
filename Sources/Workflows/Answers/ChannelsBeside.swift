import Cases
import Likelihood
import Similarity

/// Channels of something else than the texts of answers: reasoning, where models told it, and vectors, where they are given.
struct ChannelsBeside {
  /// File of vectors; nil leaves the channel out.
  let vectors: String?

  /// - Returns: a table a channel or group of channels, none where nothing of the kind is known.
  func tables(_ contents: CaseContents, models: [ModelID], replicates: Int = 0) async throws -> [ChannelTable] {
    let found = [
      try await reasoning(contents, models, replicates), try await embeddings(contents, models, replicates),
    ]
    return found.compactMap(\.self)
  }

  private func reasoning(_ contents: CaseContents, _ models: [ModelID], _ replicates: Int) async throws -> ChannelTable?
  {
    let thinking = contents.transcripts.filter { $0.value.responses.contains { $0.reasoning != nil } }
    guard thinking[contents.suspect] != nil, models.contains(where: { thinking[$0] != nil }) else { return nil }
    return try await ChannelTable.reasoning(
      suspect: contents.suspect, models: models, transcripts: thinking, lineage: contents.lineage,
      cohort: contents.cohort.filter { thinking[$0] != nil }, replicates: replicates, seed: contents.seed)
  }

  private func embeddings(
    _ contents: CaseContents, _ models: [ModelID], _ replicates: Int
  ) async throws -> ChannelTable? {
    guard let vectors else { return nil }
    let known = try AnswerVectors.read(file: vectors).only(Set(contents.transcripts.keys))
    let held = Set(known.vectors.keys.map(\.model))
    guard held.contains(contents.suspect) else { throw WorkflowError.noVectors(of: contents.suspect, file: vectors) }
    do {
      return try await ChannelTable.embeddings(
        known, suspect: contents.suspect, models: models.filter(held.contains), lineage: contents.lineage,
        cohort: contents.cohort.filter(held.contains), replicates: replicates, seed: contents.seed)
    } catch EmbeddingSimilarity.Failure.defectiveVector(let model, let prompt) {
      throw WorkflowError.defectiveVector(model, prompt, file: vectors)
    }
  }
}
