/// The probabilities that a model gives to the next token, for one question.
///
/// With `c(h,w)` the summed weights of the training answers' occurrences of `w` after context `h`, `c(h)` their sum over
/// `w`, `N(h)` how often anything followed `h` in training, and `T(h)` how many different tokens did,
///
///     p(w|h) = N(h)/(N(h) + f·T(h)) · c(h,w)/c(h)  +  f·T(h)/(N(h) + f·T(h)) · p(w|h')
///
/// where `h'` is `h` without its earliest token. The empty context backs off to the end token and the pieces, equally
/// probable, and the 256 bytes, which together have ``byteShare``. So each distribution sums to 1 and has no zeros.
/// With all weights 1 and `f` = 1 this is Witten and Bell's interpolation; the weights change what a context predicts,
/// not how far it is trusted.
///
/// - Source: Witten and Bell, "The Zero-Frequency Problem", IEEE Trans. Information Theory 37(4), 1991, method C, as
///   interpolated in Chen and Goodman, "An Empirical Study of Smoothing Techniques for Language Modeling", 1998, §2.5;
///   the factor `f`: Bikel, "Intricacies of Collins' Parsing Model", Computational Linguistics 30(4), 2004.
package struct Prediction: Sendable {
  /// What the bytes, which never occur in training, have of the last back-off: enough to give each text a probability,
  /// too little to be sampled.
  static let byteShare = 1e-7

  package let vocabulary: Vocabulary
  private let contexts: ContextTree
  private let escape: Double
  private let weights: [Double]
  private let unconditional: [Double]

  init(model: LanguageModel, weights: [Double]) {
    vocabulary = model.vocabulary
    contexts = model.contexts
    escape = model.settings.escape
    self.weights = weights
    var distribution = Array(
      repeating: (1 - Self.byteShare) / Double(1 + model.vocabulary.pieceCount), count: model.vocabulary.count)
    for byte in 0..<Vocabulary.end { distribution[byte] = Self.byteShare / Double(Vocabulary.end) }
    Self.refine(&distribution, by: contexts.followers(of: ContextTree.root), weights: weights, escape: escape)
    unconditional = distribution
  }

  /// The probability of each token of the vocabulary to come next.
  ///
  /// - Parameter tokens: the text so far, from the start of the answer.
  /// - Returns: `vocabulary.count` positive numbers that sum to 1, but for rounding.
  package func distribution(after tokens: [Vocabulary.Token]) -> [Double] {
    var distribution = unconditional
    var node = ContextTree.root
    for distance in 1..<max(1, contexts.order) where distance <= tokens.count + 1 {
      let token = distance <= tokens.count ? tokens[tokens.count - distance] : ContextTree.startOfText
      guard let child = contexts.child(of: node, by: token) else { break }
      node = child
      Self.refine(&distribution, by: contexts.followers(of: node), weights: weights, escape: escape)
    }
    return distribution
  }

  /// One step of the recursion above: from `p(·|h')` to `p(·|h)`.
  private static func refine(
    _ distribution: inout [Double], by followers: [ContextTree.Follower], weights: [Double], escape: Double
  ) {
    guard !followers.isEmpty else { return }
    var types = 0
    var total = 0.0
    for index in followers.indices {
      if index == 0 || followers[index].token != followers[index - 1].token { types += 1 }
      total += weights[followers[index].document]
    }
    let backOff = escape * Double(types) / (Double(followers.count) + escape * Double(types))
    let scale = (1 - backOff) / total
    for token in distribution.indices { distribution[token] *= backOff }
    for follower in followers { distribution[follower.token] += scale * weights[follower.document] }
  }
}
