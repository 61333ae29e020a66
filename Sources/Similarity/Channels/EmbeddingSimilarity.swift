package import Cases
import LinearAlgebra

/// Cosine of embeddings of two answers to the same prompt, less what all answers to it have in common.
///
/// The vectors come from elsewhere, such as an embeddings endpoint; any length serves, the same for all. From each is
/// taken the mean over all models of the answers to this prompt, every model weighing the same, so that the topic weighs
/// nothing; then
///
///     contribution = x·y / (‖x‖ ‖y‖),   with several samples the mean over their couples,
///
/// which is the product of the means of their unit vectors: s samples cost s, not s².
///
/// - Range: −1...1 a probe, 0 where a vector is the mean itself; the score is the mean over probes.
/// - Note: What an embedding sees depends on who made it: one by a candidate's developer may know its own answers.
/// - Source: the centring is that of content overlap's idf, by other means; the design's.
package struct EmbeddingSimilarity: Sendable {
  package let name = "embeddings"
  package let version = 1

  package init() {}

  package enum Failure: Error, Hashable {
    /// A vector whose length is not that of the first one, or that holds a value which is no number.
    case defectiveVector(ModelID, PromptID)
  }

  /// - Parameter vectors: of the samples, by model and prompt.
  /// - Returns: contributions over the models and prompts in byte order, prompts that fewer than two models answered left
  ///   out.
  package func measure(
    _ vectors: [ModelID: [PromptID: [[Double]]]]
  ) throws(Failure) -> PairMeasurements {
    let models = vectors.keys.sorted()
    let pairs = PairIndex(models: models)
    let length = vectors.lazy.flatMap(\.value).flatMap(\.value).first?.count ?? 0
    var answering: [PromptID: Int] = [:]
    for model in models {
      for (prompt, samples) in vectors[model] ?? [:] where !samples.isEmpty {
        guard samples.allSatisfy({ $0.count == length && $0.allSatisfy(\.isFinite) }) else {
          throw .defectiveVector(model, prompt)
        }
        answering[prompt, default: 0] += 1
      }
    }
    let prompts = answering.filter { $0.value >= 2 }.keys.sorted()
    let grid = 30
    var values = GridMatrix(rows: prompts.count, columns: pairs.count, bits: grid)
    for (row, prompt) in prompts.enumerated() {
      let samples = models.map { vectors[$0]?[prompt] ?? [] }
      let centred = Self.centred(samples, length)
      let directions = centred.map { $0.isEmpty ? [] : Self.meanDirection($0) }
      for a in models.indices where !samples[a].isEmpty {
        for b in models.indices.dropFirst(a + 1) where !samples[b].isEmpty {
          // One sample of each is the rule, and keeps the last bit that it had before there were means.
          let value =
            centred[a].count == 1 && centred[b].count == 1
            ? Self.cosine(centred[a][0], centred[b][0]) : Self.product(directions[a], directions[b])
          // Numbers so large that their squares are none.
          guard let step = GridMatrix.step(value, bits: grid) else {
            throw .defectiveVector(models[a], prompt)
          }
          values.steps[row * pairs.count + pairs.index(a, b)] = step
        }
      }
    }
    return PairMeasurements(
      contributions: [Contributions(channel: name, version: version, values: values)], pairs: pairs, prompts: prompts,
      participation: Participation(
        prompts: prompts.count, models: models.count,
        answered: prompts.flatMap { prompt in models.map { !(vectors[$0]?[prompt] ?? []).isEmpty } }),
      meanLengths: models.map { _ in .nan }, isWrittenWithoutSpaces: false)
  }

  /// The same of a file of vectors, as other channels are measured; it knows no lengths of answers.
  package func measurement(of vectors: AnswerVectors) throws(Failure) -> PairMeasurements {
    var samples: [ModelID: [PromptID: [[Double]]]] = [:]
    for (key, vector) in vectors.vectors.sorted(by: { $0.key.sample < $1.key.sample }) {
      samples[key.model, default: [:]][key.prompt, default: []].append(vector)
    }
    return try measure(samples)
  }

  private static func centred(_ samples: [[[Double]]], _ length: Int) -> [[[Double]]] {
    let answering = samples.filter { !$0.isEmpty }
    var mean = [Double](repeating: 0, count: length)
    for model in answering {
      let weight = 1 / Double(model.count * answering.count)
      for vector in model { for (place, value) in vector.enumerated() { mean[place] += weight * value } }
    }
    return samples.map { $0.map { zip($0, mean).map { $0 - $1 } } }
  }

  /// Mean of the unit vectors; a vector without length adds nothing, and one whose square is no number makes it none.
  private static func meanDirection(_ vectors: [[Double]]) -> [Double] {
    var mean = [Double](repeating: 0, count: vectors[0].count)
    for vector in vectors {
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let scale = norm > 0 ? (norm.isFinite ? 1 / norm : .nan) : 0
      for (place, value) in vector.enumerated() { mean[place] += value * scale }
    }
    return mean.map { $0 / Double(vectors.count) }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    // The bounds of a cosine would make one of what is no number.
    return product.isNaN ? product : min(max(product, -1), 1)
  }

  private static func cosine(_ a: [Double], _ b: [Double]) -> Double {
    var product = 0.0
    var squares = (0.0, 0.0)
    for (one, other) in zip(a, b) {
      product += one * other
      squares.0 += one * one
      squares.1 += other * other
    }
    let scale = (squares.0 * squares.1).squareRoot()
    return scale > 0 ? min(max(product / scale, -1), 1) : 0
  }
}
