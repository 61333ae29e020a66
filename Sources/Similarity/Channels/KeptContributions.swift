import Cases
import LinearAlgebra

/// What one channel found, prompt by prompt, as it comes: of all pairs, or of those of some models and of the others the sums.
struct KeptContributions {
  private let channel: any Channel
  private var values: GridMatrix
  /// Ascending; nil keeps all.
  private let pairs: [Int]?
  /// By pair, its column; −1 of one that is not kept. Empty where all are.
  private var columns: [Int32] = []
  private var sums: [Int64] = []

  /// - Parameter asked: models whose pairs are kept; nil keeps all.
  init(_ channel: any Channel, prompts: Int, pairs index: PairIndex, asked: Set<ModelID>?) {
    self.channel = channel
    guard let asked else {
      pairs = nil
      values = GridMatrix(rows: prompts, columns: index.count, bits: channel.gridBits)
      return
    }
    let isAsked = index.models.map(asked.contains)
    let kept = index.members.enumerated().filter { isAsked[Int($0.element.0)] || isAsked[Int($0.element.1)] }
      .map(\.offset)
    pairs = kept
    columns = [Int32](repeating: -1, count: index.count)
    for (column, pair) in kept.enumerated() { columns[pair] = Int32(column) }
    sums = [Int64](repeating: 0, count: index.count)
    values = GridMatrix(rows: prompts, columns: kept.count, bits: channel.gridBits)
  }

  mutating func add(_ steps: [Int32], of places: [Int], prompt: Int) {
    let row = prompt * values.columns
    guard pairs != nil else {
      for (place, step) in zip(places, steps) { values.steps[row + place] = step }
      return
    }
    for (place, step) in zip(places, steps) {
      sums[place] += Int64(step)
      if columns[place] >= 0 { values.steps[row + Int(columns[place])] = step }
    }
  }

  var contributions: Contributions {
    let unit = values.unit
    return Contributions(
      channel: channel.name, version: channel.version, values: values,
      kept: pairs.map { .init(pairs: $0, sums: sums.map { Double($0) * unit }) })
  }
}
