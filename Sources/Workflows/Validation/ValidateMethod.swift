import Formats
package import Likelihood
package import Validation

/// How good the method is on pairs of models of which it is known whether one was trained on the other's answers.
package struct ValidateMethod: Sendable {
  package struct Findings: Sendable {
    package let report: ValidationReport
    package let pairs: CorpusPairs
  }

  private let corpus: String
  private let pairs: String
  private let seed: UInt64
  private let measurements: [String: String]

  /// - Parameters:
  ///   - corpus: folder, laid out as for `CorpusPairs.read`.
  ///   - pairs: table of labelled pairs.
  ///   - measurements: files of measurements, by set of answers; the others are measured.
  package init(corpus: String, pairs: String, seed: UInt64, measurements: [String: String] = [:]) {
    self.measurements = measurements
    self.corpus = corpus
    self.pairs = pairs
    self.seed = seed
  }

  /// - Parameters:
  ///   - frozen: a calibration that was fitted elsewhere; nil fits one for each pair, without its families.
  ///   - progress: told of each set of answers that is done.
  /// - Throws: `FittingError.familiesOnBothSides` for a calibration that saw a family of these pairs; `WorkflowError.unknownSet` for
  ///   a measurement of a set without pairs.
  package func run(
    _ method: CohortMethod, frozen: Calibration?,
    progress: @Sendable ((set: String, pairs: Int, scored: Int)) -> Void = { _ in }
  ) async throws -> Findings {
    if let frozen { try refuseSeenFamilies(frozen) }
    try refuseUnknownSets()
    let found = try await CorpusPairs.read(
      corpus: corpus, pairs: pairs, method: method, seed: seed, thorough: true,
      measured: { set, transcripts in
        try measurements[set].map { try MergeParts.measurement($0, of: transcripts, method: method, rows: true) }
      }, progress: progress)
    return Findings(
      report: ValidationReport(
        found.scored, planted: found.planted, lineage: found.lineage,
        learning: LeaveFamiliesOut(reliability: .current), frozen: frozen),
      pairs: found)
  }

  /// A misspelt set would be measured again, for hours, as if nothing had been given for it.
  private func refuseUnknownSets() throws {
    guard !measurements.isEmpty else { return }
    let labelled = try LabelledPair.read(file: pairs).filter { $0.teacherCorpus == $0.studentCorpus }
    let known = Set(labelled.map(\.studentCorpus))
    if let unknown = measurements.keys.filter({ !known.contains($0) }).min() {
      throw WorkflowError.unknownSet(unknown, known: known.sorted())
    }
  }

  /// A family on both sides of the split would be judged by what was learned from it. The very pairs that a calibration was
  /// fitted on are let through: the report says of them that they flatter.
  private func refuseSeenFamilies(_ frozen: Calibration) throws {
    guard frozen.pairs != Digest(of: try FileBytes.read(pairs)) else { return }
    let families = Set(try LabelledPair.read(file: pairs).filter { $0.label != nil }.map(\.studentFamily))
    let seen = families.intersection(frozen.families).sorted()
    guard seen.isEmpty else { throw FittingError.familiesOnBothSides(seen) }
  }
}
