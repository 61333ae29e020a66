package import Cases
package import Formats
import Likelihood
import Reporting
package import Workflows

/// What a case will be able to say, and what would make it say more: before anything is asked or paid.
package struct ForecastText {
  private let suspect: ModelID
  private let found: ForecastCase.Findings

  package init(_ configuration: CaseConfiguration, _ found: ForecastCase.Findings) {
    suspect = configuration.suspect.id
    self.found = found
  }

  package var lines: [String] {
    found.pairs.flatMap(lines) + [kinds, direction]
      + (found.recorded > 0 ? ["recorded, not asked: \(found.recorded) models"] : [])
  }

  private func lines(_ pair: ForecastCase.Pair) -> [String] {
    let ratio =
      pair.reasons.isEmpty
      ? """
      ✓ \(pair.candidate): a likelihood ratio is possible (\(pair.prompts) common probes, \(pair.unrelated) unrelated models), if answers have \(found.minimumCharacters) characters or more in the mean
      """
      : "✗ \(pair.candidate): there will be no likelihood ratio"
    return [ratio]
      + pair.reasons.flatMap { ["    because: \(Self.reason($0))", "    remedy:  \(Self.remedy($0))"] }
      + leftOut(pair) + sameModel(pair) + lineage(pair)
  }

  private static func reason(_ reason: Calibration.Refusal) -> String {
    switch reason {
    case .tooFewPrompts(let found, let needed): "\(found) probes that both answer, \(needed) are needed"
    case .cohortTooSmall(let found, let needed):
      "\(found) models of the cohort are related to neither, \(needed) are needed"
    case .answersTooShort(let found, let needed):
      "answers of at most \(found) characters or so in the mean, \(needed) are needed"
    case .scriptNotCovered(let withoutSpaces):
      "the ratios are not borne out for scripts \(withoutSpaces ? "without" : "with") spaces between words"
    case .lineageUnknown(let models):
      "neither developer nor base of \(models.map(\.rawValue).joined(separator: " and ")) is stated"
    case .cohortLineageUnknown(let found, let all, let needed):
      "developer or base is stated of \(found) of the \(all) unrelated models of the cohort, \(needed) are needed"
    case .basesDiffer(let bases): "the lineage names two base models, \(bases.suspect) and \(bases.candidate)"
    case .tooFewFamilies(let found, let needed): "\(found) independent families of known truth, \(needed) are needed"
    case .symmetric: "the scores are the same both ways"
    case .onlyArgued: "no comparisons of known truth exist"
    case .groupsNotFitted: "the calibration was fitted on pairs alone"
    case .lineNotFitted: "no line can be fitted on what is left without the families of the case"
    case .scoreMissing: "a channel has no score"
    }
  }

  /// The cheapest first.
  private static func remedy(_ reason: Calibration.Refusal) -> String {
    switch reason {
    case .tooFewPrompts(let found, let needed):
      """
      \(needed - found) more probes: with one answer each before two; recorded answers must be to the same prompts
      """
    case .cohortTooSmall(let found, let needed):
      """
      \(needed - found) more models of other developers: recorded answers cost nothing (retort cohort import), small models of ollama cost time (retort init --cohort ollama)
      """
    case .answersTooShort(_, let needed):
      "open questions, and sampling.max_tokens of \(max(needed, 256)) or more"
    case .scriptNotCovered: "probes in another language"
    case .lineageUnknown(let models):
      "developer: NAME or base: NAME in the entry of \(models.map(\.rawValue).joined(separator: " and of "))"
    case .cohortLineageUnknown(let found, _, let needed):
      "the same for \(needed - found) more of the cohort, in the entry of each or in the lineage.csv of its folder"
    case .tooFewFamilies, .symmetric, .onlyArgued, .basesDiffer, .groupsNotFitted, .lineNotFitted, .scoreMissing: "none"
    }
  }

  private func sameModel(_ pair: ForecastCase.Pair) -> [String] {
    guard pair.repeated == 0 else {
      return ["✓ \(pair.candidate): whether the two are one model is tested, on \(pair.repeated) probes"]
    }
    let remedy =
      pair.isFixedByProbes
      ? "take \"samples\": 1 out of the lines of the probe set: it comes before samples of the case"
      : "samples: 2, or recorded answers with two samples"
    return [
      "✗ \(pair.candidate): whether the two are one model is not tested: that needs two answers of both to a probe",
      "    remedy:  \(remedy)",
    ]
  }

  /// Whom the lineage takes out of the cohort, and why: what it says is as good as what was written into it.
  private func leftOut(_ pair: ForecastCase.Pair) -> [String] {
    guard !pair.leftOut.isEmpty else { return [] }
    let shown = pair.leftOut.prefix(12).map { "\($0.model) (\(VerdictWording.reason($0.relation)))" }
    let more = pair.leftOut.count > 12 ? " and \(pair.leftOut.count - 12) more" : ""
    return ["    not in its cohort: \(shown.joined(separator: ", "))\(more)"]
  }

  private func lineage(_ pair: ForecastCase.Pair) -> [String] {
    guard !pair.unstated.isEmpty else { return [] }
    let names = pair.unstated.prefix(6).map(\.rawValue).joined(separator: ", ")
    let more = pair.unstated.count > 6 ? " and \(pair.unstated.count - 6) more" : ""
    return [
      "✗ \(pair.candidate): neither developer nor base is stated of \(names)\(more): relatives among them may stay in the cohort",
      "    remedy:  state developer and base of each (developer: NAME), or name a table (lineage: FILE)",
    ]
  }

  private var kinds: String {
    let told = found.told.map(RatioWording.name).joined(separator: "; ")
    let untold = found.untold.map(RatioWording.name).joined(separator: "; ")
    return """
      kinds of link: ratios against \(told.isEmpty ? "nothing" : told)\(untold.isEmpty ? "" : "; these answers cannot tell: \(untold) (no further model in the case changes that)")
      """
  }

  private var direction: String {
    found.hasLikelihoods
      ? "direction: not by these scores; retort likelihood may point to one, if every server gives likelihoods of given answers"
      : "direction: not determined: the scores are the same both ways, and not every model can be asked for likelihoods"
  }

  package var json: JSONValue {
    .object([
      "candidates": .array(
        found.pairs.map { pair in
          .object([
            "model": .string(pair.candidate.rawValue), "ratio_possible": .bool(pair.reasons.isEmpty),
            "probes": .integer(pair.prompts), "unrelated_cohort": .integer(pair.unrelated),
            "same_model_probes": .integer(pair.repeated),
            "unknown_lineage": .array(pair.unstated.map { .string($0.rawValue) }),
            "reasons": .array(
              pair.reasons.map {
                .object(["because": .string(Self.reason($0)), "remedy": .string(Self.remedy($0))])
              }),
          ])
        }),
      "kinds": .array(found.told.map { .string($0.rawValue) }),
      "not_told": .array(found.untold.map { .string($0.rawValue) }),
      "likelihoods": .bool(found.hasLikelihoods), "recorded": .integer(found.recorded),
    ])
  }
}
