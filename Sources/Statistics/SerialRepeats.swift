/// Do equal values follow each other more often than chance would have it? What a cache gives out comes in runs, while draws of a model
/// come in any order.
///
/// The statistic is the number of neighbours that are equal, over all sequences; values are permuted within each sequence.
/// One-sided; the p-value is (1 + permutations that reach it) / (permutations + 1), and 1 where all orders are alike.
package enum SerialRepeats {
  package static func pValue(_ sequences: [[Int32]], permutations: Int, seed: UInt64) -> Double {
    var varied = sequences.filter { Set($0).count > 1 && $0.count > 2 }
    guard !varied.isEmpty else { return 1 }
    func repeats(_ sequences: [[Int32]]) -> Int {
      sequences.reduce(0) { sum, values in
        sum + zip(values, values.dropFirst()).count { $0 == $1 }
      }
    }
    let observed = repeats(varied)
    var generator = SeededGenerator(seed: seed)
    var reached = 0
    for _ in 0..<permutations {
      for place in varied.indices { generator.shuffle(&varied[place]) }
      if repeats(varied) >= observed { reached += 1 }
    }
    return Double(reached + 1) / Double(permutations + 1)
  }
}
