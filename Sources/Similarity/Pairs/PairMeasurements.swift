package import Cases
package import LinearAlgebra

/// What all channels measured of all pairs.
package struct PairMeasurements: Sendable {
  package let contributions: [Contributions]
  package let pairs: PairIndex
  package let prompts: [PromptID]
  /// prompts × models: mean number of characters of the model's answers to the prompt; 0 where it gave none.
  package let lengths: Matrix
  /// Whether most of the prompts were answered in a script without spaces between words.
  package let isWrittenWithoutSpaces: Bool

  package init(
    contributions: [Contributions], pairs: PairIndex, prompts: [PromptID], lengths: Matrix, isWrittenWithoutSpaces: Bool
  ) {
    self.contributions = contributions
    self.pairs = pairs
    self.prompts = prompts
    self.lengths = lengths
    self.isWrittenWithoutSpaces = isWrittenWithoutSpaces
  }

  /// Mean over the prompts that the model answered of the characters (Unicode scalars) of its answers; nan for a model without answers.
  package var meanLengths: [Double] {
    pairs.models.indices.map { model in
      let answered = lengths.column(model).filter { $0 > 0 }
      return answered.reduce(0, +) / Double(answered.count)
    }
  }

  /// How many prompts both models of a pair answered.
  package func prompts(ofPair pair: Int) -> Int {
    guard let counts = contributions.first?.counts else { return prompts.count }
    return Int(counts.column(pair).reduce(0, +))
  }
}
