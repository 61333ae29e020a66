/// Similarity of single answers to one prompt, for tests that permute answers between models.
package enum AnswerKernel {
  /// Gram matrix of the answers to one prompt: cosines of their tf-idf vectors as in `ContentOverlap`, with idf over
  /// these answers alone; 1 on the diagonal.
  ///
  /// - Returns: n × n, row by row, symmetric.
  package static func gram(of texts: [String]) -> [Double] {
    let answers = PromptAnswers(texts.map { [$0] })
    let documents = answers.samples.joined().map {
      ContentOverlap().features(of: $0, byCharacters: answers.isWrittenWithoutSpaces)
    }
    var gram = TermGram.cosines(documents)
    for a in texts.indices {
      gram[a * texts.count + a] = 1
      for b in 0..<a { gram[a * texts.count + b] = gram[b * texts.count + a] }
    }
    return gram
  }
}
