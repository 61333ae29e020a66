#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Cosines between the tf-idf vectors of a few hundred documents, from the postings of each feature.
///
/// Nearly all n-grams occur in one answer only, so the products are few: going through the postings touches only the
/// pairs that share a feature, where a dense product would multiply mostly zeros. The few features that many answers hold are
/// set side by side as a matrix of their own, whose product OpenBLAS makes faster than their postings could be gone through.
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
    var products = TermProducts(documents: count)
    let hashes = HashPartitions(documents)
    for part in hashes.parts { products.add(hashes, part) }
    return products.cosines()
  }
}

/// Inner products of the documents' tf-idf vectors, summed up over parts of their features.
private struct TermProducts {
  private let count: Int
  /// documents × documents.
  private var gram: [Double]
  private var common: CommonFeatures
  private var squares: [Double]
  /// 1 + ln tf for the small counts that nearly all features have.
  private let logTF: [Double]
  /// ln(N / df), by df.
  private let idf: [Double]

  init(documents count: Int) {
    self.count = count
    common = CommonFeatures(documents: count)
    gram = [Double](repeating: 0, count: count * count)
    squares = [Double](repeating: 0, count: count)
    logTF = (0...64).map { $0 == 0 ? 0 : 1 + log(Double($0)) }
    idf = (0...count).map { $0 == 0 ? 0 : log(Double(count) / Double($0)) }
  }

  private struct Entry {
    let feature: Int32
    let document: Int32
    var tf: Int32
  }

  mutating func add(_ hashes: HashPartitions, _ part: Range<Int>) {
    var table = FeatureTable(capacity: part.count)
    let features = table.numbers(of: hashes.hashes[part])
    let documents = hashes.documents[part]
    var entries: [Entry] = []
    entries.reserveCapacity(part.count)
    // Of each feature its last entry, and in how many documents it is.
    var last = [Int32](repeating: -1, count: table.count)
    var documentFrequency = [Int32](repeating: 0, count: table.count)
    var lastSpan = last.mutableSpan
    var frequencySpan = documentFrequency.mutableSpan
    for (feature, document) in zip(features, documents) {
      let entry = Int(lastSpan[Int(feature)])
      if entry >= 0, entries[entry].document == document {
        entries[entry].tf += 1
      } else {
        lastSpan[Int(feature)] = Int32(entries.count)
        frequencySpan[Int(feature)] += 1
        entries.append(Entry(feature: feature, document: document, tf: 1))
      }
    }
    add(entries, documentFrequency)
  }

  private mutating func add(_ entries: [Entry], _ documentFrequency: [Int32]) {
    // Postings of the features that at least two documents hold, feature by feature, documents ascending.
    var next = [Int32](repeating: 0, count: documentFrequency.count)
    var shared: Int32 = 0
    for (feature, frequency) in documentFrequency.enumerated() where frequency > 1 {
      next[feature] = shared
      shared += frequency
    }
    var postings = [(document: Int32, weight: Double)](repeating: (0, 0), count: Int(shared))
    for entry in entries {
      let frequency = documentFrequency[Int(entry.feature)]
      let tf = Int(entry.tf)
      let weight = (tf < logTF.count ? logTF[tf] : 1 + log(Double(tf))) * idf[Int(frequency)]
      squares[Int(entry.document)] += weight * weight
      guard frequency > 1 else { continue }
      postings[Int(next[Int(entry.feature)])] = (entry.document, weight)
      next[Int(entry.feature)] += 1
    }
    // Features that all hold weigh nothing.
    let isCommon = (0...count).map { common.isCommon($0) && $0 < count }
    let isSparse = (0...count).map { $0 > 1 && $0 < count && !isCommon[$0] }
    for (feature, frequency) in documentFrequency.enumerated() where isCommon[Int(frequency)] {
      let holders = postings[Int(next[feature] - frequency)..<Int(next[feature])]
      common.add(to: &gram) { values, row in
        for holder in holders { values[row + Int(holder.document)] = holder.weight }
      }
    }
    let width = count
    var gramSpan = gram.mutableSpan
    let all = postings.span
    for (feature, frequency) in documentFrequency.enumerated() where isSparse[Int(frequency)] {
      let end = Int(next[feature])
      for a in end - Int(frequency)..<end {
        let row = Int(all[a].document) * width
        let weight = all[a].weight
        for b in (a + 1)..<end { gramSpan[row + Int(all[b].document)] += weight * all[b].weight }
      }
    }
  }

  mutating func cosines() -> [Double] {
    common.flush(to: &gram)
    let scales = squares.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    var cosines = [Double](repeating: 0, count: count * count)
    for a in 0..<count {
      // Rounding may lift a cosine of equal answers above 1 by the last bit.
      for b in a..<count { cosines[a * count + b] = min(gram[a * count + b] * scales[a] * scales[b], 1) }
    }
    return cosines
  }
}
