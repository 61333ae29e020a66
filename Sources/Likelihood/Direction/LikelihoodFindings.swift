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

  /// - Parameter released: dates of release as they were stated.
  package init(
    _ contents: CaseContents, _ given: [(model: ModelID, given: GivenAnswer, answer: Answer)],
    released: [ModelID: String] = [:]
  ) {
    let scored = given.compactMap { entry -> ScoredAnswer? in
      AnswerLikelihood(entry.answer, of: entry.given).map {
        ScoredAnswer(
          owner: entry.given.model, scorer: entry.model, prompt: entry.given.prompt, sample: entry.given.sample,
          perByte: $0.perByte)
      }
    }
    suspect = contents.suspect
    usable = scored.count
    unusable = given.count - scored.count
    // The base of a model of the case is asked beside it; it is nobody's stranger.
    let bases = Set(([contents.suspect] + contents.candidates + contents.cohort).map(\.base))
    let cohort = contents.cohort.filter { !bases.contains($0) }
    candidates = contents.candidates.map { candidate -> (model: ModelID, outcome: Outcome) in
      do throws(CrossLikelihood.Refusal) {
        let cross = try CrossLikelihood(
          scored, suspect: contents.suspect, candidate: candidate, cohort: cohort, lineage: contents.lineage,
          seed: contents.seed)
        return (candidate, .found(cross, DirectionFinding(cross, released: released)))
      } catch {
        return (candidate, .notEvaluated(error))
      }
    }
  }
}
