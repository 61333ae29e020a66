import Statistics

/// Mean cosines between the tf-idf vectors of the answers of a few hundred models, from the postings of each feature.
///
/// Nearly all n-grams occur in one answer only, so the products are few: going through the postings touches only the
/// pairs that share a feature, where a dense product would multiply mostly zeros. The few features that many answers hold are
/// set side by side as a matrix of their own, whose product OpenBLAS makes faster than their postings could be gone through.
///
/// The mean of the cosines over all couples of samples of two models is the product of the means of their unit vectors: several samples
/// cost their number, not its square.
enum TermGram {
  /// Mean cosine of the samples of each pair of models, in the order of `PairIndex`.
  ///
  /// - Parameter counts: whether an answer, by its number through all models' samples, counts; one that does not has the cosine 0 with
  ///   all others. nil if all count.
  static func contributions(
    _ answers: PromptAnswers, counts: [Bool]? = nil, features: (PromptAnswers.Answer) -> [UInt64]
  ) -> [Double] {
    let hashes = HashPartitions(answers.samples.joined().map(features))
    var vectors = TermVectors(samples: answers.samples.map(\.count), paired: answers.paired)
    for part in hashes.parts { vectors.add(hashes, part) }
    return vectors.meanCosines(counts: counts)
  }
}

private struct TermVectors {
  /// By model, how many documents it has.
  private let samples: [Int]
  /// By document.
  private let owners: [Int32]
  /// By model, its place among those whose pairs are asked for; −1 of the others.
  private let places: [Int32]
  private let width: Int
  /// Of each document the sum of its squared weights.
  private var squares: [Double]
  private var parts: [Part] = []
  /// 1 + ln tf.
  private let logTF: [Double]
  /// ln(N / df), by df.
  private let idf: [Double]

  /// What a few features weigh in the documents that hold them.
  private struct Part {
    /// In the order of documents.
    let entries: [(feature: Int32, document: Int32, weight: Double)]
    /// By feature.
    let documentFrequency: [Int32]
  }

  private static func logTF(_ tf: Int) -> Double { 1 + Double.logOnGrid(Double(tf)) }

  init(samples: [Int], paired: [Int]) {
    self.samples = samples
    width = paired.count
    var places = [Int32](repeating: -1, count: samples.count)
    for (place, model) in paired.enumerated() { places[model] = Int32(place) }
    self.places = places
    owners = samples.enumerated().flatMap { model, count in [Int32](repeating: Int32(model), count: count) }
    squares = [Double](repeating: 0, count: owners.count)
    logTF = (0...64).map { $0 == 0 ? 0 : Self.logTF($0) }
    let count = owners.count
    idf = (0...count).map { $0 == 0 ? 0 : Double.logOnGrid(Double(count) / Double($0)) }
  }

  mutating func add(_ hashes: HashPartitions, _ part: Range<Int>) {
    var table = FeatureTable(capacity: part.count)
    let features = table.numbers(of: hashes.hashes[part])
    let documents = hashes.documents[part]
    var counted: [(feature: Int32, document: Int32, tf: Int32)] = []
    counted.reserveCapacity(part.count)
    // Of each feature its last entry, and in how many documents it is.
    var last = [Int32](repeating: -1, count: table.count)
    var documentFrequency = [Int32](repeating: 0, count: table.count)
    var lastSpan = last.mutableSpan
    var frequencySpan = documentFrequency.mutableSpan
    for (feature, document) in zip(features, documents) {
      let entry = Int(lastSpan[Int(feature)])
      if entry >= 0, counted[entry].document == document {
        counted[entry].tf += 1
      } else {
        lastSpan[Int(feature)] = Int32(counted.count)
        frequencySpan[Int(feature)] += 1
        counted.append((feature, document, 1))
      }
    }
    var entries: [(feature: Int32, document: Int32, weight: Double)] = []
    entries.reserveCapacity(counted.count)
    for entry in counted {
      let tf = Int(entry.tf)
      let frequency = documentFrequency[Int(entry.feature)]
      let weight = (tf < logTF.count ? logTF[tf] : Self.logTF(tf)) * idf[Int(frequency)]
      squares[Int(entry.document)] += weight * weight
      // What one document holds is in no product, and what all hold weighs nothing.
      if frequency > 1, Int(frequency) < owners.count { entries.append((entry.feature, entry.document, weight)) }
    }
    if !entries.isEmpty { parts.append(Part(entries: entries, documentFrequency: documentFrequency)) }
  }

  func meanCosines(counts: [Bool]?) -> [Double] {
    let scales = squares.enumerated().map { document, square in
      square > 0 && counts?[document] ?? true ? 1 / square.squareRoot() / Double(samples[Int(owners[document])]) : 0
    }
    var gram = [Double](repeating: 0, count: width * width)
    var common = CommonFeatures(documents: width)
    for part in parts { add(part, scales, to: &gram, &common) }
    common.flush(to: &gram)
    var cosines: [Double] = []
    cosines.reserveCapacity(width * max(width - 1, 0) / 2)
    for a in 0..<width {
      // Rounding may lift a cosine of equal answers above 1 by the last bit.
      for b in (a + 1)..<max(width, a + 1) { cosines.append(min(gram[a * width + b], 1)) }
    }
    return cosines
  }

  private func add(
    _ part: Part, _ scales: [Double], to gram: inout [Double], _ common: inout CommonFeatures
  ) {
    // Postings feature by feature, models ascending: of each model the mean of its unit vectors.
    var starts = [Int32](repeating: 0, count: part.documentFrequency.count + 1)
    for (feature, frequency) in part.documentFrequency.enumerated() {
      let isShared = frequency > 1 && Int(frequency) < owners.count
      starts[feature + 1] = starts[feature] + (isShared ? frequency : 0)
    }
    var ends = starts
    var postings = [(model: Int32, weight: Double)](repeating: (0, 0), count: Int(starts[starts.count - 1]))
    for (feature, document, weight) in part.entries {
      let model = owners[Int(document)]
      let scaled = weight * scales[Int(document)]
      let end = Int(ends[Int(feature)])
      if end > Int(starts[Int(feature)]), postings[end - 1].model == model {
        postings[end - 1].weight += scaled
      } else {
        postings[end] = (model, scaled)
        ends[Int(feature)] += 1
      }
    }
    // Whether a feature is common is asked of all models, so that a tile has the sums of the whole.
    func isCommon(_ holders: Int) -> Bool { CommonFeatures.isCommon(holders, of: samples.count) }
    let kept = width < samples.count ? Self.kept(&postings, starts, ends, places) : ends
    var gramSpan = gram.mutableSpan
    let all = postings.span
    for feature in part.documentFrequency.indices {
      let (start, end) = (Int(starts[feature]), Int(kept[feature]))
      guard end - start > 1, !isCommon(Int(ends[feature]) - start) else { continue }
      for a in start..<end {
        let row = Int(all[a].model) * width
        let weight = all[a].weight
        for b in (a + 1)..<end { gramSpan[row + Int(all[b].model)] += weight * all[b].weight }
      }
    }
    for feature in part.documentFrequency.indices {
      let (start, end) = (Int(starts[feature]), Int(kept[feature]))
      let all = Int(ends[feature]) - start
      guard all > 1, isCommon(all) else { continue }
      let holders = postings[start..<end]
      common.add(to: &gram) { values, row in
        for holder in holders { values[row + Int(holder.model)] = holder.weight }
      }
    }
  }

  /// Leaves only the postings of models whose pairs are asked for, by their places among these.
  ///
  /// - Returns: by feature, where what is left ends.
  private static func kept(
    _ postings: inout [(model: Int32, weight: Double)], _ starts: [Int32], _ ends: [Int32], _ places: [Int32]
  ) -> [Int32] {
    var kept = starts
    for feature in ends.indices.dropLast() {
      var next = Int(starts[feature])
      for entry in Int(starts[feature])..<Int(ends[feature]) {
        let place = places[Int(postings[entry].model)]
        guard place >= 0 else { continue }
        postings[next] = (place, postings[entry].weight)
        next += 1
      }
      kept[feature] = Int32(next)
    }
    return kept
  }
}
