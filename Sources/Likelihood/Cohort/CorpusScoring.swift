package import Cases
import LinearAlgebra
package import Similarity
import Statistics

/// Scores pairs of models of a corpus, each as a case of its own: the cohort of a pair is all other models but the relatives
/// of either side.
package struct CorpusScoring: Sendable {
  /// Scores of one pair of models.
  package struct PairScore: Sendable {
    package let teacher: ModelID
    package let student: ModelID
    /// By channel, in the order of the method.
    package let channels: [NormalisedScore]
    /// Members of the cohort, relatives left out.
    package let cohort: Int
    /// That both answered.
    package let prompts: Int
    /// nil where the method knows no lead.
    package let rivals: Rivals?
    /// nil where the method knows none.
    package let lead: Double?
    /// The place among the channels of that by which groups are weighed; nil where the method weighs none.
    package let groupPlace: Int?

    /// What the channels say of the suspect and each rival, in the order of the method; see `RivalLead`.
    package struct Rivals: Sendable {
      package let strongest: Int
      package let normalised: [[Double]]

      package init(strongest: Int, normalised: [[Double]]) {
        self.strongest = strongest
        self.normalised = normalised
      }
    }

    package init(
      teacher: ModelID, student: ModelID, channels: [NormalisedScore], cohort: Int, prompts: Int,
      rivals: Rivals? = nil, groupPlace: Int? = nil
    ) {
      self.teacher = teacher
      self.student = student
      self.channels = channels
      self.cohort = cohort
      self.prompts = prompts
      self.rivals = rivals
      lead = rivals.flatMap { rivals in
        RivalLead.value(
          FusedScore.value(channels.map(\.value)), over: rivals.normalised.map { FusedScore.value($0) },
          strongest: rivals.strongest)
      }
      self.groupPlace = groupPlace
    }

    /// The same pair by some of the channels.
    package func reduced(toChannels chosen: [Int]) -> PairScore {
      PairScore(
        teacher: teacher, student: student, channels: chosen.map { channels[$0] }, cohort: cohort,
        prompts: prompts,
        rivals: rivals.map { rivals in
          Rivals(strongest: rivals.strongest, normalised: rivals.normalised.map { one in chosen.map { one[$0] } })
        })
    }

    /// Mean of the channels' normalised scores.
    package var combined: Double { channels.reduce(0) { $0 + $1.value } / Double(channels.count) }

    /// What a calibration reads.
    package var fused: Double {
      let own = channels.map(\.value)
      return rivals == nil ? FusedScore.value(own) : FusedScore.value(own, lead: lead ?? .nan)
    }

    /// The same without the lead.
    package var fusedAlone: Double { FusedScore.value(channels.map(\.value)) }

    /// What the candidate brings to its group; nil where the method weighs none.
    package var grouped: Double? { groupPlace.map { GroupScore.value(channels[$0].value, lead: lead) } }
  }

  package let method: CohortMethod
  /// Whether most of the prompts were answered in a script without spaces between words.
  package var isWrittenWithoutSpaces: Bool { measurement.isWrittenWithoutSpaces }
  /// Mean characters of a model's answers.
  package var meanLengths: [ModelID: Double] {
    Dictionary(uniqueKeysWithValues: zip(measurement.pairs.models, measurement.meanLengths))
  }
  let measurement: PairMeasurements
  let channels: [ChannelScores]
  private let lineage: Lineage
  private let cohort: [ModelID]
  /// By channel, pairs × replicates; none where there is no bootstrap.
  private let replicates: [Matrix]
  private let kin: KnownKin
  private let known = KnownScores()
  private let knownReplicates = KnownScores()

  /// Measures all pairs of the transcripts.
  ///
  /// - Parameters:
  ///   - cohort: models that may stand in a cohort; nil for all.
  ///   - replicates: of the bootstrap over probes, which only `fusedReplicates` needs; 0 for none.
  ///   - keepsPrompts: whether each prompt's contributions are kept though there is no bootstrap, as `intervals` needs them. Scores
  ///     need their sums alone.
  package init(
    _ transcripts: [ModelID: Transcript], lineage: Lineage, cohort: [ModelID]? = nil, method: CohortMethod,
    replicates: Int = 0, seed: UInt64 = 1, keepsPrompts: Bool = false
  ) async throws(SimilarityError) {
    let measured = try await Self.measure(
      AnswerTable(transcripts), method: method, keepsPrompts: keepsPrompts || replicates > 0)
    await self.init(
      measured: measured, lineage: lineage, cohort: cohort ?? transcripts.keys.sorted(), method: method,
      replicates: replicates, seed: seed)
  }

  /// What scores are made of: sums of all pairs, and what each prompt adds to them where that is kept.
  package static func measure(
    _ table: AnswerTable, method: CohortMethod, keepsPrompts: Bool
  ) async throws(SimilarityError) -> PairMeasurements {
    try await ChannelRun.measure(table, channels: method.channels, asked: keepsPrompts ? nil : [], partial: 0)
  }

  /// Pairs that were measured before, by the channels of the method and perhaps others after them.
  package init(
    measured measurement: PairMeasurements, lineage: Lineage, cohort: [ModelID]? = nil, method: CohortMethod,
    replicates: Int = 0, seed: UInt64 = 1
  ) async {
    self.method = method
    self.lineage = lineage
    self.cohort = cohort ?? measurement.pairs.models
    self.measurement = measurement.prefix(method.channels.count)
    kin = KnownKin(self.cohort, lineage)
    channels = ChannelScores.measured(self.measurement, adjustedForLength: method.adjustedForLength, asked: [])
    self.replicates =
      replicates > 0
      ? await ChannelScores.replicated(
        channels, self.measurement, 0..<replicates,
        of: ProbeBootstrap(replicates: replicates, probes: measurement.prompts.count, seed: seed)
      ).map { $0.replicates.transposed() } : []
  }

  /// Scores that were measured already, such as those of a channel whose input is no text; nothing is adjusted for length.
  package init(
    measured measurement: PairMeasurements, lineage: Lineage, cohort: [ModelID]? = nil,
    reference: CohortMethod.Reference = .farHalf
  ) {
    method = .unnumbered("measured elsewhere", channels: [], reference: reference)
    self.lineage = lineage
    self.cohort = cohort ?? measurement.pairs.models
    self.measurement = measurement
    kin = KnownKin(self.cohort, lineage)
    channels = ChannelScores.measured(measurement, adjustedForLength: [], asked: [])
    replicates = []
  }

  /// The same pairs by some of the prompts; what each prompt contributed must have been kept.
  ///
  /// - Parameter fewer: what was answered to these.
  /// - Returns: as if they had been measured by themselves: what a prompt contributes does not depend on others.
  package func reduced(to fewer: AnswerTable) async -> CorpusScoring {
    let kept = Set(fewer.prompts)
    let rows = measurement.prompts.indices.filter { kept.contains(measurement.prompts[$0]) }
    return await CorpusScoring(
      measured: measurement.reduced(toPrompts: rows, meanLengths: fewer.meanLengths), lineage: lineage, cohort: cohort,
      method: method)
  }

  /// What the channels say of one pair, before they are joined.
  struct ChannelScoresOfPair: Sendable {
    /// By channel, in the order of the method.
    let raw: [Score]
    /// nil where too few members of the cohort have a score.
    let normalised: [NormalisedScore?]
    let cohort: Int
    /// That both answered.
    let prompts: Int
  }

  /// - Returns: nil if one of the models is absent, or they share no prompt.
  func channelScores(teacher: ModelID, student: ModelID, cohortOf size: Int? = nil) -> ChannelScoresOfPair? {
    let pairs = measurement.pairs
    guard let candidate = pairs.position(of: teacher), let suspect = pairs.position(of: student),
      candidate != suspect
    else { return nil }
    let pair = pairs.index(suspect, candidate)
    let prompts = measurement.prompts(ofPair: pair)
    guard prompts > 0 else { return nil }
    let members = members(teacher: teacher, student: student, cohortOf: size)
    let whole = CohortNormalisation(
      suspect: suspect, candidate: candidate, cohort: members.compactMap(pairs.position(of:)), pairs: pairs)
    return ChannelScoresOfPair(
      raw: channels.map { Score($0.raw[pair]) },
      normalised: channels.map { channel in
        guard members.count >= CohortAnalysis.minimumCohort else { return nil }
        return (method.reference == .farHalf ? whole.overFarHalf(channel.adjusted) : whole)
          .normalised(channel.adjusted, floor: CandidateTrial.floor(prompts: prompts))
      }, cohort: members.count, prompts: prompts)
  }

  /// - Parameter size: largest cohort; a larger one is cut down at random. nil takes all.
  /// - Returns: nil if one of the models is absent, or too few others are left.
  package func score(teacher: ModelID, student: ModelID, cohortOf size: Int? = nil) -> PairScore? {
    guard let found = channelScores(teacher: teacher, student: student, cohortOf: size) else { return nil }
    let normalised = found.normalised.compactMap(\.self)
    guard normalised.count == channels.count else { return nil }
    guard method.strongestRivals > 0 else {
      return PairScore(
        teacher: teacher, student: student, channels: normalised, cohort: found.cohort, prompts: found.prompts)
    }
    let rivals = rivals(teacher: teacher, student: student, cohortOf: size).filter { $0.allSatisfy(\.isFinite) }
    guard !rivals.isEmpty else { return nil }
    return PairScore(
      teacher: teacher, student: student, channels: normalised, cohort: found.cohort,
      prompts: found.prompts, rivals: .init(strongest: method.strongestRivals, normalised: rivals),
      groupPlace: method.groupPlace)
  }

  /// What a calibration reads of a pair, in every replicate of the bootstrap over probes; empty where there is none, or no score.
  package func fusedReplicates(teacher: ModelID, student: ModelID) -> [Double] {
    func alone(_ candidate: ModelID) -> [Double] {
      scores(of: student, with: [candidate]).placed(on: channels.map(\.adjusted)).first?.fused(inEachOf: replicates)
        ?? []
    }
    guard method.strongestRivals > 0, !replicates.isEmpty else { return [] }
    let rivals = kin.rivals(suspect: student, candidate: teacher).compactMap { rival in
      knownReplicates.value(student, rival) { [alone(rival)] }.first.flatMap { $0.isEmpty ? nil : $0 }
    }
    return alone(teacher).enumerated().map { row, own in
      own + (RivalLead.value(own, over: rivals.map { $0[row] }, strongest: method.strongestRivals) ?? .nan)
    }
  }

  private func members(teacher: ModelID, student: ModelID, cohortOf size: Int?) -> [ModelID] {
    var members = kin.members(suspect: student, candidate: teacher)
    guard let size, members.count > size, let pair = measurement.pairs.index(student, teacher) else { return members }
    // The same draw for the same pair, in every run.
    var generator = SeededGenerator(seed: UInt64(pair))
    for place in 0..<size { members.swapAt(place, place + generator.next(below: members.count - place)) }
    return members.prefix(size).sorted()
  }

  /// What the channels say of the suspect and each rival of the candidate.
  private func rivals(teacher: ModelID, student: ModelID, cohortOf size: Int?) -> [[Double]] {
    let adjusted = channels.map(\.adjusted)
    guard size == nil else {
      // A small case has no rivals but its cohort.
      let drawn = members(teacher: teacher, student: student, cohortOf: size)
      return RivalScores(
        suspect: student, rivals: drawn, cohort: drawn, lineage: lineage, measurement: measurement, method: method
      ).placed(on: adjusted).map { $0.normalised(adjusted) }
    }
    // A rival's score does not depend on the candidate: each is worked out once for a suspect.
    return kin.rivals(suspect: student, candidate: teacher).flatMap { rival in
      known.value(student, rival) {
        scores(of: student, with: [rival]).placed(on: adjusted).map { $0.normalised(adjusted) }
      }
    }
  }

  /// Of some models, each in the candidate's place among the cohort of its own pair.
  private func scores(of suspect: ModelID, with others: [ModelID]) -> RivalScores {
    RivalScores(suspect: suspect, rivals: others, measurement: measurement, method: method) {
      kin.members(suspect: suspect, candidate: $0)
    }
  }

  func normalisation(of channel: ChannelScores, teacher: ModelID, student: ModelID) -> CohortNormalisation? {
    let pairs = measurement.pairs
    guard let candidate = pairs.position(of: teacher), let suspect = pairs.position(of: student), candidate != suspect
    else { return nil }
    let members = kin.members(suspect: student, candidate: teacher)
    guard members.count >= CohortAnalysis.minimumCohort else { return nil }
    let whole = CohortNormalisation(
      suspect: suspect, candidate: candidate, cohort: members.compactMap(pairs.position(of:)), pairs: pairs)
    return method.reference == .farHalf ? whole.overFarHalf(channel.adjusted) : whole
  }
}
