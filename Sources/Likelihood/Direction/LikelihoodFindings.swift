package import Cases
import Similarity

/// What the answers of each candidate and of the suspect are worth to the other, and what that says of direction.
package struct LikelihoodFindings: Sendable {
  package enum Outcome: Sendable {
    case found(CrossLikelihood, DirectionFinding)
    case notEvaluated(CrossLikelihood.Refusal)
  }

  package let suspect: ModelID
  package let candidates: [(model: ModelID, outcome: Outcome)]
  /// Given answers with a likelihood, and responses that tell none.
  package let usable: Int
  package let unusable: Int
  /// Of the candidates' answers that were put in two spellings.
  package let spellings: [SpellingHabit]
  /// A model that was asked and told the likelihood of nothing; nil if there is none.
  package let silent: (model: ModelID, responses: Int)?

  /// - Parameters:
  ///   - released: dates of release as they were stated.
  ///   - refusesCertainty: as `AnswerLikelihood` has it.
  package init(
    _ contents: CaseContents, _ given: [(model: ModelID, given: GivenAnswer, answer: Answer)],
    released: [ModelID: String] = [:], refusesCertainty: Bool = true
  ) {
    spellings = SpellingHabit.all(contents, given, refusesCertainty: refusesCertainty)
    // Respelled answers are for `SpellingHabit` alone: no model gave them.
    let given = given.filter { $0.given.plain == nil }
    let scored = given.compactMap { entry -> ScoredAnswer? in
      AnswerLikelihood(entry.answer, of: entry.given, refusesCertainty: refusesCertainty).map {
        ScoredAnswer(
          owner: entry.given.model, scorer: entry.model, prompt: entry.given.prompt, sample: entry.given.sample,
          perByte: $0.perByte)
      }
    }
    suspect = contents.suspect
    usable = scored.count
    unusable = given.count - scored.count
    let (told, responses) = (Set(scored.map(\.scorer)), Dictionary(grouping: given, by: \.model).mapValues(\.count))
    silent = responses.filter { !told.contains($0.key) }.min { $0.key < $1.key }.map { ($0.key, $0.value) }
    let recorded = Set((contents.run?.recorded ?? []).map(\.model))
    // The bases of the case's models are asked as well, but are related to them and cannot stand in the cohort.
    let bases = Set(([contents.suspect] + contents.candidates + contents.cohort).map(\.base))
    let cohort = contents.cohort.filter { !bases.contains($0) }
    candidates = contents.candidates.map { candidate -> (model: ModelID, outcome: Outcome) in
      do throws(CrossLikelihood.Refusal) {
        if recorded.contains(candidate) { throw .notAsked(candidate) }
        let cross = try CrossLikelihood(
          scored, suspect: contents.suspect, candidate: candidate, cohort: cohort, lineage: contents.lineage,
          seed: contents.seed)
        return (candidate, .found(cross, DirectionFinding(cross, released: released)))
      } catch {
        return (candidate, .notEvaluated(error))
      }
    }
  }

  /// Somebody whose answers were put and who is no member of the case; nil if there is none.
  package static func stranger(
    among given: [(model: ModelID, given: GivenAnswer, answer: Answer)], in contents: CaseContents
  ) -> ModelID? {
    let members = Set([contents.suspect] + contents.candidates + contents.cohort)
    return given.lazy.compactMap(\.given.model).filter { !members.contains($0) }.min()
  }
}
