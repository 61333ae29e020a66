package import Cases
import Formats

/// The answers of one set of a study, and those of suspects that lie elsewhere.
package struct StudyAnswers: Sendable {
  /// Models with too few answers are not among them.
  let transcripts: [ModelID: Transcript]
  /// Suspects whose answers lie in another set: they are in nobody's cohort.
  let guests: [ModelID: Transcript]
  let leftOut: [ModelID]
  /// Those of the set, and of suspects that lie elsewhere.
  var all: [ModelID: Transcript] { transcripts.merging(guests) { first, _ in first } }
  private let lineage: Lineage
  private let probes: [PromptID: Probe]
  private let folder: String

  package static func read(_ comparison: Study.Comparison, of study: Study, corpus: String) async throws -> StudyAnswers
  {
    let folder = "\(corpus)/\(comparison.set)/responses"
    let prompts = "\(corpus)/\(comparison.set)/prompts.jsonl"
    let probes =
      FileBytes.exists(prompts)
      ? Dictionary(firstOf: try ProbeSet.read(file: prompts).probes.map { ($0.id, $0) }) : [:]
    let asked = probes.mapValues(\.prompt)
    let all = try await TranscriptFolder.read(folder).mapValues { $0.knowing(asked) }
    let kept = all.filter { Set($0.value.responses.map(\.prompt)).count >= comparison.minimumPrompts }
    let elsewhere = try comparison.suspectsFrom.map { set in
      try TranscriptFolder.files(of: "\(corpus)/\(set)/responses").filter { comparison.suspects.contains($0.key) }
    }
    return StudyAnswers(
      transcripts: kept, guests: try await TranscriptReader.read(elsewhere ?? [:]),
      leftOut: all.keys.filter { kept[$0] == nil }.sorted(),
      lineage: try LineageReader.read(file: "\(corpus)/\(study.lineage)", corpus: comparison.set),
      probes: probes, folder: folder)
  }

  /// One suspect's case. Candidates stand in one another's cohorts, as far as they are unrelated: so it was in the
  /// validation.
  package func contents(suspect: ModelID, study: Study, comparison: Study.Comparison) throws -> CaseContents {
    guard let own = guests[suspect] ?? transcripts[suspect] else {
      throw CasesError.noTranscript(of: suspect, folder: folder, nearest: suspect.nearest(among: transcripts.keys))
    }
    let others = transcripts.filter { $0.key != suspect }
    for candidate in comparison.candidates where others[candidate] == nil {
      throw CasesError.noTranscript(of: candidate, folder: folder, nearest: candidate.nearest(among: others.keys))
    }
    let developers = Set(comparison.candidatesOf)
    let candidates = Set(comparison.candidates).union(
      others.keys.filter { model in
        guard let known = lineage[model], let developer = known.developer else { return false }
        return developers.contains(developer)
      })
    return CaseContents(
      name: "\(comparison.set): \(suspect)", suspect: suspect, candidates: candidates.sorted(),
      cohort: others.keys.sorted(), transcripts: others.merging([suspect: own]) { first, _ in first }, lineage: lineage,
      probes: probes, seed: study.seed)
  }
}
