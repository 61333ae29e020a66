package import Cases
import LinearAlgebra
import Similarity
import Statistics

/// Whether a suspect learned a candidate's way of spelling: how much likelier it finds the candidate's answers with the marks that
/// the candidate writes than the same answers in the plain spelling, beyond what others find.
///
///     habit(m, i)  = [log₂ P_m(answer i as written) − log₂ P_m(answer i in plain spelling)] / marks replaced
///     over base    = mean over i of  habit(suspect, i) − habit(base, i)
///     over cohort  = mean over i of  habit(suspect, i) − mean over cohort models c of habit(c, i)
///
/// The content is the same on both sides of the first difference, and what everybody finds likelier goes with the second.
///
/// - Range: bits a mark; 0 where the suspect has no more of the habit than its base, or than the cohort.
/// - Trap: tuning on any text with these marks teaches them, whoever wrote it: usual marks say little, and no ratio is made of it.
package struct SpellingHabit: Sendable {
  package struct Excess: Hashable, Sendable {
    package let mean: Double
    /// Of draws of the answers, 95 %.
    package let interval: Interval
  }

  package let candidate: ModelID
  package let plain: GivenAnswer.Plain
  /// Answers that were put in both spellings, and marks in them.
  package let answers: Int
  package let marks: Int
  /// Mean of the suspect's own habit, bits a mark.
  package let suspect: Double
  package let overBase: Excess?
  package let overCohort: Excess?
  /// Cohort models that were asked, and how many of them have the habit as much as the suspect, or more.
  package let cohort: Int
  package let asMuch: Int

  private static let replicates = 2_000

  private struct Text: Hashable {
    let owner: ModelID
    let prompt: PromptID
    let sample: Int
    let spelling: String?
  }

  /// Of all candidates, in their order; spellings with too few answers are left out.
  package static func all(
    _ contents: CaseContents, _ given: [(model: ModelID, given: GivenAnswer, answer: Answer)],
    refusesCertainty: Bool = true
  ) -> [SpellingHabit] {
    var bits: [Text: [ModelID: Double]] = [:]
    var plain: [ModelID: [String: GivenAnswer.Plain]] = [:]
    var marks: [Text: Int] = [:]
    for entry in given {
      guard let owner = entry.given.model,
        let found = AnswerLikelihood(entry.answer, of: entry.given, refusesCertainty: refusesCertainty)
      else { continue }
      let text = Text(
        owner: owner, prompt: entry.given.prompt, sample: entry.given.sample, spelling: entry.given.plain?.spelling)
      bits[text, default: [:]][entry.model] = found.bits
      guard let stated = entry.given.plain, stated.marks > 0 else { continue }
      plain[owner, default: [:]][stated.spelling] = stated
      marks[text] = stated.marks
    }
    let suspect = contents.suspect
    let bases = Set(([suspect] + contents.candidates + contents.cohort).map(\.base))
    let cohort = contents.cohort.filter {
      !bases.contains($0) && Kinship.between($0, suspect, contents.lineage) == nil
    }
    return contents.candidates.flatMap { candidate in
      (plain[candidate] ?? [:]).sorted { $0.key < $1.key }.compactMap { spelling, stated -> SpellingHabit? in
        let texts = marks.keys.filter { $0.owner == candidate && $0.spelling == spelling }
          .sorted { ($0.prompt, $0.sample) < ($1.prompt, $1.sample) }
        func habit(_ model: ModelID, _ text: Text) -> Double? {
          let written = Text(owner: text.owner, prompt: text.prompt, sample: text.sample, spelling: nil)
          guard let one = bits[written]?[model], let other = bits[text]?[model], let count = marks[text] else {
            return nil
          }
          return (one - other) / Double(count)
        }
        let known = texts.filter { habit(suspect, $0) != nil }
        guard known.count >= CrossLikelihood.minimumPrompts else { return nil }
        let unrelated = cohort.filter { member in
          Kinship.between(member, candidate, contents.lineage) == nil && known.allSatisfy { habit(member, $0) != nil }
        }
        let own = known.compactMap { habit(suspect, $0) }
        let base = known.compactMap { habit(suspect.base, $0) }
        let others = unrelated.map { member in known.compactMap { habit(member, $0) } }
        let average = known.indices.map { place in
          others.map { $0[place] }.reduce(0, +) / Double(max(others.count, 1))
        }
        return SpellingHabit(
          candidate: candidate, plain: stated, answers: known.count,
          marks: known.compactMap { marks[$0] }.reduce(0, +), suspect: Moments(own).mean,
          overBase: base.count == own.count ? excess(own, base, seed: contents.seed) : nil,
          overCohort: others.isEmpty ? nil : excess(own, average, seed: contents.seed), cohort: others.count,
          asMuch: others.count { Moments($0).mean >= Moments(own).mean })
      }
    }
  }

  private static func excess(_ own: [Double], _ other: [Double], seed: UInt64) -> Excess {
    let differences = zip(own, other).map { $0 - $1 }
    let bootstrap = ProbeBootstrap(replicates: replicates, probes: differences.count, seed: seed)
    let means = (0..<replicates).map { replicate in
      differences.indices.reduce(0) { $0 + bootstrap.weights[replicate, $1] * differences[$1] }
        / Double(differences.count)
    }
    let ends = means.quantiles([0.025, 0.975])
    return Excess(mean: Moments(differences).mean, interval: Interval(low: ends[0], high: ends[1]))
  }
}
