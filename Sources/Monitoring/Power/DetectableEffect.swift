package import Cases
import Similarity
import Statistics

/// The least change of one stratum that a check would have confirmed with a probability of at least `DetectableEffect.power`:
/// what "no change" is worth.
///
/// Found by putting answers that the baseline does not know into answers drawn from the baseline itself, spread as the baseline's
/// own are, and letting the very rule of the check decide, all rounds together.
package struct DetectableEffect: Hashable, Sendable {
  package static let power = 0.8

  package let stratum: Stratum
  package let probes: Int
  /// Fewest probes of the stratum that answer anew, always; nil if not even all are enough.
  package let changedProbes: Int?
  /// Least share of new answers to every probe, in steps of 5 %; nil if not even all are enough.
  package let changedShare: Double?

  package init(stratum: Stratum, probes: Int, changedProbes: Int?, changedShare: Double?) {
    self.stratum = stratum
    self.probes = probes
    self.changedProbes = changedProbes
    self.changedShare = changedShare
  }

  /// Whether there is any change that would be found.
  package var isAny: Bool { changedProbes != nil || changedShare != nil }

  /// A shift of log-probabilities has no natural size, nor has one of near ties.
  private static func hasSize(_ stratum: Stratum) -> Bool { stratum != .logprobs && stratum != .border }

  /// What recorded answers of these sizes would show, all at once: what "no change" is worth for them.
  package static func recorded(
    _ probes: [PromptID: ProbeRecord], sizes: [PromptID: Int], rule: CheckRule
  ) async -> [DetectableEffect] {
    let plan = SamplingPlan(samples: sizes, maxCalls: 4 * max(1, sizes.values.reduce(0, +)))
    return await withTaskGroup(of: DetectableEffect?.self) { group in
      for stratum in rule.strata where Self.hasSize(stratum) {
        group.addTask { PowerStudy(stratum, probes, plan: plan, rule: rule, recorded: true)?.effect() }
      }
      var effects: [DetectableEffect] = []
      for await effect in group { if let effect { effects.append(effect) } }
      return effects.sorted { $0.stratum < $1.stratum }
    }
  }

  /// Of every stratum whose changes have a size.
  package static func all(
    _ probes: [PromptID: ProbeRecord], plan: SamplingPlan, rule: CheckRule
  ) async -> [DetectableEffect] {
    await withTaskGroup(of: DetectableEffect?.self) { group in
      for stratum in rule.strata where Self.hasSize(stratum) {
        group.addTask { PowerStudy(stratum, probes, plan: plan, rule: rule)?.effect() }
      }
      var effects: [DetectableEffect] = []
      for await effect in group { if let effect { effects.append(effect) } }
      return effects.sorted { $0.stratum < $1.stratum }
    }
  }
}

/// Repeated checks of one stratum with a planted change.
private struct PowerStudy {
  private enum Pool {
    /// Category of each answer of the baseline.
    case categories([Int32])
    /// Similarities of the answers of the baseline.
    case gram([Double], count: Int)
  }

  private struct Subject {
    let probe: PromptID
    let pool: Pool
  }

  private static let repetitions = 60
  private let stratum: Stratum
  private let rule: CheckRule
  private let plan: SamplingPlan
  private let subjects: [Subject]
  /// Whether a change is looked for in recorded answers, all at once, instead of round by round.
  private let isRecorded: Bool

  init?(
    _ stratum: Stratum, _ probes: [PromptID: ProbeRecord], plan: SamplingPlan, rule: CheckRule, recorded: Bool = false
  ) {
    let own = probes.filter { $0.value.stratum == stratum }
    guard !own.isEmpty else { return nil }
    self.stratum = stratum
    self.rule = rule
    self.plan = plan
    isRecorded = recorded
    subjects = own.sorted { $0.key < $1.key }.map { Subject(probe: $0.key, pool: Self.pool($0.value)) }
  }

  private static func pool(_ record: ProbeRecord) -> Pool {
    guard record.stratum == .text else {
      // The most common answer is category 0.
      let sorted = record.answers.sorted {
        $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
      }
      return .categories(sorted.enumerated().flatMap { repeatElement(Int32($0), count: $1.value) })
    }
    let sketches = record.sketches
    return .gram(sketches.flatMap { own in sketches.map { own.similarity(to: $0) } }, count: sketches.count)
  }

  func effect() -> DetectableEffect {
    let counts = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100].filter { $0 < subjects.count }
    return DetectableEffect(
      stratum: stratum, probes: subjects.count,
      changedProbes: least(of: counts + [subjects.count]) { count in isFound { $0 < count ? 1 : 0 } },
      changedShare: least(of: (1...20).map { Double($0) / 20 }) { share in isFound { _ in share } })
  }

  /// The first of ascending sizes that is found, taking it that a larger change is found more often; nil if not even the last is.
  private func least<Size>(of sizes: [Size], isFound: (Size) -> Bool) -> Size? {
    var low = 0
    var high = sizes.count
    while low < high {
      let middle = (low + high) / 2
      if isFound(sizes[middle]) { high = middle } else { low = middle + 1 }
    }
    return low < sizes.count ? sizes[low] : nil
  }

  /// Whether enough repetitions end in a change.
  ///
  /// - Parameter share: of new answers, by the place of the probe.
  private func isFound(_ share: (Int) -> Double) -> Bool {
    let needed = Int((DetectableEffect.power * Double(Self.repetitions)).rounded(.up))
    var generator = SeededGenerator(seed: rule.seed)
    var found = 0
    for repetition in 0..<Self.repetitions {
      guard found + Self.repetitions - repetition >= needed else { return false }
      // Which probes change is drawn anew each time.
      var places = Array(subjects.indices)
      generator.shuffle(&places)
      let shares = places.map(share)
      if isFound(shares, run: UInt64(repetition), &generator) { found += 1 }
      if found >= needed { return true }
    }
    return false
  }

  /// Twice what the level can show at all: fewer permutations can only lower the power that is stated.
  private func permutations(screenLevel: Double) -> Int {
    max(99, Int((2 * Double(rule.tests) * screenLevel / rule.level).rounded(.up)))
  }

  /// One check, by the very rule that decides a real one.
  private func isFound(_ shares: [Double], run: UInt64, _ generator: inout SeededGenerator) -> Bool {
    let tops = subjects.map { subject -> Int32 in
      guard case .categories(let pool) = subject.pool else { return 0 }
      return pool.max() ?? 0
    }
    func ask(_ sizes: [PromptID: Int]) -> [[Int32]] {
      subjects.indices.map { index in
        draw(sizes[subjects[index].probe] ?? 0, subjects[index].pool, shares[index], tops[index], &generator)
      }
    }
    func blocks(_ rounds: [([[Int32]], [PromptID: Int])], with first: [[Int32]]?) -> [Stratum: [ExchangeableBlock]] {
      [
        stratum: subjects.indices.compactMap { index in
          let fresh = rounds.flatMap { $0.0[index].prefix($0.1[subjects[index].probe] ?? 0) }
          return Self.block(subjects[index].pool, fresh, first?[index] ?? [])
        }
      ]
    }
    func counts(_ answers: [Int32]) -> [Int32: Int] { answers.reduce(into: [:]) { $0[$1, default: 0] += 1 } }
    func departures(_ rounds: [[[Int32]]]) -> [Departure] {
      guard stratum == .peaked else { return [] }
      return subjects.indices.compactMap { index in
        guard case .categories(let pool) = subjects[index].pool else { return nil }
        let fresh = rounds.flatMap { $0[index] }
        return Departure(
          probe: subjects[index].probe, now: (fresh.count { $0 != 0 }, fresh.count),
          then: (pool.count { $0 != 0 }, pool.count), chief: Departure.chief(counts(fresh), counts(pool), but: 0))
      }
    }
    let all = subjects.map(\.probe)
    guard !isRecorded else {
      let first = ask(plan.samples)
      return rule.confirm(
        blocks([(first, plan.samples)], with: nil), departures: departures([first]), peaked: all.count, run: run,
        permutations: permutations(screenLevel: 1)
      ).contains(where: \.stands)
    }
    let screen = plan.screen
    let first = ask(screen)
    let screened = rule.screen(blocks([(first, screen)], with: nil), run: run)
    var isSuspicious = screened.contains(where: \.stands)
    var departed = CheckRule.departed(screened: departures([first]))
    guard isSuspicious || !departed.isEmpty else { return false }
    var suspected = screened
    var rounds: [([[Int32]], [PromptID: Int])] = []
    // Calls that the screening of other strata takes are spent as well.
    var spent = plan.screenCalls
    if let look = plan.look(of: isSuspicious ? all : [], departed: departed) {
      let second = ask(look.sizes)
      rounds.append((second, look.strata))
      spent += look.calls
      if !look.strata.isEmpty {
        suspected = rule.look(blocks([(first, screen)] + rounds, with: nil), after: screened, run: run)
        isSuspicious = suspected.contains(where: \.stands)
      }
      departed = CheckRule.departed(looked: departures([first, second]), among: look.departed)
    }
    guard isSuspicious || !departed.isEmpty,
      let round = plan.confirmation(of: isSuspicious ? all : [], departed: departed, spent: spent)
    else { return false }
    let third = ask(round.sizes)
    let looks = rounds.map(\.0)
    rounds.append((third, round.strata))
    let fresh = isSuspicious ? blocks(rounds, with: first) : [:]
    return rule.confirm(
      fresh, after: suspected,
      departures: departures([first] + looks + [third]).filter { round.departed[$0.probe] != nil }, peaked: all.count,
      run: run, permutations: permutations(screenLevel: CheckRule.screenLevel(.shares, of: stratum))
    ).contains(where: \.stands)
  }

  /// Answers as the baseline gives them, a share of them new. New answers are spread as the baseline's own are: one that the baseline
  /// gives in a third of the cases stands for a new one that comes as often. For texts: the number of the answer, or −1 for a
  /// new one.
  private func draw(
    _ count: Int, _ pool: Pool, _ share: Double, _ top: Int32, _ generator: inout SeededGenerator
  ) -> [Int32] {
    (0..<count).map { _ in
      let isNew = Double(generator.next() >> 11) * 0x1p-53 < share
      switch pool {
      case .categories(let baseline):
        guard !baseline.isEmpty else { return 0 }
        let drawn = baseline[generator.next(below: baseline.count)]
        return isNew ? drawn + top + 1 : drawn
      case .gram(_, let count): return isNew || count == 0 ? -1 : Int32(generator.next(below: count))
      }
    }
  }

  private static func block(_ pool: Pool, _ fresh: [Int32], _ first: [Int32]) -> ExchangeableBlock? {
    guard fresh.count >= 2 else { return nil }
    switch pool {
    case .categories(let baseline):
      guard baseline.count + first.count >= 2 else { return nil }
      return ExchangeableBlock(categories: fresh + baseline + first, firstSide: fresh.count)
    case .gram(let values, let count):
      // A text is not drawn twice: the run's side is taken out of the baseline's.
      let size = min(fresh.count, count / 2)
      guard size >= 2, count - size >= 2 else { return nil }
      var taken: [Int] = []
      var isTaken = [Bool](repeating: false, count: count)
      for answer in fresh.prefix(size) {
        var place = answer < 0 ? 0 : Int(answer)
        while isTaken[place] { place = (place + 1) % count }
        isTaken[place] = true
        taken.append(place)
      }
      let order = taken + (0..<count).filter { !isTaken[$0] }
      var gram = [Double](repeating: 0, count: count * count)
      for i in 0..<count {
        for j in 0..<count where !(i < size && fresh[i] < 0) && !(j < size && fresh[j] < 0) {
          gram[i * count + j] = values[order[i] * count + order[j]]
        }
      }
      return ExchangeableBlock(gram: gram, count: count, firstSide: size)
    }
  }
}
