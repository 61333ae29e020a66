import Foundation
import LinearAlgebra

/// Runs channels over a table of answers, prompts in parallel. Each prompt is tokenised once for all channels.
package enum ChannelRun {
  /// Prompts that one task takes at a time.
  private static let block = 16

  /// - Returns: contributions in the order of `channels`, and the mean length of each model's answers in characters.
  package static func measure(_ table: AnswerTable, channels: [any Channel]) async -> PairMeasurements {
    let pairs = PairIndex(models: table.models)
    let complete = table.prompts.indices.allSatisfy { prompt in
      table.models.indices.allSatisfy { table.answered(prompt: prompt, model: $0) }
    }
    var values = channels.map { _ in Matrix(rows: table.prompts.count, columns: pairs.count) }
    var counts = Matrix(rows: complete ? 0 : table.prompts.count, columns: pairs.count)
    var lengths = Matrix(rows: table.prompts.count, columns: table.models.count)
    var withoutSpaces = 0
    await withTaskGroup(of: [PromptMeasurement].self) { group in
      var starts = stride(from: 0, to: table.prompts.count, by: block).makeIterator()
      func measuring(_ start: Int) -> @Sendable () async -> [PromptMeasurement] {
        { (start..<min(start + block, table.prompts.count)).map { measure(prompt: $0, of: table, channels, pairs) } }
      }
      // As many blocks as keep all cores busy and no more: a task that waits for results stands behind all that were
      // added before it, and until then the results of a large table pile up, more than a gigabyte of them.
      for _ in 0..<2 * ProcessInfo.processInfo.activeProcessorCount {
        if let start = starts.next() { group.addTask(operation: measuring(start)) }
      }
      while let block = await group.next() {
        if let start = starts.next() { group.addTask(operation: measuring(start)) }
        for measured in block {
          if measured.isWrittenWithoutSpaces { withoutSpaces += 1 }
          let row = measured.prompt * pairs.count
          for (channel, contributions) in measured.contributions.enumerated() {
            for (place, value) in zip(measured.pairs, contributions) { values[channel].values[row + place] = value }
          }
          if !complete { for place in measured.pairs { counts.values[row + place] = 1 } }
          for (model, length) in measured.lengths { lengths[measured.prompt, model] = length }
        }
      }
    }
    return PairMeasurements(
      contributions: zip(channels, values).map {
        Contributions(
          channel: $0.name, version: $0.version, pairs: pairs, values: $1, counts: complete ? nil : counts)
      },
      pairs: pairs, prompts: table.prompts, lengths: lengths,
      isWrittenWithoutSpaces: 2 * withoutSpaces > table.prompts.count)
  }

  private struct PromptMeasurement: Sendable {
    let prompt: Int
    let isWrittenWithoutSpaces: Bool
    /// Places of the pairs, in the order of the channels' contributions.
    let pairs: [Int]
    let contributions: [[Double]]
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
      contributions: channels.map { $0.contributions(answers) },
      lengths: zip(present, answers.samples).map { model, samples in
        (model, Double(samples.reduce(0) { $0 + $1.text.characters }) / Double(samples.count))
      })
  }
}
