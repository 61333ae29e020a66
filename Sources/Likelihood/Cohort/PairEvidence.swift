package import Cases
package import Similarity

/// What a reader of a report looks at for one pair: answers side by side, what both say word for word, and phrases that
/// both use more than others do.
///
/// Which answers are shown is decided by a rule, not by taste: of the probes that both answered, in the order of what
/// each adds to the combined score, the first, the middle and the last.
package struct PairEvidence: Sendable {
  package enum Choice: String, CaseIterable, Sendable {
    case strongest, median, weakest
  }

  package struct Shown: Sendable {
    package let choice: Choice
    package let prompt: PromptID
    /// What the probe adds to the combined score.
    package let carries: Double
    /// The first answers of suspect and candidate.
    package let answers: MarkedAnswers
  }

  /// Candidates that are looked into, those with the highest combined scores: each takes as long as a channel.
  package static let maximumCandidates = 3
  /// Runs and phrases that are kept of each.
  static let maximumShared = 10
  /// UTF-8 bytes of an answer that are shown.
  static let maximumBytes = 900

  /// Probes that both answered.
  package let probes: Int
  /// How many of them, taken by what they add, make up half of what all that add something add.
  package let probesOfHalf: Int
  /// Fewer than three where there are fewer probes.
  package let shown: [Shown]
  package let runs: [SharedRuns.Run]
  package let phrases: [SharedPhrases.Phrase]

  /// - Parameter members: of the candidate's cohort.
  /// - Returns: nil if the two share no prompt.
  init?(
    suspect: ModelID, candidate: ModelID, members: [ModelID], table: AnswerTable, measurement: PairMeasurements,
    scores: [ChannelScores], method: CohortMethod
  ) async {
    let pairs = measurement.pairs
    guard let own = pairs.position(of: suspect), let other = pairs.position(of: candidate) else { return nil }
    let pair = pairs.index(own, other)
    let whole = CohortNormalisation(
      suspect: own, candidate: other, cohort: members.compactMap(pairs.position(of:)), pairs: pairs)
    let floor = CandidateTrial.floor(prompts: measurement.prompts(ofPair: pair))
    let shares = zip(scores, measurement.contributions).prefix(method.channels.count).map { channel, contributions in
      ProbeShares(
        method.reference == .farHalf ? whole.overFarHalf(channel.adjusted) : whole, channel: channel,
        contributions: contributions, measurement: measurement, floor: floor)
    }
    let rows = measurement.prompts.indices.filter {
      table.answered(prompt: $0, model: own) && table.answered(prompt: $0, model: other)
    }
    guard !rows.isEmpty else { return nil }
    let carried = rows.map { row in
      (row: row, carries: shares.reduce(0) { $0 + $1.probes[row] } / Double(shares.count))
    }.sorted { ($1.carries, $0.row) < ($0.carries, $1.row) }
    let positive = carried.map(\.carries).filter { $0 > 0 }
    let half = positive.reduce(0, +) / 2
    var sum = 0.0
    probesOfHalf =
      positive.prefix { share in
        defer { sum += share }
        return sum < half
      }.count
    probes = rows.count
    let places: [(Choice, Int)] = [(.strongest, 0), (.median, (rows.count - 1) / 2), (.weakest, rows.count - 1)]
    shown = places.prefix(rows.count == 1 ? 1 : rows.count == 2 ? 2 : 3).enumerated().map { index, place in
      // Of two probes one is the strongest and the other the weakest.
      let chosen = rows.count == 2 && index == 1 ? (Choice.weakest, 1) : place
      let (row, carries) = carried[chosen.1]
      return Shown(
        choice: chosen.0, prompt: measurement.prompts[row], carries: carries,
        answers: MarkedAnswers(
          table.samples(prompt: row, model: own).first ?? "", table.samples(prompt: row, model: other).first ?? "",
          limit: Self.maximumBytes))
    }
    runs = await SharedRuns(table, suspect, candidate, limit: Self.maximumShared).runs
    phrases = await SharedPhrases(table, suspect, candidate, cohort: members, limit: Self.maximumShared).phrases
  }
}
