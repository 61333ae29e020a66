package import Cases

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How likely a model finds an answer that it was given.
///
///     log₂ P(answer | prompt) = Σ ln p(token) / ln 2,   over the tokens of the answer
///
/// along the one way in which the model's own tokeniser writes the text; the answer's end is not counted. Per byte it is
/// comparable between tokenisers.
///
/// - Range: at most 0; about −1 bit a byte for good models of a text, lower for others.
/// - None where it can be no model's: above 1, or 1 but for rounding over a text of more tokens than anybody is sure of, which
///   would make every honest model look a stranger to its own answers.
/// - Trap: a model that writes well finds all good text likely: it says something only beside what other models find, and
///   beside other text.
package struct AnswerLikelihood: Hashable, Sendable {
  /// log₂ of the probability.
  package let bits: Double
  /// Bytes of the answer that it covers: a token that begins in the prompt is left out.
  package let bytes: Int
  /// Tokens of the model's own that it is spread over.
  package let tokens: Int

  /// Tokens in a row that no model is sure of, and nats a token below which it would be.
  private static let (sureTokens, sureness) = (32, 1e-4)

  package var perByte: Double { bits / Double(bytes) }

  /// - Parameter refusesCertainty: whether an answer that nobody can be so sure of tells nothing; versions before 0.6.0 counted it,
  ///   and their evidence is computed as they did.
  /// - Returns: nil where the response does not tell it: no log-probabilities, or of another text than was given.
  package init?(_ answer: Answer, of given: GivenAnswer, refusesCertainty: Bool = true) {
    let text = Array(given.text.utf8)
    let counted: ArraySlice<TokenLogprob>
    if let echoed = answer.promptTokenLogprobs {
      // From the end: what stands before the answer depends on templates.
      var start = echoed.count
      var bytes = 0
      while start > 0, bytes + echoed[start - 1].exactBytes.count <= text.count {
        start -= 1
        bytes += echoed[start].exactBytes.count
      }
      counted = echoed[start...]
    } else {
      counted = (answer.tokens ?? [])[...]
    }
    var said: [UInt8] = []
    var sum = 0.0
    var spoken = 0
    for token in counted where !token.exactBytes.isEmpty {
      guard let logprob = token.logprob else { return nil }
      said += token.exactBytes
      sum += logprob
      spoken += 1
    }
    let isAll = answer.promptTokenLogprobs == nil
    // SentencePiece writes a space before the first word: its likelihood counts, its byte does not.
    if isAll, said.count == text.count + 1, said.first == 0x20 { said.removeFirst() }
    // A greedy answer under its own model keeps some hundredths of a nat a token.
    if refusesCertainty {
      if spoken >= Self.sureTokens, sum > -Self.sureness * Double(spoken) { return nil }
      guard sum <= 0.01 * Double(spoken) else { return nil }
    }
    guard !said.isEmpty, isAll ? said == text : text.suffix(said.count).elementsEqual(said) else { return nil }
    bits = sum / log(2)
    bytes = said.count
    tokens = spoken
  }
}

/// An answer, who gave it, and how likely another model, or the same, finds it.
package struct ScoredAnswer: Hashable, Sendable {
  /// nil for a reference text.
  package let owner: ModelID?
  package let scorer: ModelID
  package let prompt: PromptID
  package let sample: Int
  /// Bits a byte.
  package let perByte: Double

  package init(owner: ModelID?, scorer: ModelID, prompt: PromptID, sample: Int, perByte: Double) {
    self.owner = owner
    self.scorer = scorer
    self.prompt = prompt
    self.sample = sample
    self.perByte = perByte
  }
}
