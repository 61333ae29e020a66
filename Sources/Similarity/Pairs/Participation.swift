package import LinearAlgebra

/// Which models answered which prompts: which contributions count.
package struct Participation: Sendable, Equatable {
  package let prompts: Int
  package let models: Int
  /// prompts × models.
  private let answered: [Bool]
  package let isComplete: Bool

  /// - Parameter answered: by prompt and model, `prompts × models` of them.
  package init(prompts: Int, models: Int, answered: [Bool]) {
    precondition(answered.count == prompts * models, "an entry for each prompt and model")
    self.prompts = prompts
    self.models = models
    self.answered = answered
    isComplete = answered.allSatisfy(\.self)
  }

  package func answered(_ prompt: Int, _ model: Int) -> Bool { answered[prompt * models + model] }

  /// How many of some prompts both models of each pair answered, in the order of `PairIndex`.
  package func counts(over prompts: some Collection<Int>) -> [Int] {
    var counts: [Int] = []
    counts.reserveCapacity(models * max(models - 1, 0) / 2)
    guard !isComplete else { return [Int](repeating: prompts.count, count: models * max(models - 1, 0) / 2) }
    // By model, so that a pair's prompts lie side by side.
    let columns = (0..<models).map { model in prompts.map { answered($0, model) } }
    for a in 0..<models {
      for b in (a + 1)..<max(models, a + 1) {
        var count = 0
        for place in columns[a].indices where columns[a][place] && columns[b][place] { count += 1 }
        counts.append(count)
      }
    }
    return counts
  }

  /// Prompts that not both models answered.
  package func missing(_ a: Int, _ b: Int) -> [Int] {
    (0..<prompts).filter { !(answered($0, a) && answered($0, b)) }
  }

  /// prompts × some pairs: 1 where both models answered, else 0.
  ///
  /// - Parameter pairs: places of the models of each.
  package func block(_ pairs: ArraySlice<(Int32, Int32)>) -> Matrix {
    var block = Matrix(rows: prompts, columns: pairs.count)
    var values = block.values.mutableSpan
    let answered = answered.span
    for prompt in 0..<prompts {
      let row = prompt * models
      var place = prompt * pairs.count
      for (a, b) in pairs {
        values[place] = answered[row + Int(a)] && answered[row + Int(b)] ? 1 : 0
        place += 1
      }
    }
    return block
  }
}
