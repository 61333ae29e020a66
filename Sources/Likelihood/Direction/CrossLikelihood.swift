package import Cases
import LinearAlgebra
package import Similarity
import Statistics

/// How much likelier one model finds another's answers than unrelated models do, per byte.
///
/// With l_m(x) the log₂-likelihood a byte of answer x under m, C the cohort, and A's answers x_A(p) to the prompts p,
///
///     excess(A under B)   = mean over p of  l_B(x_A(p)) − mean over c in C of l_c(x_A(p))
///     base(B)             = the same of the cohort's own answers to these prompts, the one who gave them left out of C
///     specific(A under B) = excess(A under B) − base(B)
///
/// The base takes out that some models find all text of this kind likelier than others do. The excess on reference texts,
/// such as what people wrote on these prompts, is reported separately and excluded from every score.
///
/// A model finds its own answers likelier than any other model does, on average: the difference is a Kullback–Leibler divergence,
/// which is never below 0 (Gibbs's inequality). Where a stranger finds them surely likelier, what the endpoint tells of a given
/// answer is not what it answers by: another template, another model, or numbers that stand beside the wrong token, as some
/// servers' echo has them. Such a suspect or candidate is not evaluated, and such a member leaves the cohort.
///
/// - Range: bits a byte; about 0 for strangers. A student's specific value for its teacher's answers is positive.
/// - Trap: shared weights do the same, and so does a common teacher. The two directions differ for reasons besides teaching:
///   a larger model, a lower temperature of the answers.
package struct CrossLikelihood: Sendable {
  /// One model's answers under another.
  package struct Direction: Sendable {
    /// Whose answers.
    package let owner: ModelID
    /// Under whom.
    package let scorer: ModelID
    package let prompts: Int
    /// Mean log₂-likelihood a byte under the scorer, and under the cohort.
    package let likelihood: Double
    package let cohortLikelihood: Double
    package let excess: Double
    package let base: Double
    /// On reference texts; nil where none were given.
    package let reference: Double?
    package let specific: Double
    /// Of 2,000 draws of the prompts, 95 %.
    package let interval: Interval
    /// The same of each member of the cohort in the scorer's place, in the order of their names.
    package let cohort: [(model: ModelID, specific: Double)]

    /// 1 where no member of the cohort has a higher value.
    package var rank: Int { 1 + cohort.count { $0.specific >= specific } }
  }

  package let suspect: ModelID
  package let candidate: ModelID
  /// Unrelated models that every answer was put to.
  package let members: [ModelID]
  /// Unrelated models that a stranger knows better than they know themselves.
  package let leftOut: [ModelID]
  /// The candidate's answers under the suspect: high where the suspect learned from them.
  package let candidateUnderSuspect: Direction
  package let suspectUnderCandidate: Direction
  /// The first specific value less the second.
  package let asymmetry: Double
  package let asymmetryInterval: Interval

  /// Fewest members of a cohort, and fewest prompts.
  package static let minimumMembers = 3
  package static let minimumPrompts = 5

  private struct Text: Hashable {
    let owner: ModelID?
    let prompt: PromptID
  }

  /// Why nothing can be said of a pair.
  package enum Refusal: Error, Hashable {
    case cohortTooSmall(given: Int, needed: Int)
    case noCommonPrompts
    /// Its answers were recorded: it cannot be asked how likely it finds those of others.
    case notAsked(ModelID)
    /// A stranger finds this model's answers likelier than its own endpoint does: what that tells is not what it answers
    /// by.
    case ownAnswersUnlikely(ModelID)
  }

  /// - Throws: `Refusal` if too few unrelated models, or too few prompts, have values of all.
  package init(
    _ scored: [ScoredAnswer], suspect: ModelID, candidate: ModelID, cohort: [ModelID], lineage: Lineage,
    replicates: Int = 2_000, seed: UInt64 = 1
  ) throws(Refusal) {
    var sums: [Text: [ModelID: (sum: Double, count: Int)]] = [:]
    for answer in scored.sorted(by: { ($0.prompt, $0.sample) < ($1.prompt, $1.sample) }) {
      sums[Text(owner: answer.owner, prompt: answer.prompt), default: [:]][answer.scorer, default: (0, 0)].sum +=
        answer.perByte
      sums[Text(owner: answer.owner, prompt: answer.prompt)]?[answer.scorer]?.count += 1
    }
    let values = sums.mapValues { $0.mapValues { $0.sum / Double($0.count) } }
    let scorers = Set(scored.map(\.scorer))
    let unrelated = CohortSelection(from: cohort, suspect: suspect, candidate: candidate, lineage: lineage).members
      .filter(scorers.contains)
    guard unrelated.count >= Self.minimumMembers else {
      throw .cohortTooSmall(given: unrelated.count, needed: Self.minimumMembers)
    }
    func isStranger(_ model: ModelID) -> Bool { Self.isStrangerToItself(model, unrelated, values, seed: seed) }
    let leftOut = unrelated.filter(isStranger)
    let members = unrelated.filter { !leftOut.contains($0) }
    if let wrong = [suspect, candidate].first(where: isStranger)
      ?? (members.count < Self.minimumMembers ? leftOut.first : nil)
    {
      throw .ownAnswersUnlikely(wrong)
    }
    let table = Table(values: values, prompts: Set(values.keys.map(\.prompt)).sorted(), members: members)
    let one = table.column(of: candidate, under: suspect)
    let other = table.column(of: suspect, under: candidate)
    let rows = table.prompts.indices.filter { one[$0] != nil && other[$0] != nil }
    guard rows.count >= Self.minimumPrompts else { throw .noCommonPrompts }
    // The same draws for all, so that differences are of the same prompts.
    let bootstrap = ProbeBootstrap(replicates: replicates, probes: rows.count, seed: seed)
    func interval(_ values: [Double]) -> Interval {
      let means = (0..<replicates).map { replicate in
        var sum = 0.0
        for (place, value) in values.enumerated() { sum += bootstrap.weights[replicate, place] * value }
        return sum / Double(values.count)
      }
      let ends = means.quantiles([0.025, 0.975])
      return Interval(low: ends[0], high: ends[1])
    }
    func direction(_ owner: ModelID, _ scorer: ModelID, _ column: [Table.Cell?]) -> Direction {
      let cells = rows.compactMap { column[$0] }
      let references = table.prompts.compactMap { table.reference(prompt: $0, under: scorer) }
      let specific = cells.map(\.specific)
      return Direction(
        owner: owner, scorer: scorer, prompts: cells.count, likelihood: Moments(cells.map(\.own)).mean,
        cohortLikelihood: Moments(cells.map { $0.own - $0.excess }).mean, excess: Moments(cells.map(\.excess)).mean,
        base: Moments(cells.map(\.base)).mean, reference: references.isEmpty ? nil : Moments(references).mean,
        specific: Moments(specific).mean, interval: interval(specific),
        cohort: members.compactMap { member in
          let instead = table.without(member).column(of: owner, under: member)
          let known = rows.compactMap { instead[$0]?.specific }
          return known.isEmpty ? nil : (member, Moments(known).mean)
        })
    }
    self.suspect = suspect
    self.candidate = candidate
    self.members = members
    self.leftOut = leftOut
    candidateUnderSuspect = direction(candidate, suspect, one)
    suspectUnderCandidate = direction(suspect, candidate, other)
    let differences = rows.compactMap { row in
      one[row].flatMap { first in other[row].map { first.specific - $0.specific } }
    }
    asymmetry = Moments(differences).mean
    asymmetryInterval = interval(differences)
  }

  /// Whether one of the others finds the model's answers surely likelier than it does itself: at 5 % for all of them together.
  private static func isStrangerToItself(
    _ model: ModelID, _ others: [ModelID], _ values: [Text: [ModelID: Double]], seed: UInt64
  ) -> Bool {
    let others = others.filter { $0 != model }
    let own = values.filter { $0.key.owner == model }.sorted { $0.key.prompt < $1.key.prompt }.map(\.value)
    return others.contains { other in
      let differences = own.compactMap { values in
        values[model].flatMap { known in values[other].map { known - $0 } }
      }
      guard differences.count >= minimumPrompts, Moments(differences).mean < 0 else { return false }
      let bootstrap = ProbeBootstrap(replicates: 2_000, probes: differences.count, seed: seed)
      let means = (0..<2_000).map { replicate in
        differences.indices.reduce(0) { $0 + bootstrap.weights[replicate, $1] * differences[$1] }
      }
      return means.quantiles([1 - 0.05 / Double(others.count)])[0] < 0
    }
  }

  private struct Table {
    struct Cell {
      let own: Double
      let excess: Double
      let base: Double
      var specific: Double { excess - base }
    }

    let values: [Text: [ModelID: Double]]
    let prompts: [PromptID]
    let members: [ModelID]

    func without(_ member: ModelID) -> Table {
      Table(values: values, prompts: prompts, members: members.filter { $0 != member })
    }

    /// By prompt; nil where a value is missing.
    func column(of owner: ModelID, under scorer: ModelID) -> [Cell?] {
      prompts.map { prompt in
        guard let own = values[Text(owner: owner, prompt: prompt)]?[scorer],
          let excess = excess(Text(owner: owner, prompt: prompt), scorer, members)
        else { return nil }
        let bases = members.compactMap { member in
          self.excess(Text(owner: member, prompt: prompt), scorer, members.filter { $0 != member })
        }
        guard !bases.isEmpty else { return nil }
        return Cell(own: own, excess: excess, base: bases.reduce(0, +) / Double(bases.count))
      }
    }

    func reference(prompt: PromptID, under scorer: ModelID) -> Double? {
      excess(Text(owner: nil, prompt: prompt), scorer, members)
    }

    private func excess(_ text: Text, _ scorer: ModelID, _ cohort: [ModelID]) -> Double? {
      guard let under = values[text], let own = under[scorer] else { return nil }
      var sum = 0.0
      for member in cohort {
        guard let value = under[member] else { return nil }
        sum += value
      }
      return cohort.isEmpty ? nil : own - sum / Double(cohort.count)
    }
  }
}
