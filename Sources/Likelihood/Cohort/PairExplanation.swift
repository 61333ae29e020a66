package import Cases
package import Similarity

/// What carries the score of one pair: which probes, which words, which habits, and which members of the cohort.
///
/// A normalised score is a sum over probes: each probe adds, on either side, its contribution for the pair less the mean
/// of its contributions for the cohort, in standard deviations of the cohort's scores. What the adjustment for length
/// takes out belongs to no probe and is told apart; both together are the normalised score.
package struct PairExplanation: Sendable {
  package struct Channel: Sendable {
    package let name: String
    package let isCombined: Bool
    package let score: Score
    package let normalised: NormalisedScore
    /// Of the normalised score: what the adjustment for length adds.
    package let length: Double
    /// Of the normalised score: what each probe adds, in the order of `prompts`.
    package let probes: [Double]
    /// Least and greatest normalised score if one member of the cohort is left out, and which.
    package let leastWithout: Sensitivity
    package let greatestWithout: Sensitivity
  }

  package struct Sensitivity: Sendable {
    package let member: ModelID
    package let value: Double
  }

  /// A probe and what it adds to the combined score.
  package struct Probe: Sendable {
    package let prompt: PromptID
    package let carries: Double
    /// By channel, in the order of `channels`.
    package let byChannel: [Double]
    /// How both answers begin.
    package let suspectBegins: String
    package let candidateBegins: String
  }

  /// See `RivalLead`.
  package struct Lead: Sendable {
    package let value: Double
    /// The nearest first, and how far the candidate is ahead of each.
    package let nearest: [CandidateScores.Lead.Rival]
  }

  package let suspect: ModelID
  package let candidate: ModelID
  package let selection: CohortSelection
  package let prompts: [PromptID]
  /// Those of the method, then those beside them.
  package let channels: [Channel]
  /// Mean of the combined channels' normalised scores.
  package let combined: Double
  /// The same with one member of the cohort left out, by member, in the order of the cohort.
  package let combinedWithout: [Sensitivity]
  /// nil where the method knows no lead over rivals, or there is no rival.
  package let lead: Lead?
  /// Those that add most first.
  package let probes: [Probe]
  /// How many probes, taken by what they add, make up half of what all that add something add: few, if little carries much.
  package let probesOfHalf: Int
  package let runs: [SharedRuns.Run]
  package let phrases: [SharedPhrases.Phrase]
  package let style: [SharedStyle.Feature]
  /// Whether both decline the same prompts.
  package let refusals: OutcomeAgreement
  /// Who their answers say made them.
  package let suspectClaims: IdentityClaims
  package let candidateClaims: IdentityClaims

  /// - Parameters:
  ///   - cohort: models that may stand in the cohort.
  ///   - beside: further candidates of the case, which may be rivals.
  ///   - limit: probes, runs, phrases and features that are kept of each.
  /// - Throws: if the two share no prompt, or too few unrelated models are left to leave one out.
  package init(
    suspect: ModelID, candidate: ModelID, cohort: [ModelID], beside: [ModelID] = [],
    transcripts: [ModelID: Transcript], lineage: Lineage, method: CohortMethod = .current, limit: Int = 10
  ) async throws {
    let selection = CohortSelection(from: cohort, suspect: suspect, candidate: candidate, lineage: lineage)
    let asked = Set(beside + [candidate]).subtracting(cohort).sorted()
    let rivals = cohort + asked
    let involved = Set(rivals + [suspect, candidate])
    let table = AnswerTable(transcripts.filter { involved.contains($0.key) })
    let measurement = try await Self.measure(table, suspect, candidate, method)
    let pairs = measurement.pairs
    guard let pair = pairs.index(suspect, candidate), measurement.prompts(ofPair: pair) > 0 else {
      throw LikelihoodError.noCommonPrompts
    }
    let scores = ChannelScores.measured(
      measurement, adjustedForLength: method.adjustedForLength,
      asked: Set(asked.compactMap { pairs.index(suspect, $0) } + [pair]))
    let members = selection.members.filter { pairs.position(of: $0) != nil }
    let floor = CandidateTrial.floor(prompts: measurement.prompts(ofPair: pair))
    func normalisation(_ channel: ChannelScores, _ members: [ModelID]) -> CohortNormalisation {
      let whole = CohortNormalisation(
        suspect: pairs.position(of: suspect) ?? 0, candidate: pairs.position(of: candidate) ?? 0,
        cohort: members.compactMap(pairs.position(of:)), pairs: pairs)
      return method.reference == .farHalf ? whole.overFarHalf(channel.adjusted) : whole
    }
    guard members.count > CohortAnalysis.minimumCohort else {
      throw LikelihoodError.cohortTooSmall(given: members.count, needed: CohortAnalysis.minimumCohort + 1)
    }
    var channels: [Channel] = []
    var without = members.map { _ in [Double]() }
    for (channel, contributions) in zip(scores, measurement.contributions) {
      let over = normalisation(channel, members)
      guard let normalised = over.normalised(channel.adjusted, floor: floor) else {
        throw LikelihoodError.cohortTooSmall(given: members.count, needed: CohortAnalysis.minimumCohort + 1)
      }
      let values = members.enumerated().map { place, member in
        let value =
          normalisation(channel, members.filter { $0 != member }).normalised(channel.adjusted, floor: floor)?.value
          ?? .nan
        if channels.count < method.channels.count { without[place].append(value) }
        return Sensitivity(member: member, value: value)
      }
      let shares = ProbeShares(
        over, channel: channel, contributions: contributions, measurement: measurement, floor: floor)
      channels.append(
        Channel(
          name: channel.name, isCombined: channels.count < method.channels.count, score: Score(channel.raw[pair]),
          normalised: normalised, length: shares.length, probes: shares.probes,
          leastWithout: values.min { $0.value < $1.value } ?? Sensitivity(member: suspect, value: .nan),
          greatestWithout: values.max { $0.value < $1.value } ?? Sensitivity(member: suspect, value: .nan)))
    }
    self.suspect = suspect
    self.candidate = candidate
    self.selection = selection
    self.channels = channels
    prompts = measurement.prompts
    lead = Self.lead(
      channels.filter(\.isCombined).map(\.normalised.value),
      over: RivalScores(
        suspect: suspect,
        rivals: RivalLead.rivals(from: rivals, suspect: suspect, candidate: candidate, lineage: lineage),
        cohort: rivals, lineage: lineage, measurement: measurement, method: method), scores)
    let count = Double(method.channels.count)
    combined = channels.filter(\.isCombined).reduce(0) { $0 + $1.normalised.value } / count
    combinedWithout = zip(members, without).map { Sensitivity(member: $0, value: $1.reduce(0, +) / count) }
    let carried = measurement.prompts.indices.map { row in
      (row, channels.filter(\.isCombined).reduce(0) { $0 + $1.probes[row] } / count)
    }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    probes = carried.prefix(limit).map { row, carries in
      Probe(
        prompt: measurement.prompts[row], carries: carries, byChannel: channels.map { $0.probes[row] },
        suspectBegins: Self.beginning(table, row, suspect), candidateBegins: Self.beginning(table, row, candidate))
    }
    let positive = carried.map(\.1).filter { $0 > 0 }
    var sum = 0.0
    let half = positive.reduce(0, +) / 2
    probesOfHalf =
      positive.prefix { share in
        defer { sum += share }
        return sum < half
      }.count
    runs = await SharedRuns(table, suspect, candidate, limit: limit).runs
    phrases = await SharedPhrases(table, suspect, candidate, cohort: members, limit: limit).phrases
    style = await SharedStyle(table, suspect, candidate, cohort: members, limit: limit).features
    refusals = OutcomeAgreement(table, pairs.position(of: suspect) ?? 0, pairs.position(of: candidate) ?? 0)
    suspectClaims = IdentityClaims(transcripts[suspect]?.responses.map(\.text) ?? [])
    candidateClaims = IdentityClaims(transcripts[candidate]?.responses.map(\.text) ?? [])
  }

  /// Prompt by prompt what probes add is of the pairs of the two alone; of all other pairs the sums say what is normal.
  package static func measure(
    _ table: AnswerTable, _ suspect: ModelID, _ candidate: ModelID, _ method: CohortMethod
  ) async throws(SimilarityError) -> PairMeasurements {
    try await ChannelRun.measure(
      table, channels: method.channels + method.uncombinedChannels, asked: [suspect, candidate], partial: 0)
  }

  /// - Parameters:
  ///   - normalised: the candidate's, by the channels that are combined.
  ///   - panel: of its rivals alone.
  private static func lead(_ normalised: [Double], over panel: RivalScores, _ scores: [ChannelScores]) -> Lead? {
    let rivals = panel.placed(on: scores.map(\.adjusted)).map { $0.fused(scores.map { $0.adjusted[...] }) }
    guard let lead = panel.fused(normalised, over: rivals).lead else { return nil }
    let own = FusedScore.value(normalised)
    let nearest = zip(panel.rivals, rivals).filter { $0.1.isFinite }.map {
      CandidateScores.Lead.Rival(model: $0.0.model, ahead: own - $0.1)
    }
    return Lead(value: lead, nearest: nearest.sorted { ($0.ahead, $0.model) < ($1.ahead, $1.model) })
  }

  /// The first characters of the first answer, white space as single spaces.
  private static func beginning(_ table: AnswerTable, _ row: Int, _ model: ModelID) -> String {
    guard let place = table.models.firstIndex(of: model) else { return "" }
    let text = table.samples(prompt: row, model: place).first ?? ""
    let line = text.prefix(240).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count > 80 ? line.prefix(79) + "…" : line
  }
}
