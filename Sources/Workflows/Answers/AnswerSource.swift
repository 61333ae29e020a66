import CaseFile
package import Cases
import Formats
import Likelihood

/// Recorded answers to look at: a case file, or a folder of transcripts.
package struct AnswerSource: Sendable {
  package let path: String
  /// The suspect; nil is that of the case file.
  package let suspect: ModelID?
  /// Table of lineage, and the rows of it that count.
  package let lineage: String?
  package let corpus: String?

  package init(path: String, suspect: String? = nil, lineage: String? = nil, corpus: String? = nil) {
    self.path = path
    self.suspect = suspect.map { ModelID($0) }
    self.lineage = lineage
    self.corpus = corpus
  }

  /// Whether somebody said who the candidates are; in a folder they are all models but the suspect.
  var namesCandidates: Bool { !FileBytes.isFolder(path) }

  /// What the case file holds; of a folder, every model but the suspect is a candidate and may stand in a cohort.
  package func contents() async throws -> CaseContents {
    guard FileBytes.isFolder(path) else { return try caseContents() }
    guard let suspect else { throw WorkflowError.suspectMissing }
    let files = try TranscriptFolder.files(of: path)
    guard files[suspect] != nil else { throw missing(suspect, among: files.keys) }
    let others = files.keys.filter { $0 != suspect }.sorted()
    return CaseContents(
      name: path, suspect: suspect, candidates: others, cohort: others,
      transcripts: try await TranscriptReader.read(files), lineage: try table() ?? Lineage(), seed: 1)
  }

  private func missing(_ model: ModelID, among known: some Sequence<ModelID>) -> CasesError {
    .noTranscript(of: model, folder: path, nearest: model.nearest(among: known))
  }

  /// Answers alone, whoever is the suspect.
  package func transcripts() async throws -> [ModelID: Transcript] {
    guard FileBytes.isFolder(path) else {
      return try CaseStore.withOpen(at: path) { try $0.contents().transcripts }
    }
    return try await TranscriptFolder.read(path)
  }

  /// The table of lineage that was given, or that lies in the folder; nil without one.
  func table() throws -> Lineage? {
    guard let file = lineage ?? TranscriptFolder.lineage(of: path) else {
      if let corpus { throw CasesError.corpusWithoutLineage(corpus, folder: path) }
      return nil
    }
    return try LineageReader.read(file: file, corpus: corpus)
  }

  /// What a case file holds, seen from the suspect that was asked for.
  func caseContents() throws -> CaseContents {
    let contents = try CaseStore.withOpen(at: path) { try $0.contents() }
    guard !contents.probes.values.contains(where: { $0.given != nil }) else {
      throw WorkflowError.caseOfLikelihoods(file: path)
    }
    guard let suspect, suspect != contents.suspect else { return contents }
    guard contents.transcripts[suspect] != nil else { throw missing(suspect, among: contents.transcripts.keys) }
    return CaseContents(
      name: contents.name, suspect: suspect, candidates: contents.candidates, cohort: contents.cohort,
      transcripts: contents.transcripts, lineage: contents.lineage, probes: contents.probes, seed: contents.seed,
      run: contents.run)
  }

  /// The one model that is set beside the suspect.
  ///
  /// - Parameter name: as given; nil takes the only candidate.
  func candidate(named name: String?, of contents: CaseContents) throws -> ModelID {
    guard let name else {
      guard contents.candidates.count == 1 else {
        throw WorkflowError.candidateMissing(found: contents.candidates.count)
      }
      return contents.candidates[0]
    }
    let id = ModelID(name)
    guard contents.transcripts[id] != nil, id != contents.suspect else {
      throw missing(id, among: contents.transcripts.keys)
    }
    return id
  }
}
