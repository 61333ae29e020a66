package import Cases
import Similarity

/// Long answers that the suspect shares byte for byte with another model of the case: a finding of its own, whatever the
/// scores say.
package struct IdenticalAnswersFinding: Sendable, Encodable {
  package struct Shared: Sendable, Encodable {
    package let model: ModelID
    package let role: String
    package let count: Int
    package let of: Int
  }

  let minimumCharacters: Int
  /// Models that share at least one such answer with the suspect, most first.
  package let withSuspect: [Shared]
  /// The other pairs of models of the case, for comparison.
  let otherPairs: Int
  let otherPairsWithAny: Int
  let mostInOtherPairs: Int
  package let sentence: String

  enum CodingKeys: String, CodingKey {
    case sentence
    case minimumCharacters = "fewest_characters"
    case withSuspect = "with_suspect"
    case otherPairs = "other_pairs"
    case otherPairsWithAny = "other_pairs_with_any"
    case mostInOtherPairs = "most_in_other_pairs"
  }

  /// The most that the suspect shares with a model of the cohort, or two other models with each other.
  package var mostElsewhere: Int {
    max(mostInOtherPairs, withSuspect.filter { $0.role != "candidate" }.map(\.count).max() ?? 0)
  }

  /// Candidates that share more with the suspect than any other two models do, and of a twentieth of the prompts or more.
  package var beyondCohort: [Shared] {
    withSuspect.filter { $0.role == "candidate" && $0.count > mostElsewhere && 20 * $0.count >= $0.of }
  }

  init(_ contents: CaseContents) {
    let pairs = IdenticalAnswers(contents.transcripts).pairs
    let candidates = Set(contents.candidates)
    minimumCharacters = IdenticalAnswers.minimumCharacters
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
    sentence = IdenticalAnswersWording.sentence(
      contents.suspect, withSuspect, others: (otherPairs, otherPairsWithAny, mostInOtherPairs))
  }
}
