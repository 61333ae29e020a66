package import Cases
import Statistics

/// How the answers of a run are dressed beside those of a baseline: told, and a change by the user's choice.
///
/// Judged on the first answers of a check, whose number is planned: each feature by an exact test that holds the probes apart,
/// and all of them together, after Holm, at the level of one check. That level is beside the one of the answers: where form gates,
/// each of the two keeps the promise by itself.
package enum FormComparison {
  /// Something about the form of all answers.
  package enum Aspect: Hashable, Sendable {
    case feature(AnswerDress.Feature)
    /// Longer than half of all answers to the same probe.
    case length

    package var name: String {
      switch self {
      case .feature(let feature): feature.rawValue
      case .length: "length"
      }
    }
  }

  package struct Finding: Hashable, Sendable {
    package let aspect: Aspect
    /// Answers that have it, of those that were given.
    package let then: (count: Int, of: Int)
    package let now: (count: Int, of: Int)
    /// Holm's, over all aspects.
    package let adjusted: Double
    package let stands: Bool

    package static func == (a: Self, b: Self) -> Bool {
      a.aspect == b.aspect && a.then == b.then && a.now == b.now && a.adjusted == b.adjusted && a.stands == b.stands
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(aspect)
      hasher.combine(adjusted)
    }
  }

  private static let aspects: [Aspect] = AnswerDress.Feature.allCases.map(Aspect.feature) + [.length]

  /// - Returns: aspects that any answer has, in their own order; none where the baseline has counted none.
  package static func findings(
    _ run: [PromptID: ProbeRecord], baseline: [PromptID: ProbeRecord], level: Double
  ) -> [Finding] {
    let pairs = run.keys.sorted().compactMap { probe -> (now: AnswerDress, then: AnswerDress)? in
      guard let now = run[probe]?.dress, let then = baseline[probe]?.dress, now.answers > 0, then.answers > 0 else {
        return nil
      }
      return (now, then)
    }
    let tables = aspects.map { aspect in pairs.map { table(aspect, $0.now, $0.then) } }
    let adjusted = HolmAdjustment.adjusted(tables.map { StratifiedFisher.pValue($0) })
    return aspects.indices.compactMap { place in
      let own = tables[place]
      let now = (own.reduce(0) { $0 + $1.first }, own.reduce(0) { $0 + $1.of })
      let then = (own.reduce(0) { $0 + $1.second }, own.reduce(0) { $0 + $1.secondOf })
      guard now.0 + then.0 > 0 else { return nil }
      return Finding(
        aspect: aspects[place], then: then, now: now, adjusted: adjusted[place], stands: adjusted[place] <= level)
    }
  }

  private static func table(_ aspect: Aspect, _ now: AnswerDress, _ then: AnswerDress) -> StratifiedFisher.Table {
    switch aspect {
    case .feature(let feature):
      return StratifiedFisher.Table(
        first: now.counts[feature] ?? 0, of: now.answers, second: then.counts[feature] ?? 0, secondOf: then.answers)
    case .length:
      // By all answers of both sides, whichever of them gave it.
      let all = now.adding(then)
      let half = all.lengths.keys.min { (uneven(all, $0), $0) < (uneven(all, $1), $1) } ?? 0
      return StratifiedFisher.Table(
        first: now.longer(than: half), of: now.answers, second: then.longer(than: half), secondOf: then.answers)
    }
  }

  private static func uneven(_ dress: AnswerDress, _ length: Int) -> Int {
    abs(2 * dress.longer(than: length) - dress.answers)
  }
}
