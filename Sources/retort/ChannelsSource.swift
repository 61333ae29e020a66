import CaseFile
import Foundation
import Likelihood
import Similarity

/// Where the transcripts of `retort channels`, `explain` and `same` come from: a case file, or a folder.
struct ChannelsSource {
  let path: String
  let suspect: String?
  let lineage: String?
  let corpus: String?

  /// - Parameters:
  ///   - replicates: of the bootstrap over probes; 0 for none.
  ///   - nearest: candidates that are measured; nil for all.
  ///   - names: of the channels that are measured; none for all.
  func table(replicates: Int, nearest: Int?, channels names: [String]) async throws -> ChannelTable {
    let known = ChannelCatalogue.text
    if let wrong = names.first(where: { name in !known.contains { $0.name == name } }) {
      throw UsageError.badValue(
        option: "--channel", value: wrong, expected: "one of \(known.map(\.name).joined(separator: ", "))")
    }
    var contents = try await contents()
    if let nearest { contents = await Screening.nearest(nearest, of: contents) }
    return await ChannelTable(
      suspect: contents.suspect, models: contents.candidates, transcripts: contents.transcripts,
      lineage: contents.lineage, channels: names.isEmpty ? known : known.filter { names.contains($0.name) },
      cohort: contents.cohort, replicates: replicates, seed: contents.seed)
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

  private func caseContents() throws -> CaseContents {
    let store = try CaseStore.open(at: path)
    let contents: CaseContents
    do {
      contents = try store.contents()
      try store.close()
    } catch {
      try? store.close()
      throw error
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
