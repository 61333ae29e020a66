/// Cosine of tf-idf vectors of two answers to the same prompt: what two models say alike beyond what all say.
///
/// Features are word 2-, 3- and 4-grams (of the runs of word characters, whatever marks stand between them) and single
/// punctuation marks; where most letters of all answers to a prompt belong to scripts without spaces, 3-, 4- and
/// 5-grams of the characters that are not white space. With tf the count of a feature in an answer, df the number of
/// answers to *this* prompt that hold it and N the number of answers to this prompt, its weight is
///
///     (1 + ln tf) · ln(N / df)
///
/// and vectors are scaled to length 1: what every answer owes to the prompt weighs nothing. With several samples a
/// contribution is the mean over pairs of samples; an answer without features has cosine 0 with all.
///
/// - Range: a contribution of 0...1 a probe; the score is their mean.
/// - Complexity: O(features + Σ df²) a probe: features that a single answer holds cost no product.
/// - Note: Grows with the length of the answers; the effect of the models' mean lengths is taken out of the score later
///   (`LengthAdjustment`).
/// - Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988); idf over one prompt's
///   answers is the design's.
package struct ContentOverlap: Channel {
  package let name = "content_overlap"
  package let version = 1

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let documents = answers.samples.joined().map { features(of: $0, byCharacters: answers.isWrittenWithoutSpaces) }
    let gram = TermGram.cosines(documents)
    var owner: [Int] = []
    for (model, samples) in answers.samples.enumerated() { owner += samples.map { _ in model } }
    return PairMeans.ofSamples(gram, documents: documents.count, owner: owner, models: answers.samples.count)
  }

  /// Hashes of the features of one answer, with repetitions, in order of occurrence.
  func features(of answer: PromptAnswers.Answer, byCharacters: Bool) -> [UInt64] {
    if byCharacters { return Self.grams(answer.text.characterHashes(), lengths: 3...5) }
    let tokens = answer.tokens
    var words: [UInt64] = []
    var marks: [UInt64] = []
    for (hash, isWord) in zip(tokens.hashes, tokens.isWord) {
      if isWord { words.append(hash) } else { marks.append(hash) }
    }
    return Self.grams(words, lengths: 2...4) + marks
  }

  static func grams(_ units: [UInt64], lengths: ClosedRange<Int>) -> [UInt64] {
    var grams: [UInt64] = []
    grams.reserveCapacity(units.count * lengths.count)
    for start in units.indices {
      var hash = units[start]
      for length in 2...lengths.upperBound {
        guard start + length <= units.count else { break }
        hash = TokenHash.sequence(hash, then: units[start + length - 1])
        if length >= lengths.lowerBound { grams.append(hash) }
      }
    }
    return grams
  }
}

/// Means over the samples of pairs of models.
enum PairMeans {
  /// - Parameters:
  ///   - gram: documents × documents, the upper triangle is read.
  ///   - owner: model of each document, ascending.
  /// - Returns: for each pair of models the mean over all pairs of their documents.
  static func ofSamples(_ gram: [Double], documents: Int, owner: [Int], models: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: models * models)
    var samples = [Int](repeating: 0, count: models)
    for a in 0..<documents {
      samples[owner[a]] += 1
      for b in (a + 1)..<max(documents, a + 1) { sums[owner[a] * models + owner[b]] += gram[a * documents + b] }
    }
    var means: [Double] = []
    means.reserveCapacity(models * (models - 1) / 2)
    for a in 0..<models {
      for b in (a + 1)..<max(models, a + 1) {
        means.append(sums[a * models + b] / Double(samples[a] * samples[b]))
      }
    }
    return means
  }
}
