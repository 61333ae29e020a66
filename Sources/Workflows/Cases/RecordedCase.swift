package import Cases
import Formats
import Likelihood

/// A case made of transcripts that were recorded elsewhere.
package struct RecordedCase: Sendable {
  private let suspect: String
  private let candidates: [String]
  private let cohort: String
  private let probes: String?
  private let lineage: String?
  private let corpus: String?
  private let configuration: String?
  private let seed: UInt64
  private let maximumCohort: Int

  /// Models of a cohort that are compared where nobody asks for more.
  package static let maximumCohort = 200
  package static let cohortBounds = 20...100_000

  /// - Parameters:
  ///   - suspect: its transcript.
  ///   - candidates: their transcripts.
  ///   - cohort: folder of transcripts; suspect and candidates may lie in it too.
  ///   - probes: probe set; only its prompts are used.
  ///   - lineage: table of lineage, of which the rows of `corpus` count.
  ///   - maximumCohort: models of the cohort that are compared; of more some are chosen (`BoundedCohort`).
  ///   - configuration: a case whose commission, developers, bases and families are used; the table fills gaps.
  package init(
    suspect: String, candidates: [String], cohort: String, probes: String? = nil, lineage: String? = nil,
    corpus: String? = nil, configuration: String? = nil, seed: UInt64 = 1,
    maximumCohort: Int = RecordedCase.maximumCohort
  ) {
    self.maximumCohort = maximumCohort
    self.suspect = suspect
    self.candidates = candidates
    self.cohort = cohort
    self.probes = probes
    self.lineage = lineage
    self.corpus = corpus
    self.configuration = configuration
    self.seed = seed
  }

  package func contents() async throws -> CaseContents {
    guard !candidates.isEmpty else { throw WorkflowError.noCandidate }
    let suspectID = try model(suspect)
    let candidateIDs = try candidates.map(model)
    var files: [ModelID: String] = [suspectID: suspect]
    for (id, file) in zip(candidateIDs, candidates) {
      if let other = files.updateValue(file, forKey: id) { throw CasesError.modelNamedTwice(id, other, file) }
    }
    let others = try TranscriptFolder.files(of: cohort, leavingOut: Set(files.keys))
    let probeSet = try probes.map(ProbeSet.read(file:))
    let asked = probeSet.map { Dictionary(firstOf: $0.probes.map { ($0.id, $0) }) }
    let wanted = asked.map { Set($0.keys) }
    let prompts = asked?.mapValues(\.prompt) ?? [:]
    let read: @Sendable (ModelID, String) throws -> Transcript = { model, file in
      let transcript = try TranscriptReader.read(file: file, model: model)
      guard let wanted else { return transcript }
      return transcript.only(wanted).knowing(prompts)
    }
    var transcripts = try await BoundedCohort.all(files, read)
    guard let own = transcripts[suspectID] else { throw CasesError.emptyTranscript(file: suspect) }
    let lineage = try knownLineage()
    let rivals = candidateIDs.flatMap {
      RivalLead.rivals(from: others.keys, suspect: suspectID, candidate: $0, lineage: lineage)
    }
    let chosen = try await BoundedCohort(most: maximumCohort, seed: seed).chosen(
      like: own, rivals: Set(rivals), others, read)
    transcripts.merge(chosen.transcripts) { own, _ in own }
    return CaseContents(
      name: "\(suspectID)", suspect: suspectID, candidates: candidateIDs, cohort: chosen.transcripts.keys.sorted(),
      transcripts: transcripts, lineage: lineage, probes: asked ?? [:], seed: seed,
      commission: try configuration.map { try CaseConfigurationReader.read(file: $0).commission } ?? Commission(),
      draw: chosen.draw)
  }

  private func model(_ file: String) throws -> ModelID {
    guard let id = TranscriptReader.modelName(ofFile: file) else { throw CasesError.notATranscript(file: file) }
    return id
  }

  private func knownLineage() throws -> Lineage {
    let own = try configuration.map { try CaseConfigurationReader.read(file: $0).lineage } ?? Lineage()
    let table = lineage ?? TranscriptFolder.lineage(of: cohort)
    if table == nil, let corpus { throw CasesError.corpusWithoutLineage(corpus, folder: cohort) }
    return own.filled(from: try table.map { try LineageReader.read(file: $0, corpus: corpus) } ?? Lineage())
      .withNamesSpelledAlike
  }
}
