package import Cases

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

  /// - Parameters:
  ///   - suspect: its transcript.
  ///   - candidates: their transcripts.
  ///   - cohort: folder of transcripts; suspect and candidates may lie in it too.
  ///   - probes: probe set; only its prompts are used.
  ///   - lineage: table of lineage, of which the rows of `corpus` count.
  ///   - configuration: a case whose commission, developers, bases and families are used; the table fills gaps.
  package init(
    suspect: String, candidates: [String], cohort: String, probes: String? = nil, lineage: String? = nil,
    corpus: String? = nil, configuration: String? = nil, seed: UInt64 = 1
  ) {
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
    files.merge(others) { own, _ in own }
    let probeSet = try probes.map(ProbeSet.read(file:))
    let asked = probeSet.map { Dictionary($0.probes.map { ($0.id, $0) }) { first, _ in first } }
    return CaseContents(
      name: "\(suspectID)", suspect: suspectID, candidates: candidateIDs, cohort: others.keys.sorted(),
      transcripts: try await transcripts(files, only: asked), lineage: try knownLineage(), probes: asked ?? [:],
      seed: seed,
      commission: try configuration.map { try CaseConfigurationReader.read(file: $0).commission } ?? Commission())
  }

  private func model(_ file: String) throws -> ModelID {
    guard let id = TranscriptReader.modelName(ofFile: file) else { throw CasesError.notATranscript(file: file) }
    return id
  }

  private func knownLineage() throws -> Lineage {
    let own = try configuration.map { try CaseConfigurationReader.read(file: $0).lineage } ?? Lineage()
    return own.filled(from: try lineage.map { try LineageReader.read(file: $0, corpus: corpus) } ?? Lineage())
  }

  private func transcripts(
    _ files: [ModelID: String], only asked: [PromptID: Probe]?
  ) async throws -> [ModelID: Transcript] {
    let transcripts = try await TranscriptReader.read(files)
    guard let asked else { return transcripts }
    return transcripts.mapValues { transcript in
      Transcript(
        model: transcript.model, responses: transcript.responses.filter { asked[$0.prompt] != nil },
        source: transcript.source, thoughtsInText: transcript.thoughtsInText)
    }
  }
}
