import CaseFile
import Likelihood

/// Every sentence of the report that depends on a result. Made in one place, from the numbers, so that text and numbers
/// agree.
enum Wording {
  static func question(suspect: ModelID, candidates: [ModelID]) -> String {
    let names = candidates.map(\.rawValue)
    guard names.count <= FirstPage.mostSentences else {
      return "Was \(suspect) trained on answers of one of these \(names.count) models?"
    }
    guard let last = names.last, names.count > 1 else {
      return "Was \(suspect) trained on answers of \(names.first ?? "another model")?"
    }
    return "Was \(suspect) trained on answers of \(names.dropLast().joined(separator: ", ")) or \(last)?"
  }

  static func verdict(_ finding: CandidateFinding, _ candidate: Report.Candidate, suspect: ModelID) -> Report.Verdict {
    func verdict(_ standing: Report.Standing, _ sentence: String) -> Report.Verdict {
      Report.Verdict(candidate: candidate.model, standing: standing, sentence: sentence)
    }
    guard let combined = candidate.combined, case .evaluated(let scores) = finding.outcome else {
      let reason = candidate.notEvaluated ?? "nothing was measured"
      return verdict(.notEvaluated, "\(suspect) and \(candidate.model): not evaluated, \(reason).")
    }
    if candidate.isIndistinguishable, let test = candidate.sameModelTest {
      return verdict(
        .sameModel,
        "\(suspect) and \(candidate.model): the same model, as far as these probes can tell. "
          + SameModelWording.sentence(test, candidate: candidate.model.rawValue))
    }
    let ratio = RatioWording.headline(finding).map { "; " + $0 } ?? ""
    let place = "\(score(combined.score)) \(interval(combined.interval)), rank \(combined.rank) of \(combined.of)"
    if scores.standsOut {
      return verdict(
        .standsOut,
        "\(suspect) stands out from the cohort towards \(candidate.model): combined score \(place); "
          + "\(score(combined.margin)) \(interval(combined.marginInterval)) above the strongest cohort model"
          + ratio + ".")
    }
    return verdict(
      .doesNotStandOut,
      "\(suspect) does not stand out from the cohort towards \(candidate.model): combined score \(place); "
        + why(combined) + ratio + ".")
  }

  /// The first part of the rule that is not met.
  private static func why(_ combined: Report.Combined) -> String {
    if combined.rank > 1 {
      return combined.rank == 2
        ? "one cohort model is as near or nearer" : "\(combined.rank - 1) cohort models are as near or nearer"
    }
    if (combined.marginInterval.low.value ?? 0) <= 0 {
      return "the lead over the strongest cohort model, \(score(combined.margin)) "
        + "\(interval(combined.marginInterval)), may be owed to the choice of probes"
    }
    return "a further unrelated model may reach \(score(combined.predictionLimit))"
  }

  static func score(_ figure: Figure) -> String { figure.text(decimals: 2) }

  static func interval(_ range: Report.Range) -> String {
    "[\(range.low.text(decimals: 2)), \(range.high.text(decimals: 2))]"
  }

  static func reason(_ relation: CohortSelection.Relation) -> String {
    switch relation {
    case .isInThePair: "is in the pair"
    case .sameDeveloper(let model): "same developer as \(model)"
    case .sameFamily(let model): "same family as \(model)"
    case .sameBase(let model): "same base model as \(model)"
    case .tunedFrom(let model): "tuned from \(model), or \(model) from it"
    case .derived(let base): "tuned from \(base), a model of another developer"
    case .trainedOnAnswers(let teacher): "documented to be trained on answers of \(teacher)"
    }
  }

  static func reason(_ reason: CandidateFinding.Reason) -> String {
    switch reason {
    case .noCommonPrompts: "the two answered no common prompt"
    case .cohortTooSmall(let left, let needed):
      "\(left) unrelated cohort models are left, \(needed) are needed"
    }
  }

  /// Whether the equality test was made, and what it says, for all candidates together.
  static func sameModelGate(_ candidates: [Report.Candidate]) -> String {
    let tested = candidates.filter { $0.sameModelTest != nil }
    guard !tested.isEmpty else {
      return "Same model under two names: not tested, for the test needs two samples or more of a prompt from each."
    }
    let same = tested.filter(\.isIndistinguishable).map(\.model)
    let apart = tested.count - same.count
    return "Same model under two names: tested for \(tested.count) of \(candidates.count) candidates, "
      + (same.isEmpty ? "all told apart." : "\(apart) told apart, not so \(list(same)).")
  }

  /// The method in plain words.
  static func method(_ method: Report.Method) -> String {
    let channels = method.channels.filter(\.isCombined).map { explanation(ofChannel: $0.name) }
    let besides = method.channels.filter { !$0.isCombined }.map { explanation(ofChannel: $0.name) }
    let adjusted = method.channels.filter { $0.lengthCoefficient != nil }.map(\.name)
    var parts = [
      "Every model answered the same prompts. \(channels.count) channels compare the answers of two models to one "
        + "prompt: \(channels.joined(separator: "; ")). A channel's score is its mean over prompts."
    ]
    if !adjusted.isEmpty {
      parts.append("From \(adjusted.joined(separator: ", ")) the effect of unequal answer lengths is taken out.")
    }
    parts.append(
      "A score is then measured in standard deviations of the cohort, from both sides: how far does the candidate stand "
        + "out among the models that the suspect could have learned from but did not, and how far does the suspect stand "
        + "out among models that did not learn from the candidate? The mean of both sides and of all channels is the "
        + "combined score.")
    if !besides.isEmpty {
      parts.append("Reported beside them, outside the combined score: \(besides.joined(separator: "; ")).")
    }
    if method.reference == "far_half" {
      parts.append(
        "On each side only that half of the cohort counts that is least like the other model, for look-alikes of a "
          + "candidate may have learned from it too.")
    }
    parts.append(
      "Each cohort model is put in the candidate's place in the same way. Intervals come from drawing the prompts anew "
        + "with replacement. A suspect stands out towards a candidate if three things hold: no cohort model has as high a "
        + "combined score; the interval of the lead over the strongest cohort model lies above zero; and the score exceeds "
        + "what a further unrelated model may reach, by Student's t distribution of the cohort's scores, at one tail of "
        + "(1 − confidence) shared among the candidates.")
    return parts.joined(separator: " ")
  }

  private static func explanation(ofChannel name: String) -> String {
    switch name {
    case "content_overlap": "which rare word sequences and marks they share (content overlap)"
    case "openings_2": "whether they begin with the same two tokens (openings)"
    case "beginnings": "how alike their first ten words and marks are (beginnings)"
    case "sentence_openings": "with which words their sentences and lines begin (sentence openings)"
    case "style": "how they are built: lines, lists, sentences, marks, common words (style)"
    default: name
    }
  }

  /// What the report does not say, and why.
  static func limits(_ contents: CaseContents, _ candidates: [Report.Candidate]) -> [String] {
    var limits = [
      "A score that stands out says that two models answer alike beyond what the cohort does. A common teacher, "
        + "a common base model, shared training data or the same model under two names have the same effect"
        + (candidates.contains { $0.ratios.contains { $0.log10 != nil } }
          ? "; the likelihood ratios tell how far the scores tell them apart."
          : "; none of these alternatives is evaluated here."),
      "Models that answer as most models do are near to many: part of any closeness is that of the usual, not that of one "
        + "teacher.",
      "The intervals resample probes. They do not cover what another cohort would have given.",
    ]
    let unknown = Set(candidates.flatMap(\.nothingKnownOf)).sorted()
    if unknown.count == Set(contents.transcripts.keys).count {
      limits.append("Nothing is known of where the models come from: no relative could be left out of the cohort.")
    } else if !unknown.isEmpty {
      limits.append(
        "Nothing is known of where \(list(unknown)) come\(unknown.count == 1 ? "s" : "") from: "
          + "relatives among them could not be left out of the cohort.")
    }
    if candidates.contains(where: { $0.sameModelTest == nil }) {
      limits.append(
        "Whether suspect and candidate are the same model was not tested: the test needs two samples or more of a "
          + "prompt from each.")
    }
    if contents.run != nil {
      limits.append(
        "Names, versions and fingerprints of models are as their endpoints declare them; nothing here confirms them.")
    } else {
      limits.append("The transcripts were recorded elsewhere; which model wrote them is taken from their file names.")
    }
    let pasted = (contents.run?.endpoints ?? []).filter { $0.pasted != nil }.map(\.model)
    if !pasted.isEmpty {
      limits.append(
        "The answers of \(list(pasted)) were pasted by a person from a chat window: nobody else says that the model gave "
          + "them, and no sampling parameter was sent.")
    }
    for endpoint in contents.run?.endpoints ?? [] {
      guard let count = endpoint.redacted else { continue }
      limits.append(
        "\(count) response\(count == 1 ? "" : "s") of \(endpoint.model) held a key that the endpoint had been sent: it was "
          + "masked before anything was stored, and what is analysed was read from the masked bytes.")
    }
    return limits
  }

  static func list(_ models: [ModelID]) -> String {
    let shown = models.prefix(8).map(\.rawValue).joined(separator: ", ")
    return models.count > 8 ? shown + " and \(models.count - 8) more" : shown
  }
}
