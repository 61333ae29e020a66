/// Means over the samples of pairs of models.
enum PairMeans {
  /// For each pair of models, (0, 1), (0, 2) … (1, 2) …, the mean of `value` over all pairs of one answer of each.
  ///
  /// - Parameter value: of two answers, numbered through all models' samples; the first number is the lower.
  /// - Complexity: the square of the number of samples; the means below cost the number of samples.
  static func ofSamples(_ answers: PromptAnswers, _ value: (Int, Int) -> Double) -> [Double] {
    let starts = starts(answers)
    return pairs(answers.samples.count) { a, b in
      var sum = 0.0
      for first in starts[a]..<starts[a + 1] {
        for second in starts[b]..<starts[b + 1] { sum += value(first, second) }
      }
      return sum / Double(answers.samples[a].count * answers.samples[b].count)
    }
  }

  /// How many couples of one key of each have equal keys, and of how many; keys that are nil make no couple.
  static func equalCouples(_ keys: [[UInt64?]], _ share: (_ equal: Int, _ couples: Int) -> Double) -> [Double] {
    let counts = keys.map { own in
      own.compactMap(\.self).reduce(into: [UInt64: Int]()) { $0[$1, default: 0] += 1 }
    }
    // One sample a model is the rule, and needs no table.
    let single = keys.map { $0.count == 1 ? $0[0] : nil }
    let sizes = counts.map { $0.values.reduce(0, +) }
    return pairs(keys.count) { a, b in
      if let one = single[a], let other = single[b] { return share(one == other ? 1 : 0, 1) }
      let (few, many) = counts[a].count <= counts[b].count ? (counts[a], counts[b]) : (counts[b], counts[a])
      return share(few.reduce(0) { $0 + $1.value * (many[$1.key] ?? 0) }, sizes[a] * sizes[b])
    }
  }

  /// Mean over couples of the sum of the absolute differences of two rows.
  ///
  /// - Parameter rows: of numbers, one for each answer, all of one length.
  static func manhattan(_ answers: PromptAnswers, _ rows: [[Double]]) -> [Double] {
    let starts = starts(answers)
    guard answers.samples.contains(where: { $0.count > 1 }) else {
      let rows = ProfileRows(answers.paired.map { rows[starts[$0]] })
      return pairs(answers.paired.count) { rows.manhattan($0, $1) }
    }
    let width = rows.first?.count ?? 0
    // By model and column, ascending.
    let columns = answers.paired.map { model in
      (0..<width).map { column in rows[starts[model]..<starts[model + 1]].map { $0[column] }.sorted() }
    }
    return pairs(answers.paired.count) { a, b in
      zip(columns[a], columns[b]).reduce(0) { $0 + meanDistance($1.0, $1.1) }
    }
  }

  /// Mean of |x − y| over couples: between two neighbours in the joint order lie, of all couples, those with one end on either side.
  private static func meanDistance(_ xs: [Double], _ ys: [Double]) -> Double {
    var (i, j) = (0, 0)
    var last = 0.0
    var sum = 0.0
    while i < xs.count || j < ys.count {
      let isFirst = j == ys.count || (i < xs.count && xs[i] <= ys[j])
      let next = isFirst ? xs[i] : ys[j]
      sum += (next - last) * Double(i * (ys.count - j) + j * (xs.count - i))
      last = next
      if isFirst { i += 1 } else { j += 1 }
    }
    return sum / Double(xs.count * ys.count)
  }

  /// Mean over couples of the cosine of two rows, 0 where one has no length: the product of the means of the unit vectors.
  static func cosine(_ answers: PromptAnswers, _ rows: [[Double]]) -> [Double] {
    let units = rows.map { row in
      let norm = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return row.map { norm > 0 ? $0 / norm : 0 }
    }
    let starts = starts(answers)
    let means = ProfileRows(
      answers.samples.indices.map { model in
        let own = units[starts[model]..<starts[model + 1]]
        var mean = own.first ?? []
        for row in own.dropFirst() { for (place, value) in row.enumerated() { mean[place] += value } }
        return mean.map { $0 / Double(own.count) }
      })
    return pairs(answers.samples.count) { min(max(means.dot($0, $1), -1), 1) }
  }

  /// Of each model the number of its first answer, and at last how many answers there are.
  private static func starts(_ answers: PromptAnswers) -> [Int] {
    answers.samples.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }

  private static func pairs(_ models: Int, _ value: (Int, Int) -> Double) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(models * max(models - 1, 0) / 2)
    for a in 0..<models {
      for b in (a + 1)..<max(models, a + 1) { values.append(value(a, b)) }
    }
    return values
  }
}
