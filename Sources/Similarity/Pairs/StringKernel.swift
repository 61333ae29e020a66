/// How alike two answers are, for tests that permute answers between models: 1 for equal answers, 0 for nothing in common.
///
/// Unlike the channels, it does not look at what others answered: a kernel of two texts is theirs alone.
package enum StringKernel: Hashable, Sendable {
  /// Share of places at which both texts have the same character (Unicode scalar, after NFC): k(x, y) / √(k(x, x) k(y, y))
  /// with k the number of equal places.
  ///
  /// - `length`: so many characters are compared; what is longer is cut.
  /// - `countsPadding`: whether places after the end of both texts count as equal. The original counts them, so that its
  ///   statistic also sees lengths; without them, only what is written counts.
  /// - Source: the kernel of Gao, Liang and Guestrin, "Model Equality Testing" (2024), there with padding.
  case hamming(length: Int, countsPadding: Bool)
  /// Cosine of the vectors of 1 + ln tf over all runs of 1 to 4 units: of words and marks, or of characters in scripts
  /// without spaces.
  ///
  /// - Source: Leslie, Eskin and Noble, "The Spectrum Kernel" (2002), there on characters.
  case spectrum

  /// Gram matrix of several answers.
  ///
  /// - Returns: n × n, row by row, symmetric, values in 0...1, with 1 on the diagonal.
  package func gram(of texts: [String]) -> [Double] {
    switch self {
    case .hamming(let length, let countsPadding): Self.hamming(texts, length, countsPadding)
    case .spectrum: Self.spectrum(texts)
    }
  }

  private static func hamming(_ texts: [String], _ length: Int, _ countsPadding: Bool) -> [Double] {
    let rows = texts.map { Array(NormalisedText($0).scalars.prefix(length)) }
    return symmetric(texts.count) { a, b in
      let common = min(rows[a].count, rows[b].count)
      var equal = 0
      for place in 0..<common where rows[a][place] == rows[b][place] { equal += 1 }
      if countsPadding {
        return length > 0 ? Double(equal + length - max(rows[a].count, rows[b].count)) / Double(length) : 1
      }
      let squares = Double(rows[a].count) * Double(rows[b].count)
      return squares > 0 ? Double(equal) / squares.squareRoot() : 0
    }
  }

  private static func spectrum(_ texts: [String]) -> [Double] {
    let answers = PromptAnswers(texts.map { [$0] })
    let byCharacters = answers.isWrittenWithoutSpaces
    let vectors = answers.samples.joined().map { answer in
      TermVector(Grams.of(answer.units(byCharacters: byCharacters), lengths: 1...4))
    }
    return symmetric(texts.count) { vectors[$0].cosine(vectors[$1]) }
  }

  private static func symmetric(_ count: Int, _ value: (Int, Int) -> Double) -> [Double] {
    var gram = [Double](repeating: 1, count: count * count)
    for a in 0..<count {
      for b in 0..<a {
        let both = min(value(a, b), 1)
        gram[a * count + b] = both
        gram[b * count + a] = both
      }
    }
    return gram
  }
}
