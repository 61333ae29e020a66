import CaseFile
import Likelihood
import Reporting
import Similarity

extension StandingPair {
  /// All pairs of one suspect that stand out.
  static func all(_ contents: CaseContents, _ report: Reporting.Report) async throws -> [StandingPair] {
    let standing = report.verdicts.filter { $0.standing == .standsOut }.map(\.candidate)
    guard !standing.isEmpty else { return [] }
    let shortened = CaseContents(
      name: contents.name, suspect: contents.suspect, candidates: standing, cohort: contents.cohort,
      transcripts: contents.transcripts.mapValues(\.withoutFirstSentences), lineage: contents.lineage,
      probes: contents.probes, seed: contents.seed)
    let rest: Reporting.Report?
    do {
      rest = try await AnalysisOutput.report(shortened)
    } catch is LikelihoodError {
      // Answers of one sentence leave nothing to compare.
      rest = nil
    }
    return report.candidates.filter { standing.contains($0.model) }.map { finding in
      StandingPair(
        suspect: contents.suspect, finding,
        opening: StockOpening(contents.suspect, finding.model, among: contents.transcripts),
        withoutFirstSentences: rest?.candidates.first { $0.model == finding.model }?.combined)
    }
  }
}
