import AnswerDebris
package import Cases
package import Likelihood
package import Reporting
import SameModel
import Similarity
import Statistics
import Validation

/// From what a case holds to its report: this is where a case is analysed, whoever asks.
///
/// Scores over the cohort, ratios, the tests whether two models could be one, and what models told of their reasoning, joined
/// in one value. The same contents, method and calibration give the same report.
package struct AnalyseCase: Sendable {
  package let method: CohortMethod
  /// nil gives no likelihood ratio.
  package let calibration: Calibration?
  package let mixture: AlternativeMixture?
  /// Whether words of models and probes may stand in the report.
  package let excerpts: Bool
  /// Named in the report as what made it.
  package let tool: String
  /// Named in the report as what computed it; nil names what does.
  package let arithmetic: Analysis.Arithmetic?
  /// Reports of versions before 0.3.0 come out again without.
  package let findsDebris: Bool
  /// Those of the version that made a report.
  package let rules: AnalysisRules

  package init(
    method: CohortMethod, calibration: Calibration?, mixture: AlternativeMixture? = nil, excerpts: Bool = true,
    tool: String, arithmetic: Analysis.Arithmetic? = nil, findsDebris: Bool = true, rules: AnalysisRules = .present
  ) {
    self.findsDebris = findsDebris
    self.rules = rules
    self.method = method
    self.calibration = calibration
    self.mixture = mixture
    self.excerpts = excerpts
    self.tool = tool
    self.arithmetic = arithmetic
  }

  /// With the present method, and the calibration that ships with it.
  package init(excerpts: Bool = true, tool: String) throws {
    let method = CohortMethod.current
    self.init(method: method, calibration: try .shipped(for: method), excerpts: excerpts, tool: tool)
  }

  /// What servers and tools left in the answers is taken off first. Where the suspect and a candidate have some, they are analysed with
  /// it as well: what hangs on it is no finding.
  ///
  /// - Parameters:
  ///   - shared: what the channels measured of these very transcripts, where many suspects share them: all of them are compared.
  ///   - maximumCohort: models of the cohort that are compared; of more some are chosen (`BoundedCohort`).
  /// - Throws: `WorkflowError.caseOfLikelihoods`, or `LikelihoodError`.
  package func report(
    _ given: CaseContents, shared: SharedMeasurement? = nil, maximumCohort: Int = RecordedCase.maximumCohort
  ) async throws -> Report {
    guard !given.probes.values.contains(where: { $0.given != nil }) else {
      throw WorkflowError.caseOfLikelihoods(file: given.name)
    }
    let contents =
      if shared == nil {
        try await BoundedCohort(most: maximumCohort, seed: given.seed).chosen(
          of: given, keeping: Set(given.candidates))
      } else { given }
    let apart = await CalibrationsApart(for: contents, of: calibration)
    let whole = CohortAnalysis(method: method, calibration: calibration, apart: apart, rules: rules)
    let found = CleanedContents(contents, debris: shared?.debris ?? debris(contents.transcripts))
    let (cleaned, debris) = (found.contents, found.debris)
    let analysis = try await whole.run(cleaned, shared: shared?.cleaned)
    let weighsDebris =
      debris.isShared(by: contents.suspect, withOneOf: contents.candidates)
      || rules.weighsAllDebris && debris.changesAnswers
    let raw = weighsDebris ? try await whole.candidates(contents, shared: shared?.recorded) : []
    return Report(
      cleaned, analysis, sameModel: await sameModel(cleaned, analysis), mixture: mixture,
      withoutFirstSentences: try await withoutFirstSentences(cleaned, analysis, by: whole, shared?.shortened),
      debris: DebrisFinding(debris, with: raw, excerpts: excerpts),
      reasoning: try await ReasoningComparison.all(cleaned),
      tool: tool, arithmetic: arithmetic, excerpts: excerpts)
  }

  /// A case whose cohort was chosen where it was read: all of it is compared.
  ///
  /// - Parameters:
  ///   - measurement: file of a measurement of these very answers; nil measures them.
  ///   - measuringAgain: told where there is debris in them: the measurement then stands for the answers as they came, beside which they
  ///     are measured without it.
  /// - Throws: `PartError` for one that is none, or of other answers.
  package func report(
    _ contents: CaseContents, measurement: String?, measuringAgain: () -> Void = {}
  ) async throws -> Report {
    let shared = try measurement.map {
      SharedMeasurement(
        debris(contents.transcripts),
        recorded: try MergeParts.measurement($0, of: contents.transcripts, method: method, rows: true))
    }
    if shared?.debris.changesAnswers == true { measuringAgain() }
    return try await report(contents, shared: shared, maximumCohort: .max)
  }

  private func debris(_ transcripts: [ModelID: Transcript]) -> Debris {
    Debris(findsDebris ? transcripts : [:], rules: rules.findsEchoes ? .present : .before0_10)
  }

  /// The candidate with the highest combined score once more, without the first sentence of every answer of every model: whether
  /// it is more than a habit of beginning. Looked into only where the likeness speaks for a link, or no ratio weighs it.
  ///
  /// - Parameter shared: what was measured so of these very transcripts.
  private func withoutFirstSentences(
    _ contents: CaseContents, _ analysis: Analysis, by whole: CohortAnalysis, _ shared: PairMeasurements?
  ) async throws -> CandidateFinding? {
    func combined(_ finding: CandidateFinding) -> Double {
      if case .evaluated(let scores) = finding.outcome { scores.combined } else { -.infinity }
    }
    guard let nearest = analysis.candidates.max(by: { combined($0) < combined($1) }),
      case .evaluated(let scores) = nearest.outcome
    else { return nil }
    let ratio = nearest.ratios.first { $0.alternative == .noLink }.flatMap { try? $0.result.get() }
    guard ratio.map({ $0.log10 > 0 }) ?? scores.standsOut else { return nil }
    do {
      return try await whole.withoutFirstSentences(contents, nearest.candidate, shared: shared)
    } catch is LikelihoodError {
      // Answers of one sentence leave nothing to compare.
      return nil
    }
  }

  /// By candidate, whether its answers can be told from the suspect's.
  private func sameModel(_ contents: CaseContents, _ analysis: Analysis) async -> [ModelID: SameModelGate.Result] {
    let gate = SameModelGate(permutation: StratifiedPermutation(seed: contents.seed))
    guard let suspect = contents.transcripts[contents.suspect] else { return [:] }
    var results: [ModelID: SameModelGate.Result] = [:]
    for finding in analysis.candidates {
      guard let candidate = contents.transcripts[finding.candidate] else { continue }
      let others = finding.selection.members.compactMap { contents.transcripts[$0] }
      results[finding.candidate] = await gate.decide(suspect, candidate, others: others)
    }
    return results
  }
}
