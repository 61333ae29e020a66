import CaseFile
import Cases
import Formats
import Foundation
import Likelihood
import Similarity

/// Where the transcripts of `retort channels`, `explain` and `same` come from: a case file, or a folder.
struct ChannelsSource {
  let path: String
  let suspect: String?
  let lineage: String?
  let corpus: String?
  /// File of `retort embed`; nil leaves the channel out.
  var vectors: String?

  /// - Parameters:
  ///   - replicates: of the bootstrap over probes; 0 for none.
  ///   - nearest: candidates that are measured; nil for all.
  ///   - names: of the channels that are measured; none for all.
  func table(
    replicates: Int, nearest: Int?, channels names: [String]
  ) async throws -> (table: ChannelTable, shortAnswers: [ModelID: ShortAnswerDivergence]) {
    let known = ChannelCatalogue.text
    if let wrong = names.first(where: { name in !known.contains { $0.name == name } }) {
      throw UsageError.badValue(
        option: "--channel", value: wrong, expected: "one of \(known.map(\.name).joined(separator: ", "))")
    }
    var contents = try await contents()
    if let nearest { contents = await Screening.nearest(nearest, of: contents) }
    let table = await ChannelTable(
      suspect: contents.suspect, models: contents.candidates, transcripts: contents.transcripts,
      lineage: contents.lineage, channels: names.isEmpty ? known : known.filter { names.contains($0.name) },
      cohort: contents.cohort, replicates: replicates, seed: contents.seed)
    return (
      try await beside(contents, replicates: replicates).reduce(table) { $0.joined(with: $1) }, shortAnswers(contents)
    )
  }

  /// Channels of something else than the answers' texts: reasoning, where models told it, and vectors, where they are given.
  func beside(_ contents: CaseContents, models: [ModelID]? = nil, replicates: Int = 0) async throws -> [ChannelTable] {
    let models = models ?? contents.candidates
    var tables: [ChannelTable] = []
    let thinking = contents.transcripts.filter { $0.value.responses.contains { $0.reasoning != nil } }
    if thinking[contents.suspect] != nil, models.contains(where: { thinking[$0] != nil }) {
      tables.append(
        await ChannelTable.reasoning(
          suspect: contents.suspect, models: models, transcripts: thinking, lineage: contents.lineage,
          cohort: contents.cohort.filter { thinking[$0] != nil }, replicates: replicates, seed: contents.seed))
    }
    guard let vectors else { return tables }
    let known = try AnswerVectors.read(file: vectors).only(Set(contents.transcripts.keys))
    let held = Set(known.vectors.keys.map(\.model))
    guard held.contains(contents.suspect) else { throw UsageError.noVectorsOf(contents.suspect, file: vectors) }
    do {
      tables.append(
        try await ChannelTable.embeddings(
          known, suspect: contents.suspect, models: models.filter(held.contains), lineage: contents.lineage,
          cohort: contents.cohort.filter(held.contains), replicates: replicates, seed: contents.seed))
    } catch EmbeddingSimilarity.Failure.defectiveVector(let model, let prompt) {
      throw UsageError.defectiveVector(model, prompt, file: vectors)
    }
    return tables
  }

  /// How far the short answers of suspect and each model may differ, with what neither gave yet.
  func shortAnswers(_ contents: CaseContents) -> [ModelID: ShortAnswerDivergence] {
    guard let suspect = contents.transcripts[contents.suspect] else { return [:] }
    return contents.candidates.reduce(into: [:]) { found, model in
      found[model] = contents.transcripts[model].flatMap { ShortAnswerDivergence(suspect, $0) }
    }
  }

  /// What the case file holds; of a folder, every model but the suspect is a candidate and may stand in a cohort.
  func contents() async throws -> CaseContents {
    guard FileBytes.isFolder(path) else { return try caseContents() }
    guard let suspect else { throw UsageError.suspectMissing }
    var files: [ModelID: String] = [:]
    for name in try FileBytes.list(path) {
      if let id = TranscriptReader.modelName(ofFile: name) { files[id] = "\(path)/\(name)" }
    }
    let id = ModelID(suspect)
    guard files[id] != nil else { throw UsageError.noTranscriptOf(id, folder: path) }
    let others = files.keys.filter { $0 != id }.sorted()
    return CaseContents(
      name: path, suspect: id, candidates: others, cohort: others,
      transcripts: try await RecordedTranscripts.read(files),
      lineage: try lineage.map { try LineageReader.read(file: $0, corpus: corpus) } ?? Lineage(), seed: 1)
  }

  /// The one model that is set beside the suspect.
  ///
  /// - Parameter name: as given; nil takes the only candidate.
  func candidate(named name: String?, of contents: CaseContents) throws -> ModelID {
    guard let name else {
      guard contents.candidates.count == 1 else { throw UsageError.candidateMissing(contents.candidates.count) }
      return contents.candidates[0]
    }
    let id = ModelID(name)
    guard contents.transcripts[id] != nil, id != contents.suspect else {
      throw UsageError.noTranscriptOf(id, folder: path)
    }
    return id
  }

  /// What a case file holds.
  func caseContents() throws -> CaseContents {
    let store = try CaseStore.open(at: path)
    let contents: CaseContents
    do {
      contents = try store.contents()
      try store.close()
    } catch {
      try? store.close()
      throw error
    }
    guard !contents.probes.values.contains(where: { $0.given != nil }) else {
      throw UsageError.caseOfLikelihoods(file: path)
    }
    guard let suspect, ModelID(suspect) != contents.suspect else { return contents }
    let id = ModelID(suspect)
    guard contents.transcripts[id] != nil else { throw UsageError.noTranscriptOf(id, folder: path) }
    return CaseContents(
      name: contents.name, suspect: id, candidates: contents.candidates, cohort: contents.cohort,
      transcripts: contents.transcripts, lineage: contents.lineage, probes: contents.probes, seed: contents.seed,
      run: contents.run)
  }
}
