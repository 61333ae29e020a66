package import AnswerDebris
import Cases
import Formats
package import Likelihood
package import Rendering

/// Which of many models are near each other.
package struct DrawTree: Sendable {
  package struct Findings: Sendable {
    package let tree: ModelTree
    package let files: RelationFiles
    /// How often the nearest neighbour is a documented relative; nil where nothing is known of any model.
    package let agreement: NeighbourAgreement?
    /// What servers and tools left in the answers; taken off before they were measured.
    package let debris: [Debris.Finding]
    /// Whether a measurement was given, and the answers were measured without their debris nevertheless.
    package let isMeasuredAgain: Bool
  }

  private let source: AnswerSource
  private let measurement: String?

  /// - Parameter measurement: file of a measurement in place of measuring; of a source that has no path, of whatever models. It is
  ///   of the answers as they came: where there is debris in them, they are measured without it.
  package init(_ source: AnswerSource, measurement: String? = nil) {
    self.source = source
    self.measurement = measurement
  }

  /// - Parameter seed: of the bootstrap; nil is the case's, and 1 of a folder.
  package func run(replicates: Int, seed: UInt64? = nil) async throws -> Findings {
    let answers = try await answers()
    let seed = seed ?? answers.seed
    let debris = Debris(answers.transcripts ?? [:])
    let tree =
      if let measurement, !debris.changesAnswers {
        try await ModelTree.make(
          try MergeParts.measurement(measurement, of: answers.transcripts, method: .current, rows: replicates > 0),
          asked: answers.asked, replicates: replicates, seed: seed)
      } else {
        try await ModelTree.make(
          debris.cleaned, asked: answers.asked, replicates: replicates, seed: seed)
      }
    return Findings(
      tree: tree,
      files: RelationFiles(
        tree, suspects: answers.suspect.map { [$0] } ?? [], candidates: answers.candidates),
      agreement: answers.lineage.map { NeighbourAgreement(tree, $0) }, debris: debris.findings,
      isMeasuredAgain: measurement != nil && debris.changesAnswers)
  }

  private struct Answers {
    /// nil where a measurement stands for them.
    let transcripts: [ModelID: Transcript]?
    let suspect: ModelID?
    let candidates: [ModelID]
    /// nil where nothing is known of any model.
    let lineage: Lineage?
    let seed: UInt64

    var asked: [(ModelID, ModelID)] { suspect.map { own in candidates.map { (own, $0) } } ?? [] }
  }

  private func answers() async throws -> Answers {
    let table = try source.table()
    guard !source.path.isEmpty else {
      return Answers(transcripts: nil, suspect: nil, candidates: [], lineage: table, seed: 1)
    }
    guard FileBytes.isFolder(source.path) else {
      let contents = try source.caseContents()
      let known = table.map { contents.lineage.filled(from: $0).withNamesSpelledAlike } ?? contents.lineage
      return Answers(
        transcripts: contents.transcripts, suspect: contents.suspect, candidates: contents.candidates,
        lineage: known.entries.isEmpty ? nil : known, seed: contents.seed)
    }
    return Answers(
      transcripts: try await TranscriptFolder.read(source.path), suspect: nil, candidates: [], lineage: table, seed: 1)
  }
}
