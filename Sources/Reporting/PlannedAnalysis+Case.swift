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
      question: Wording.question(suspect: suspect, candidates: configuration.candidates.map(\.id)),
      proposition: "\(suspect) was trained on answers of the candidate",
      alternatives: Alternative.allCases.map(\.rawValue), method: method.version,
      channels: method.channelVersions, calibration: calibration?.digest,
      exclusions: [
        "An attempt that failed is made again; it is kept, and does not count.",
        "An answer counts whatever it says: refusals, empty and cut answers too.",
        "A prompt counts for a pair if both models answered it.",
        "Models of the suspect's or the candidate's developer, family or base, models documented to be trained on their "
          + "answers, and models tuned from another developer's leave the cohort.",
      ],
      stopping:
        "Every planned item has an answer; limits of calls, tokens, cost or time may end it before, and the log "
        + "shows what was not asked.")
  }
}

extension Calibration {
  /// SHA-256 of its canonical JSON: what a protocol names it by.
  package var digest: Digest { Digest(of: json.canonical) }

  /// What the command line calls it, if it came with the program.
  var knownName: String? {
    // One that came with the program and cannot be read is known by no name.
    let known = [(Self.shippedName, try? Self.shipped()), (Self.demoName, try? Self.demo())]
    return known.first { $0.1 == self }?.0
  }
}
