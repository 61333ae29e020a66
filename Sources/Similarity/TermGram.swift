#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Cosines between the tf-idf vectors of a few hundred documents, from the postings of each feature.
///
/// Nearly all n-grams occur in one answer only, so the products are few: going through the postings touches only the
/// pairs that share a feature, where a dense product would multiply mostly zeros.
enum TermGram {
  /// Mean cosine of the samples of each pair of models.
  static func contributions(
    _ answers: PromptAnswers, features: (PromptAnswers.Answer) -> [UInt64]
  ) -> [Double] {
    let documents = answers.samples.joined().map(features)
    let gram = cosines(documents)
    return PairMeans.ofSamples(answers) { gram[$0 * documents.count + $1] }
  }

  /// - Parameter documents: hashes of the features of each document, with repetitions.
  /// - Returns: documents × documents; the upper triangle is filled, each value in 0...1. A document without features has
  ///   cosine 0 with all.
  static func cosines(_ documents: [[UInt64]]) -> [Double] {
    let count = documents.count
    var table = FeatureTable(capacity: documents.reduce(0) { $0 + $1.count })
    var entries: [(feature: Int32, tf: Int32)] = []
    var starts = [0]
    var placeOfFeature: [Int32] = []
    var documentFrequency: [Int32] = []
    for document in documents {
      let start = entries.count
      for hash in document {
        let feature = Int(table.index(of: hash))
        if feature == placeOfFeature.count {
          placeOfFeature.append(-1)
          documentFrequency.append(0)
        }
        let place = Int(placeOfFeature[feature])
        if place >= start {
          entries[place].tf += 1
        } else {
          placeOfFeature[feature] = Int32(entries.count)
          documentFrequency[feature] += 1
          entries.append((Int32(feature), 1))
        }
      }
      starts.append(entries.count)
    }
    return products(entries, starts, documentFrequency, count)
  }

  private static func products(
    _ entries: [(feature: Int32, tf: Int32)], _ starts: [Int], _ documentFrequency: [Int32], _ count: Int
  ) -> [Double] {
    let idf = documentFrequency.map { log(Double(count) / Double($0)) }
    // 1 + ln tf for the small counts that nearly all features have.
    let logTF = (0...64).map { $0 == 0 ? 0 : 1 + log(Double($0)) }
    // Postings of the features that at least two documents hold, feature by feature, documents ascending.
    var postingStart = [Int32](repeating: 0, count: documentFrequency.count + 1)
    for (feature, frequency) in documentFrequency.enumerated() {
      postingStart[feature + 1] = postingStart[feature] + (frequency > 1 ? frequency : 0)
    }
    var next = postingStart
    var postings = [(document: Int32, weight: Double)](repeating: (0, 0), count: Int(postingStart.last ?? 0))
    for document in 0..<count {
      let range = starts[document]..<starts[document + 1]
      var squares = 0.0
      for entry in entries[range] {
        let tf = Int(entry.tf)
        let weight = (tf < logTF.count ? logTF[tf] : 1 + log(Double(tf))) * idf[Int(entry.feature)]
        squares += weight * weight
        guard documentFrequency[Int(entry.feature)] > 1 else { continue }
        postings[Int(next[Int(entry.feature)])] = (Int32(document), weight)
        next[Int(entry.feature)] += 1
      }
      let scale = squares > 0 ? 1 / squares.squareRoot() : 0
      for entry in entries[range] where documentFrequency[Int(entry.feature)] > 1 {
        postings[Int(next[Int(entry.feature)]) - 1].weight *= scale
      }
    }
    var gram = [Double](repeating: 0, count: count * count)
    var gramSpan = gram.mutableSpan
    let all = postings.span
    for feature in documentFrequency.indices where documentFrequency[feature] > 1 {
      let range = Int(postingStart[feature])..<Int(postingStart[feature + 1])
      for a in range {
        let row = Int(all[a].document) * count
        let weight = all[a].weight
        for b in (a + 1)..<range.upperBound { gramSpan[row + Int(all[b].document)] += weight * all[b].weight }
      }
    }
    // Rounding may lift a cosine of equal answers above 1 by the last bit.
    for index in gram.indices where gram[index] > 1 { gram[index] = 1 }
    return gram
  }
}
