package import CaseFile
import LinearAlgebra
import Similarity
import Statistics

/// Scores labelled pairs of a corpus, each as a case of its own: the cohort of a pair is all other models of the corpus but
/// the relatives of either side.
package struct CorpusScoring: Sendable {
  /// Scores of one pair of models.
  package struct PairScore: Sendable {
    package let teacher: ModelID
    package let student: ModelID
    /// By channel, in the order of the method.
    package let channels: [NormalisedScore]
    /// Members of the cohort, relatives left out.
    package let cohort: Int

    /// Mean of the channels' normalised scores.
    package var combined: Double { channels.reduce(0) { $0 + $1.value } / Double(channels.count) }
  }

  package let method: CohortMethod
  private let measurement: Measurement
  private let channels: [ChannelScores]
  private let lineage: Lineage

  /// Measures all pairs of the transcripts.
  package init(_ transcripts: [ModelID: Transcript], lineage: Lineage, method: CohortMethod) async {
    self.method = method
    self.lineage = lineage
    measurement = await ChannelRun.measure(AnswerTable(transcripts), channels: method.channels)
    channels = ChannelScores.measured(measurement, adjustedForLength: method.adjustedForLength, asked: [])
  }

  /// - Returns: nil if one of the models is absent, or too few others are left.
  package func score(teacher: ModelID, student: ModelID) -> PairScore? {
    let pairs = measurement.pairs
    guard let candidate = pairs.position(of: teacher), let suspect = pairs.position(of: student),
      candidate != suspect
    else { return nil }
    let selection = CohortSelection(
      from: pairs.models, suspect: student, candidate: teacher, lineage: lineage)
    guard selection.members.count >= CohortAnalysis.fewestInCohort else { return nil }
    let whole = CohortNormalisation(
      suspect: suspect, candidate: candidate, cohort: selection.members.compactMap(pairs.position(of:)), pairs: pairs)
    let prompts = measurement.prompts(ofPair: pairs.index(suspect, candidate))
    guard prompts > 0 else { return nil }
    let normalised = channels.compactMap { channel in
      (method.reference == .farHalf ? whole.overFarHalf(channel.adjusted) : whole)
        .normalised(channel.adjusted, floor: CandidateTrial.floor(prompts: prompts))
    }
    guard normalised.count == channels.count else { return nil }
    return PairScore(teacher: teacher, student: student, channels: normalised, cohort: selection.members.count)
  }
}
