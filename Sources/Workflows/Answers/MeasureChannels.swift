package import AnswerDebris
package import Cases
package import Likelihood
package import SameModel
import Similarity

/// Every channel's score of one suspect with each candidate.
package struct MeasureChannels: Sendable {
  package struct Findings: Sendable {
    package let table: ChannelTable
    /// By model, how far its short answers and the suspect's may differ, with what neither gave yet.
    package let shortAnswers: [ModelID: ShortAnswerDivergence]
    /// What servers and tools left in the answers; taken off before they were measured.
    package let debris: [Debris.Finding]
    /// nil where the whole cohort is compared, or the user said how many are.
    package let draw: CohortDraw?
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
  ///   - maximumCohort: models of the cohort that are compared where `nearest` does not say it; of more some are chosen
  ///     (`BoundedCohort`). In a folder, where every model is a candidate, those that are not chosen are not shown.
  package func run(
    replicates: Int = 0, nearest: Int? = nil, channels names: [String] = [],
    maximumCohort: Int = RecordedCase.maximumCohort
  ) async throws -> Findings {
    let known = ChannelCatalogue.text
    if let wrong = names.first(where: { name in !known.contains { $0.name == name } }) {
      throw WorkflowError.unknownChannel(wrong, known: known.map(\.name))
    }
    let cleaned = CleanedContents(try await bounded(source.contents(), nearest: nearest, maximumCohort))
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
      debris: cleaned.findings(of: Set(contents.transcripts.keys)), draw: cleaned.contents.draw)
  }

  private func bounded(_ given: CaseContents, nearest: Int?, _ most: Int) async throws -> CaseContents {
    guard nearest == nil else { return given }
    return try await BoundedCohort(most: most, seed: given.seed).chosen(
      of: given, keeping: source.namesCandidates ? Set(given.candidates) : [])
  }

  private static func shortAnswers(_ contents: CaseContents) -> [ModelID: ShortAnswerDivergence] {
    guard let suspect = contents.transcripts[contents.suspect] else { return [:] }
    return contents.candidates.reduce(into: [:]) { found, model in
      found[model] = contents.transcripts[model].flatMap { ShortAnswerDivergence(suspect, $0) }
    }
  }
}
