import Cases
import Formats

/// A case made of transcripts that were recorded elsewhere.
struct RecordedCase {
  let suspect: String
  let candidates: [String]
  let cohort: String
  let probes: String?
  let lineage: String?
  let corpus: String?
  let configuration: String?
  let seed: UInt64

  func contents() async throws -> CaseContents {
    guard !candidates.isEmpty else { throw UsageError.noCandidate }
    let suspectID = try model(suspect)
    let candidateIDs = try candidates.map(model)
    var files: [ModelID: String] = [suspectID: suspect]
    for (id, file) in zip(candidateIDs, candidates) {
      if let other = files.updateValue(file, forKey: id) { throw UsageError.modelNamedTwice(id, other, file) }
    }
    var cohortIDs: [ModelID] = []
    for name in try FileBytes.list(cohort) {
      guard let id = TranscriptReader.modelName(ofFile: name), id != suspectID, !candidateIDs.contains(id) else {
        continue
      }
      if let other = files.updateValue("\(cohort)/\(name)", forKey: id) {
        throw UsageError.modelNamedTwice(id, other, "\(cohort)/\(name)")
      }
      cohortIDs.append(id)
    }
    let probeSet = try probes.map(ProbeSet.read(file:))
    let asked = probeSet.map { Dictionary($0.probes.map { ($0.id, $0) }) { first, _ in first } }
    return CaseContents(
      name: "\(suspectID)", suspect: suspectID, candidates: candidateIDs, cohort: cohortIDs,
      transcripts: try await transcripts(files, only: asked), lineage: try knownLineage(), probes: asked ?? [:],
      seed: seed,
      commission: try configuration.map { try CaseConfigurationReader.read(file: $0).commission } ?? Commission())
  }

  private func model(_ file: String) throws -> ModelID {
    guard let id = TranscriptReader.modelName(ofFile: file) else { throw UsageError.notATranscript(file) }
    return id
  }

  private func knownLineage() throws -> Lineage {
    let own = try configuration.map { try CaseConfigurationReader.read(file: $0).lineage } ?? Lineage()
    return own.filled(from: try lineage.map { try LineageReader.read(file: $0, corpus: corpus) } ?? Lineage())
  }

  private func transcripts(
    _ files: [ModelID: String], only asked: [PromptID: Probe]?
  ) async throws -> [ModelID: Transcript] {
    let transcripts = try await RecordedTranscripts.read(files)
    guard let asked else { return transcripts }
    return transcripts.mapValues { transcript in
      Transcript(
        model: transcript.model, responses: transcript.responses.filter { asked[$0.prompt] != nil },
        source: transcript.source)
    }
  }
}

/// Transcripts read from files, several at a time.
enum RecordedTranscripts {
  static func read(_ files: [ModelID: String]) async throws -> [ModelID: Transcript] {
    try await withThrowingTaskGroup(of: Transcript.self) { group in
      for (id, file) in files.sorted(by: { $0.key < $1.key }) {
        group.addTask { try TranscriptReader.read(file: file, model: id) }
      }
      var transcripts: [ModelID: Transcript] = [:]
      for try await transcript in group { transcripts[transcript.model] = transcript }
      return transcripts
    }
  }
}

/// Mistakes on the command line that the argument parser cannot see.
enum UsageError: Error {
  /// Neither a configuration nor transcripts, or both.
  case baselineSource
  case noCandidate
  case notATranscript(String)
  case modelNamedTwice(ModelID, String, String)
  case unknownMethod(Int)
  case suspectMissing
  /// No candidate is named, and there is more than one, or none.
  case candidateMissing(Int)
  case noTranscriptOf(ModelID, folder: String)
  case noVectorsOf(ModelID, file: String)
  case defectiveVector(ModelID, PromptID, file: String)
  /// A report is asked for of a case that holds only what models think of given answers.
  case caseOfLikelihoods(file: String)
  /// The case that a follow-up needs.
  case noAnswersYet(file: String)
  /// `--field` without a role or a name.
  case badField(String)
  /// Neither here nor above, up to the root of the repository.
  case noConfiguration(folder: String)
  /// Neither a file nor a folder with one.
  case noProbeSet([String])
  /// An option whose value cannot be one; `expected` completes "must be …".
  case badValue(option: String, value: String, expected: String)
}
