package import Cases
package import Likelihood
package import Similarity

/// Every channel's score of one suspect with each candidate.
package struct MeasureChannels: Sendable {
  package struct Findings: Sendable {
    package let table: ChannelTable
    /// By model, how far its short answers and the suspect's may differ, with what neither gave yet.
    package let shortAnswers: [ModelID: ShortAnswerDivergence]
    /// What servers and tools left in the answers; taken off before they were measured.
    package let debris: [Debris.Finding]
  }

  private let source: AnswerSource
  private let vectors: String?

  /// - Parameter vectors: file of vectors of the answers; adds the channel of embeddings.
  package init(_ source: AnswerSource, vectors: String? = nil) {
    self.source = source
    self.vectors = vectors
  }

  /// - Parameters:
  ///   - replicates: of the bootstrap over probes; 0 for none.
  ///   - nearest: candidates that are measured; nil for all.
  ///   - names: of the channels that are measured; none for all.
  package func run(replicates: Int = 0, nearest: Int? = nil, channels names: [String] = []) async throws -> Findings {
    let known = ChannelCatalogue.text
    if let wrong = names.first(where: { name in !known.contains { $0.name == name } }) {
      throw WorkflowError.unknownChannel(wrong, known: known.map(\.name))
    }
    let cleaned = CleanedContents(try await source.contents())
    var contents = cleaned.contents
    if let nearest { contents = await Screening.nearest(nearest, of: contents) }
    let table = try await ChannelTable(
      suspect: contents.suspect, models: contents.candidates, transcripts: contents.transcripts,
      lineage: contents.lineage, channels: names.isEmpty ? known : known.filter { names.contains($0.name) },
      cohort: contents.cohort, replicates: replicates, seed: contents.seed)
    let beside = try await ChannelsBeside(vectors: vectors).tables(
      contents, models: contents.candidates, replicates: replicates)
    return Findings(
      table: beside.reduce(table) { $0.joined(with: $1) }, shortAnswers: Self.shortAnswers(contents),
      debris: cleaned.findings(of: Set(contents.transcripts.keys)))
  }

  private static func shortAnswers(_ contents: CaseContents) -> [ModelID: ShortAnswerDivergence] {
    guard let suspect = contents.transcripts[contents.suspect] else { return [:] }
    return contents.candidates.reduce(into: [:]) { found, model in
      found[model] = contents.transcripts[model].flatMap { ShortAnswerDivergence(suspect, $0) }
    }
  }
}
