package import Cases

/// Numbers the unordered pairs of distinct models: (0,1), (0,2) … (0,n−1), (1,2) …
package struct PairIndex: Sendable, Equatable {
  package let models: [ModelID]
  private let position: [ModelID: Int]

  package init(models: [ModelID]) {
    self.models = models
    position = Dictionary(uniqueKeysWithValues: models.enumerated().map { ($1, $0) })
  }

  /// n (n − 1) / 2.
  package var count: Int { models.count * (models.count - 1) / 2 }

  /// - Precondition: `a != b`, both in `models.indices`.
  package func index(_ a: Int, _ b: Int) -> Int {
    precondition(a != b, "a pair has two different models")
    let (low, high) = a < b ? (a, b) : (b, a)
    return low * (2 * models.count - low - 1) / 2 + high - low - 1
  }

  package func index(_ a: ModelID, _ b: ModelID) -> Int? {
    guard let a = position[a], let b = position[b], a != b else { return nil }
    return index(a, b)
  }

  /// The places of the models of each pair, in order.
  package var members: [(Int32, Int32)] {
    models.indices.flatMap { a in ((a + 1)..<Swift.max(models.count, a + 1)).map { (Int32(a), Int32($0)) } }
  }

  package func position(of model: ModelID) -> Int? { position[model] }
}
