package import Cases
import LinearAlgebra

/// What all channels measured of all pairs.
package struct PairMeasurements: Sendable {
  package let contributions: [Contributions]
  package let pairs: PairIndex
  package let prompts: [PromptID]
  package let participation: Participation
  /// By model: mean over the prompts that it answered of the characters (Unicode scalars) of its answers; nan for a model without
  /// answers.
  package let meanLengths: [Double]
  /// Whether most of the prompts were answered in a script without spaces between words.
  package let isWrittenWithoutSpaces: Bool
  private let counts: [Int]
  /// By channel; nil where they are summed from the contributions.
  private let sums: [[Double]]?

  package init(
    contributions: [Contributions], pairs: PairIndex, prompts: [PromptID], participation: Participation,
    meanLengths: [Double], isWrittenWithoutSpaces: Bool
  ) {
    self.contributions = contributions
    self.pairs = pairs
    self.prompts = prompts
    self.participation = participation
    self.meanLengths = meanLengths
    self.isWrittenWithoutSpaces = isWrittenWithoutSpaces
    counts = participation.counts(over: prompts.indices)
    sums = nil
  }

  /// Sums alone: contributions and participation have no rows.
  ///
  /// - Parameters:
  ///   - sums: by channel and pair.
  ///   - counts: by pair, of the prompts that both models answered.
  init(
    contributions: [Contributions], sums: [[Double]], counts: [Int], pairs: PairIndex, prompts: [PromptID],
    meanLengths: [Double], isWrittenWithoutSpaces: Bool
  ) {
    self.contributions = contributions
    self.pairs = pairs
    self.prompts = prompts
    participation = Participation(prompts: 0, models: pairs.models.count, answered: [])
    self.meanLengths = meanLengths
    self.isWrittenWithoutSpaces = isWrittenWithoutSpaces
    self.sums = sums
    self.counts = counts
  }

  /// Whether there is what each prompt contributed, as bootstraps need it, or only the sums.
  package var keepsPrompts: Bool { sums == nil }

  /// The same of the first channels only.
  package func prefix(_ channels: Int) -> PairMeasurements { only(Array(contributions.indices.prefix(channels))) }

  /// The same of some channels only, by their places, in this order.
  package func only(_ channels: [Int]) -> PairMeasurements {
    let chosen = channels.map { contributions[$0] }
    if let sums {
      return PairMeasurements(
        contributions: chosen, sums: channels.map { sums[$0] }, counts: counts, pairs: pairs, prompts: prompts,
        meanLengths: meanLengths, isWrittenWithoutSpaces: isWrittenWithoutSpaces)
    }
    return PairMeasurements(
      contributions: chosen, pairs: pairs, prompts: prompts,
      participation: participation, meanLengths: meanLengths, isWrittenWithoutSpaces: isWrittenWithoutSpaces)
  }

  /// The sums of some of the prompts, whose contributions must have been kept.
  ///
  /// - Parameters:
  ///   - rows: places of the prompts.
  ///   - meanLengths: as `meanLengths`, of these prompts.
  package func reduced(toPrompts rows: [Int], meanLengths: [Double]) -> PairMeasurements {
    precondition(keepsPrompts && contributions.allSatisfy { $0.kept == nil }, "what each prompt contributed is kept")
    let names = contributions.map {
      Contributions(
        channel: $0.channel, version: $0.version,
        values: GridMatrix(rows: 0, columns: pairs.count, bits: $0.values.bits))
    }
    return PairMeasurements(
      contributions: names, sums: contributions.map { $0.sums(over: rows) },
      counts: participation.counts(over: rows), pairs: pairs, prompts: rows.map { prompts[$0] },
      meanLengths: meanLengths, isWrittenWithoutSpaces: isWrittenWithoutSpaces)
  }

  /// How many prompts both models of a pair answered.
  package func prompts(ofPair pair: Int) -> Int { counts[pair] }

  /// By channel, the mean of each pair's contributions over the prompts that both answered; nan where there is none.
  package func scores() -> [[Double]] {
    guard let sums else { return scores(over: prompts.indices, counts: counts) }
    return sums.map { zip($0, counts).map { $0 / Double($1) } }
  }

  /// The same over some of the prompts.
  package func scores(over rows: some Collection<Int>) -> [[Double]] {
    scores(over: rows, counts: participation.counts(over: rows))
  }

  private func scores(over rows: some Collection<Int>, counts: [Int]) -> [[Double]] {
    contributions.map { channel in
      zip(channel.sums(over: rows), counts).map { $0 / Double($1) }
    }
  }
}
