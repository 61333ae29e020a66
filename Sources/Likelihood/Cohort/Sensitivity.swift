import Cases
import Similarity
import Statistics

/// How far a candidate's result hangs on single choices: each part of the evidence is left out once, all else unchanged.
///
/// The effect of length and the calibration stay those of the whole case. Without one of its channels a method has no
/// calibration, so there the combined score alone is given.
package struct Sensitivity: Hashable, Sendable {
  package enum Part: String, CaseIterable, Hashable, Sendable, Encodable {
    case channel
    case cohortModel = "cohort_model"
    case probeCategory = "probe_category"
    /// The probes at even, and at odd places of their order.
    case probeHalf = "probe_half"
  }

  package struct Variant: Hashable, Sendable {
    package let part: Part
    /// What is left out: a channel, a model, a category, a half.
    package let leftOut: String
    package let combined: Double
    /// log10 by alternative; none where the calibration does not speak for the variant.
    package let ratios: [Alternative: Double]

    /// log10 of the least ratio.
    package var headline: Double? { ratios.values.min() }
  }

  /// Random halves of the cohort, drawn by the seed of the case, in place of the whole: what another choice of unrelated models
  /// would have given. Rivals that are no candidates are halved with it.
  package let halves: [Variant]

  /// By part, then in the order of the method, of the models' names, of the categories' names.
  package let variants: [Variant]
}

/// The scores of a case over a part of its probes only.
struct ProbeSubset: Sendable {
  let part: Sensitivity.Part
  let leftOut: String
  /// By channel and pair, after the effect of length; nan where no probe of the part counts for a pair.
  let adjusted: [[Double]]
  /// Probes that count, by pair.
  let prompts: [Int]

  /// The categories of the probes, where there are two or more, and the two halves.
  static func all(
    _ measurement: PairMeasurements, _ scores: [ChannelScores], probes: [PromptID: Probe]
  ) -> [ProbeSubset] {
    let categories = measurement.prompts.map { probes[$0]?.category }
    let names = Set(categories.compactMap(\.self)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var subsets: [ProbeSubset] = []
    if names.count > 1 {
      subsets = names.map { name in
        ProbeSubset(measurement, scores, .probeCategory, leftOut: name) { categories[$0] != name }
      }
    }
    guard measurement.prompts.count > 1 else { return subsets }
    return subsets
      + [("odd places", 0), ("even places", 1)].map { name, kept in
        ProbeSubset(measurement, scores, .probeHalf, leftOut: name) { $0 % 2 == kept }
      }
  }

  private init(
    _ measurement: PairMeasurements, _ scores: [ChannelScores], _ part: Sensitivity.Part, leftOut: String,
    keeping: (Int) -> Bool
  ) {
    self.part = part
    self.leftOut = leftOut
    let rows = measurement.prompts.indices.filter(keeping)
    prompts = measurement.participation.counts(over: rows)
    adjusted = zip(measurement.scores(over: rows), scores).map { found, scores in
      guard let effects = scores.adjustment?.effects else { return found }
      return zip(found, effects).map { $0 - $1 }
    }
  }
}

/// Leaves out each part of the evidence for one pair.
struct SensitivityTrial {
  let suspect: Int
  let candidate: Int
  /// Places of the cohort's members in the table.
  let members: [Int]
  let pairs: PairIndex
  let scores: [ChannelScores]
  let method: CohortMethod
  let rivals: RivalScores
  /// The candidate's rivals, by their numbers.
  let own: [Int]
  /// The fused scores of all rivals, by the model that is left out; and by subset. Empty where there is no calibration.
  let rivalsWithout: [Int: [Double]]
  let rivalsOfSubsets: [[Double]]
  /// The rivals' cohorts in order.
  let rivalOrders: [[CohortByDistance]]
  let calibration: Calibration?
  let setting: Calibration.Setting
  let subsets: [ProbeSubset]
  /// Random halves of the cohort.
  let drawnHalves: Int
  let seed: UInt64

  func run() -> Sensitivity {
    let pair = pairs.index(suspect, candidate)
    let whole = normalised(scores.map(\.adjusted), members, prompts: setting.prompts)
    let combined = method.channels.indices
    let channels = combined.compactMap { left -> Sensitivity.Variant? in
      let others = combined.filter { $0 != left }.compactMap { whole[$0] }
      guard !others.isEmpty, others.count == combined.count - 1 else { return nil }
      return .init(
        part: .channel, leftOut: scores[left].name, combined: others.reduce(0, +) / Double(others.count), ratios: [:])
    }
    let cohort = members.compactMap { left in
      variant(
        .cohortModel, pairs.models[left].rawValue, scores.map(\.adjusted), members.filter { $0 != left },
        prompts: setting.prompts, rivals: rivalsWithout[left])
    }
    let probes = subsets.enumerated().compactMap { place, subset in
      variant(
        subset.part, subset.leftOut, subset.adjusted, members, prompts: subset.prompts[pair],
        rivals: rivalsOfSubsets.isEmpty ? nil : rivalsOfSubsets[place])
    }
    return Sensitivity(halves: halves, variants: channels + cohort + probes)
  }

  private var halves: [Sensitivity.Variant] {
    let kept = (members.count + 1) / 2
    guard kept >= CohortAnalysis.minimumCohort else { return [] }
    let adjusted = scores.map(\.adjusted)
    var generator = SeededGenerator(seed: seed)
    return (0..<drawnHalves).compactMap { number in
      var order = members
      generator.shuffle(&order)
      // Sums are in the order of the whole.
      let chosen = Set(order.prefix(kept))
      return variant(
        .cohortModel, "half \(number + 1)", adjusted, members.filter(chosen.contains), prompts: setting.prompts,
        rivals: calibration == nil ? nil : rivals.fused(adjusted, without: Set(order.dropFirst(kept)), rivalOrders),
        cohort: members.count)
    }
  }

  private func variant(
    _ part: Sensitivity.Part, _ leftOut: String, _ adjusted: [[Double]], _ members: [Int], prompts: Int,
    rivals scores: [Double]?, cohort: Int? = nil
  ) -> Sensitivity.Variant? {
    guard prompts > 0, members.count >= CohortAnalysis.minimumCohort else { return nil }
    let found = normalised(adjusted, members, prompts: prompts).prefix(method.channels.count).compactMap(\.self)
    guard found.count == method.channels.count else { return nil }
    let setting = Calibration.Setting(
      prompts: prompts, cohort: cohort ?? members.count, characters: setting.characters,
      withoutSpaces: setting.withoutSpaces, lineage: setting.lineage)
    return Sensitivity.Variant(
      part: part, leftOut: leftOut, combined: found.reduce(0, +) / Double(found.count),
      ratios: scores.map { scores in
        ratios(rivals.fused(found, over: own.map { scores[$0] }).fused, alone: FusedScore.value(found), in: setting)
      } ?? [:])
  }

  private func ratios(_ fused: Double, alone: Double, in setting: Calibration.Setting) -> [Alternative: Double] {
    guard let calibration else { return [:] }
    return Alternative.allCases.reduce(into: [:]) { found, alternative in
      let ratio = calibration.ratio(
        alternative, fused: alternative.readsLead ? fused : alone, replicates: [], in: setting, confidence: 0.95)
      if case .success(let ratio) = ratio { found[alternative] = ratio.log10 }
    }
  }

  /// By channel; nil where a score cannot be normalised.
  private func normalised(_ adjusted: [[Double]], _ members: [Int], prompts: Int) -> [Double?] {
    let whole = CohortNormalisation(suspect: suspect, candidate: candidate, cohort: members, pairs: pairs)
    return adjusted.map { scores in
      (method.reference == .farHalf ? whole.overFarHalf(scores) : whole)
        .normalised(scores, floor: CandidateTrial.floor(prompts: prompts))?.value
    }
  }
}
