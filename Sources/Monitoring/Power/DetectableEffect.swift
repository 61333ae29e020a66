package import Cases
import Similarity
import Statistics

/// The least change of one stratum that a check would have confirmed with a probability of at least `DetectableEffect.power`:
/// what "no change" is worth.
///
/// Found by putting answers that the baseline does not know into answers drawn from the baseline itself, and letting the very
/// rule of the check decide, screening and confirmation together.
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

  /// Of every stratum of answers. Log-probabilities are left out: a shift of theirs has no natural size.
  package static func all(
    _ probes: [PromptID: ProbeRecord], plan: SamplingPlan, rule: CheckRule
  ) async -> [DetectableEffect] {
    await withTaskGroup(of: DetectableEffect?.self) { group in
      for stratum in rule.strata where stratum != .logprobs {
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
    let pool: Pool
    let screen: Int
    let confirmation: Int
  }

  private static let repetitions = 60
  private let stratum: Stratum
  private let rule: CheckRule
  private let subjects: [Subject]

  init?(_ stratum: Stratum, _ probes: [PromptID: ProbeRecord], plan: SamplingPlan, rule: CheckRule) {
    let own = probes.filter { $0.value.stratum == stratum }
    let names = own.keys.sorted()
    guard !names.isEmpty else { return nil }
    let screen = plan.screen
    let confirmation = plan.confirmation(of: names, spent: plan.screenCalls) ?? [:]
    self.stratum = stratum
    self.rule = rule
    subjects = names.compactMap { name in
      own[name].map {
        Subject(pool: Self.pool($0), screen: screen[name] ?? 0, confirmation: confirmation[name] ?? 0)
      }
    }
  }

  private static func pool(_ record: ProbeRecord) -> Pool {
    guard record.stratum == .text else {
      let sorted = record.answers.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
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
    // Twice what the level can show at all: fewer permutations can only lower the power that is stated.
    let permutations = Int((2 * Double(rule.strata.count) / rule.level).rounded(.up))
    var generator = SeededGenerator(seed: rule.seed)
    var found = 0
    for repetition in 0..<Self.repetitions {
      guard found + Self.repetitions - repetition >= needed else { return false }
      let run = UInt64(repetition)
      guard rule.screen([stratum: blocks(\.screen, share, &generator)], run: run).contains(where: \.stands) else {
        continue
      }
      let confirmed = rule.confirm(
        [stratum: blocks(\.confirmation, share, &generator)], run: run, permutations: permutations)
      if confirmed.contains(where: \.stands) { found += 1 }
      if found >= needed { return true }
    }
    return false
  }

  private func blocks(
    _ size: KeyPath<Subject, Int>, _ share: (Int) -> Double, _ generator: inout SeededGenerator
  ) -> [ExchangeableBlock] {
    // Which probes change is drawn anew each time.
    var places = Array(subjects.indices)
    generator.shuffle(&places)
    return subjects.indices.compactMap { index in
      let share = share(places[index])
      let size = subjects[index][keyPath: size]
      let isNew = (0..<size).map { _ in Double(generator.next() >> 11) * 0x1p-53 < share }
      return Self.block(subjects[index].pool, isNew, &generator)
    }
  }

  private static func block(
    _ pool: Pool, _ isNew: [Bool], _ generator: inout SeededGenerator
  ) -> ExchangeableBlock? {
    switch pool {
    case .categories(let baseline):
      guard isNew.count >= 2, baseline.count >= 2 else { return nil }
      let strange = (baseline.max() ?? 0) + 1
      let drawn = isNew.map { $0 ? strange : baseline[generator.next(below: baseline.count)] }
      return ExchangeableBlock(categories: drawn + baseline, firstSide: drawn.count)
    case .gram(let values, let count):
      // A text is not drawn twice: the run's side is taken out of the baseline's.
      let size = min(isNew.count, count / 2)
      guard size >= 2, count - size >= 2 else { return nil }
      var order = Array(0..<count)
      generator.shuffle(&order)
      var gram = [Double](repeating: 0, count: count * count)
      for i in 0..<count {
        for j in 0..<count where !(i < size && isNew[i]) && !(j < size && isNew[j]) {
          gram[i * count + j] = values[order[i] * count + order[j]]
        }
      }
      return ExchangeableBlock(gram: gram, count: count, firstSide: size)
    }
  }
}
