package import Cases
import Similarity
import Statistics

/// Which of many models are worth measuring: those that say most like the suspect, and some others to set them against.
///
/// Measuring costs the square of the number of models; a sketch of each costs its length.
package enum Screening {
  /// Others that are kept beside the nearest, for the cohort.
  static let others = 60

  /// The case with the `nearest` candidates by the estimated share of common shingles (`ShingleSketch`), and a cohort of these
  /// and of at most 60 more of its members, drawn at random by the case's seed.
  package static func nearest(_ count: Int, of contents: CaseContents) async -> CaseContents {
    guard count < contents.candidates.count, let suspect = contents.transcripts[contents.suspect] else {
      return contents
    }
    let own = ShingleSketch(suspect)
    let near = await withTaskGroup(of: (model: ModelID, share: Double).self) { group in
      for candidate in contents.candidates {
        guard let transcript = contents.transcripts[candidate] else { continue }
        group.addTask { (candidate, own.jaccard(ShingleSketch(transcript))) }
      }
      var found: [(model: ModelID, share: Double)] = []
      for await one in group { found.append(one) }
      return found.sorted { ($1.share, $0.model) < ($0.share, $1.model) }.prefix(count).map(\.model)
    }
    var rest = contents.cohort.filter { !near.contains($0) }.sorted()
    var generator = SeededGenerator(seed: contents.seed)
    generator.shuffle(&rest)
    let cohort = contents.cohort.filter { near.contains($0) } + rest.prefix(others).sorted()
    let kept = Set(cohort + near + [contents.suspect])
    return CaseContents(
      name: contents.name, suspect: contents.suspect, candidates: near, cohort: cohort,
      transcripts: contents.transcripts.filter { kept.contains($0.key) }, lineage: contents.lineage,
      probes: contents.probes, seed: contents.seed, run: contents.run)
  }
}
