package import Cases
import Foundation
import LinearAlgebra

/// Runs channels over a table of answers, prompts in parallel. Each prompt is tokenised once for all channels.
package enum ChannelRun {
  /// Prompts that one task takes at a time.
  private static let block = 16

  /// - Parameters:
  ///   - asked: models of whose pairs each prompt's contribution is kept, of the channels from `partial` on; of the other pairs of
  ///     these the sums alone. nil keeps all of all channels.
  ///   - partial: how many channels keep all pairs.
  /// - Returns: contributions in the order of `channels`, and the mean length of each model's answers in characters.
  /// - Throws: where sums would not be exact.
  package static func measure(
    _ table: AnswerTable, channels: [any Channel], asked: Set<ModelID>? = nil, partial: Int = .max
  ) async throws(SimilarityError) -> PairMeasurements {
    guard table.prompts.count <= GridMatrix.maximumTerms else {
      throw .tooManyPrompts(given: table.prompts.count, most: GridMatrix.maximumTerms)
    }
    let pairs = PairIndex(models: table.models)
    let (prompts, models) = (table.prompts.count, table.models.count)
    var matrices = channels.enumerated().map { number, channel in
      KeptContributions(
        channel, prompts: prompts, pairs: pairs, asked: number < partial ? nil : asked)
    }
    var lengths = [MeanLength](repeating: MeanLength(), count: models)
    var withoutSpaces = 0
    /// Of the first prompt in order, whichever was measured first.
    var failure: (prompt: Int, channel: String)?
    await withTaskGroup(of: [PromptMeasurement].self) { group in
      var starts = stride(from: 0, to: prompts, by: block).makeIterator()
      func measuring(_ start: Int) -> @Sendable () async -> [PromptMeasurement] {
        { (start..<min(start + block, prompts)).map { measure(prompt: $0, of: table, channels, pairs) } }
      }
      // Only enough blocks in flight to keep all cores busy. With all of them added at once, this loop would be resumed only after
      // they had run, and the results of a large table would pile up to more than a gigabyte.
      for _ in 0..<2 * ProcessInfo.processInfo.activeProcessorCount {
        if let start = starts.next() { group.addTask(operation: measuring(start)) }
      }
      while let block = await group.next() {
        if let start = starts.next() { group.addTask(operation: measuring(start)) }
        for measured in block {
          if measured.isWrittenWithoutSpaces { withoutSpaces += 1 }
          for (channel, steps) in measured.steps.enumerated() {
            guard let steps else {
              if measured.prompt < failure?.prompt ?? prompts { failure = (measured.prompt, channels[channel].name) }
              continue
            }
            matrices[channel].add(steps, of: measured.pairs, prompt: measured.prompt)
          }
          for (model, length) in measured.lengths { lengths[model].add(length) }
        }
      }
    }
    if let failure {
      throw .contributionOutOfRange(channel: failure.channel, prompt: table.prompts[failure.prompt].rawValue)
    }
    return PairMeasurements(
      contributions: matrices.map(\.contributions),
      pairs: pairs, prompts: table.prompts,
      participation: Participation(
        prompts: prompts, models: models,
        answered: (0..<prompts).flatMap { prompt in
          (0..<models).map { table.answered(prompt: prompt, model: $0) }
        }), meanLengths: lengths.map(\.value), isWrittenWithoutSpaces: 2 * withoutSpaces > prompts)
  }

  private struct PromptMeasurement: Sendable {
    let prompt: Int
    let isWrittenWithoutSpaces: Bool
    /// Places of the pairs, in the order of the channels' contributions.
    let pairs: [Int]
    /// By channel, on its grid; nil where one does not fit.
    let steps: [[Int32]?]
    /// Mean characters of an answer, by model.
    let lengths: [(Int, Double)]
  }

  private static func measure(
    prompt: Int, of table: AnswerTable, _ channels: [any Channel], _ pairs: PairIndex
  ) -> PromptMeasurement {
    let present = table.models.indices.filter { table.answered(prompt: prompt, model: $0) }
    let answers = PromptAnswers(present.map { table.samples(prompt: prompt, model: $0) })
    var places: [Int] = []
    places.reserveCapacity(present.count * (present.count - 1) / 2)
    for (offset, a) in present.enumerated() {
      for b in present[(offset + 1)...] { places.append(pairs.index(a, b)) }
    }
    return PromptMeasurement(
      prompt: prompt, isWrittenWithoutSpaces: answers.isWrittenWithoutSpaces, pairs: places,
      steps: channels.map { $0.steps(answers) }, lengths: Array(zip(present, answers.meanLengths)))
  }
}

extension Channel {
  /// Contributions of one prompt in steps of the channel's grid; nil if one does not fit.
  func steps(_ answers: PromptAnswers) -> [Int32]? {
    let found = contributions(answers)
    let steps = found.compactMap { GridMatrix.step($0, bits: gridBits) }
    return steps.count == found.count ? steps : nil
  }
}

extension PromptAnswers {
  /// By model, mean characters of its answers.
  var meanLengths: [Double] {
    samples.map { samples in
      Double(samples.reduce(0) { $0 + $1.text.characters }) / Double(samples.count)
    }
  }
}

/// A mean of numbers of characters, on a grid of their own, so that it is the same in any order.
struct MeanLength: Sendable, Hashable {
  static let bits = 16

  private(set) var steps: Int
  private(set) var count: Int

  init(steps: Int = 0, count: Int = 0) {
    self.steps = steps
    self.count = count
  }

  mutating func add(_ characters: Double) {
    steps += Int((characters * Double(1 << Self.bits)).rounded())
    count += 1
  }

  /// nan of none.
  var value: Double { Double(steps) / Double(1 << Self.bits) / Double(count) }
}
