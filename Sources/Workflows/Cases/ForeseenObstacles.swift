package import Cases
package import Likelihood

/// What keeps a case from a likelihood ratio and is known before anything is asked: how many prompts and unrelated models
/// there are, and whether two answers a prompt let equality be tested.
package struct ForeseenObstacles: Sendable {
  /// By candidate, in the order of the case; those without any are left out.
  package let refusals: [(candidate: ModelID, refusals: [Calibration.Refusal])]
  package let candidates: Int
  /// Whether no prompt has two answers of suspect and candidates, which the test of equality needs.
  package let isEqualityUntested: Bool

  /// - Parameter calibration: nil where there is none for the method.
  package init(_ configuration: CaseConfiguration, calibration: Calibration?) {
    let prompts = configuration.probes.count
    candidates = configuration.candidates.count
    isEqualityUntested = !configuration.probes.contains { configuration.samples(of: $0) > 1 }
    refusals = configuration.candidates.compactMap { candidate in
      let cohort = CohortSelection(
        from: configuration.cohort.map(\.id), suspect: configuration.suspect.id, candidate: candidate.id,
        lineage: configuration.lineage)
      // How long answers will be and in which script is not known yet.
      let setting = Calibration.Setting(
        prompts: prompts, cohort: cohort.members.count, characters: .infinity, withoutSpaces: false)
      let found = (calibration?.refusals(in: setting) ?? []).filter {
        if case .scriptNotCovered = $0 { false } else { true }
      }
      return found.isEmpty ? nil : (candidate.id, found)
    }
  }

  /// By the present method and the calibration that ships with it.
  package init(_ configuration: CaseConfiguration) throws {
    self.init(configuration, calibration: try .shipped(for: .current))
  }
}
