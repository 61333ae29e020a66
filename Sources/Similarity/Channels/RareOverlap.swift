import Statistics

/// What two answers share that few others say: word 1- to 3-grams (in scripts without spaces, 3- and 4-grams of characters),
/// each once, weighed by its rarity.
///
/// With df the number of *models* that say a gram in answer to this prompt and N that of all models, its weight is
/// −ln(df / N), and
///
///     contribution = Σ weights of grams in both / Σ weights of grams in either
///
/// - Range: 0...1 a probe; 1 for answers with the same set of grams, 0 also where no gram weighs anything. The score is the
///   mean.
/// - Complexity: O(grams + Σ df²) a probe.
/// - Note: Sets, not counts: repeating a phrase adds nothing, unlike in `ContentOverlap`. Small cohorts make coarse weights.
/// - Source: weighted Jaccard coefficient (Ioffe 2010) with the surprisal of the cohort as weight; the design's.
package struct RareOverlap: Channel {
  package let name = "rare_overlap"
  package let version = 1
  package var label: String { "rare overlap" }
  package var explanation: String { "which word sequences they share that few others use" }
  package var definition: String {
    """
    Σ of weights of the 1- to 3-grams of words (without spaces: 3- and 4-grams of characters) in both answers / Σ in either, each weighing −ln(df / N) over the N models
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let byCharacters = answers.isWrittenWithoutSpaces
    var owner: [Int] = []
    var documents: [[UInt64]] = []
    for (model, samples) in answers.samples.enumerated() {
      for answer in samples {
        owner.append(model)
        documents.append(Grams.of(answer.units(byCharacters: byCharacters), lengths: byCharacters ? 3...4 : 1...3))
      }
    }
    let postings = GramPostings(documents)
    // A gram of one answer only is in no intersection, and weighs the most.
    let models = Double(answers.samples.count)
    var sums = postings.ownGrams.map { Double($0) * Double.logOnGrid(models) }
    var shared = [Double](repeating: 0, count: documents.count * documents.count)
    let weights = (0...answers.samples.count).map { $0 == 0 ? 0 : -Double.logOnGrid(Double($0) / models) }
    let count = documents.count
    var common = CommonFeatures(documents: count)
    postings.forEach { holders in
      var saying = 0
      var last = -1
      for place in holders.indices where owner[Int(holders[place])] != last {
        saying += 1
        last = owner[Int(holders[place])]
      }
      let weight = weights[saying]
      guard weight > 0 else { return }
      for place in holders.indices { sums[Int(holders[place])] += weight }
      if common.isCommon(holders.count) {
        return common.add(weight: weight, to: &shared) { values, row in
          for place in holders.indices { values[row + Int(holders[place])] = 1 }
        }
      }
      shared.withUnsafeMutableBufferPointer { shared in
        for place in holders.indices {
          let row = Int(holders[place]) * count
          for other in (place + 1)..<holders.count { shared[row + Int(holders[other])] += weight }
        }
      }
    }
    common.flush(to: &shared)
    // A quotient of each couple, no product of the two answers: s samples cost s² quotients, though the sums in them cost s.
    return PairMeans.ofSamples(answers) { a, b in
      let both = shared[a * documents.count + b]
      let either = sums[a] + sums[b] - both
      // Sums of the same weights in another order may differ in their last bit.
      return either > 0 ? min(both / either, 1) : 0
    }
  }
}
