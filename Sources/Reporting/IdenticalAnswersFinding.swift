import Cases
import Similarity

/// Long answers that the suspect shares byte for byte with another model of the case: a finding of its own, whatever the
/// scores say.
struct IdenticalAnswersFinding: Sendable, Encodable {
  struct Shared: Sendable, Encodable {
    let model: ModelID
    let role: String
    let count: Int
    let of: Int
  }

  let fewestCharacters: Int
  /// Models that share at least one such answer with the suspect, most first.
  let withSuspect: [Shared]
  /// The other pairs of models of the case, for comparison.
  let otherPairs: Int
  let otherPairsWithAny: Int
  let mostInOtherPairs: Int
  let sentence: String

  enum CodingKeys: String, CodingKey {
    case sentence
    case fewestCharacters = "fewest_characters"
    case withSuspect = "with_suspect"
    case otherPairs = "other_pairs"
    case otherPairsWithAny = "other_pairs_with_any"
    case mostInOtherPairs = "most_in_other_pairs"
  }

  init(_ contents: CaseContents) {
    let pairs = IdenticalAnswers(contents.transcripts).pairs
    let candidates = Set(contents.candidates)
    fewestCharacters = IdenticalAnswers.fewestCharacters
    withSuspect = pairs.compactMap { pair in
      guard pair.a == contents.suspect || pair.b == contents.suspect else { return nil }
      let other = pair.a == contents.suspect ? pair.b : pair.a
      return Shared(
        model: other, role: candidates.contains(other) ? "candidate" : "cohort", count: pair.count, of: pair.of)
    }
    let others = pairs.filter { $0.a != contents.suspect && $0.b != contents.suspect }
    let models = contents.transcripts.count - (contents.transcripts[contents.suspect] == nil ? 0 : 1)
    otherPairs = models * (models - 1) / 2
    otherPairsWithAny = others.count
    mostInOtherPairs = others.first?.count ?? 0
    sentence = Self.sentence(
      contents.suspect, withSuspect, others: (otherPairs, otherPairsWithAny, mostInOtherPairs))
  }

  private static func sentence(
    _ suspect: ModelID, _ shared: [Shared], others: (pairs: Int, withAny: Int, most: Int)
  ) -> String {
    let least = IdenticalAnswers.fewestCharacters
    guard !shared.isEmpty else {
      return
        "No answer of \(suspect) of \(least) characters or more is byte for byte another model's answer to the same prompt."
    }
    let shown = shared.prefix(4).map { "\($0.count) of \($0.of) with \($0.model)" }.joined(separator: ", ")
    let rest = shared.count > 4 ? ", fewer with \(shared.count - 4) more" : ""
    return
      "\(suspect) shares answers of \(least) characters or more, byte for byte and to the same prompts: \(shown)\(rest). "
      + (others.pairs == 0
        ? ""
        : "Of the \(others.pairs) other pairs of models in this case \(others.withAny) share any, none of them more than \(others.most). ")
      + "Long answers that are the same to the last byte point to copies, or to one model under two names, rather than to "
      + "training on answers; scores of such a pair say nothing beyond that."
  }
}
