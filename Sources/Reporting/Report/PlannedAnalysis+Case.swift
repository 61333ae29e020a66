package import CaseFile
package import Cases
package import Formats
package import Likelihood

extension PlannedAnalysis {
  /// What this version does with the answers of a case.
  package init(
    of configuration: CaseConfiguration, method: CohortMethod, calibration: Calibration?
  ) {
    let suspect = configuration.suspect.id
    self.init(
      question: VerdictWording.question(suspect: suspect, candidates: configuration.candidates.map(\.id)),
      proposition: PlannedAnalysisWording.proposition(suspect: suspect),
      alternatives: Alternative.allCases.map(\.rawValue),
      alternative: configuration.commission.alternative ?? Alternative.noLink.rawValue, method: method.version,
      channels: method.channelVersions, calibration: calibration?.digest,
      exclusions: PlannedAnalysisWording.exclusions, stopping: PlannedAnalysisWording.stopping)
  }
}

extension Calibration {
  /// SHA-256 of its canonical JSON: what a protocol names it by.
  package var digest: Digest { Digest(of: json.canonical) }

  /// What the command line calls it, if it came with the program.
  var knownName: String? {
    // One that came with the program and cannot be read is known by no name.
    let before =
      ((try? Self.shippedBefore()) ?? []).map { (Self.shippedName, Optional($0)) }
      + ((try? Self.demoBefore()) ?? []).map { (Self.demoName, Optional($0)) }
    let known = [(Self.shippedName, try? Self.shipped()), (Self.demoName, try? Self.demo())] + before
    return known.first { $0.1 == self }?.0
  }
}
