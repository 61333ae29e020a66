import Cases
import Likelihood

/// A calibration fitted anew on what is left of its lessons without some names.
///
/// Its bounds, and how often a ratio as high came up, are of the pairs that are left. Their ratios are those of the whole, each by a
/// line that saw none of its own names, though it may have seen those that are left out here: what they have in common is one
/// family among all, and to fit a line for each pair anew would take minutes.
extension Calibration {
  /// Draws of families and developers behind an interval: half of those of the whole, for they are made while somebody waits.
  private static let mostDrawnWithout = 100

  /// For pairs: whatever is said of groups is not refitted.
  func fitted(withoutPairsOf names: Set<String>) -> Calibration {
    guard let lessons else { return self }
    let fitting = fitting(lessons)
    var fits: [Fit] = []
    var lacking: [Alternative: Refusal] = [:]
    var teachers: [String: Int] = [:]
    var left = 0
    var all = 0
    for alternative in self.fits.map(\.alternative) {
      let own = lessons.comparisons[alternative] ?? []
      let kept = own.filter { $0.kin.names.isDisjoint(with: names) }
      switch fitting.fitted(alternative, kept) {
      case .success(let fit): fits.append(fit)
      case .failure(let refused): lacking[alternative] = refused.reason
      }
      guard alternative == .noLink else { continue }
      (left, all) = (own.count - kept.count, own.count)
      teachers = Dictionary(
        kept.filter(\.label).compactMap { lesson in lesson.kin.developer.map { ($0, 1) } }, uniquingKeysWith: +)
    }
    return with(
      fits: fits, groups: nil, known: known?.with(teachers: teachers),
      without: Without(
        models: [], names: names.sorted(), pairs: .init(count: left, of: all), refused: lacking, groupsRefused: nil))
  }

  /// For groups: whatever is said of pairs is not refitted.
  func fitted(withoutGroupsOf names: Set<String>) -> Calibration {
    guard let lessons else { return self }
    let kept = lessons.groups.filter { $0.kin.names.isDisjoint(with: names) }
    let left = LikelihoodRatio.Share(count: lessons.groups.count - kept.count, of: lessons.groups.count)
    func apart(_ groups: Fit?, _ refused: Refusal?) -> Calibration {
      with(
        fits: fits, groups: groups, known: known,
        without: Without(models: [], names: names.sorted(), pairs: left, refused: [:], groupsRefused: refused))
    }
    // The whole has none either.
    guard groups != nil else { return apart(nil, nil) }
    switch fitting(lessons).fitted(.noLink, kept) {
    case .success(let fit): return apart(fit, nil)
    case .failure(let refused): return apart(nil, refused.reason)
    }
  }

  /// For one of several questions that the same fit serves.
  func with(models: [ModelID], names: [String]) -> Calibration {
    guard let without else { return self }
    return with(
      fits: fits, groups: groups, known: known,
      without: Without(
        models: models, names: names, pairs: without.pairs, refused: without.refused,
        groupsRefused: without.groupsRefused))
  }

  private func with(fits: [Fit], groups: Fit?, known: KnownPairs?, without: Without) -> Calibration {
    var copy = self.with(lessons: nil)
    (copy.fits, copy.groups, copy.known, copy.without) = (fits, groups, known, without)
    return copy
  }

  private func fitting(_ lessons: Lessons) -> CalibrationFit {
    CalibrationFit(
      learning: LeaveFamiliesOut(
        prior: prior, penalty: penalty, evenness: lessons.evenness, reliability: reliability,
        minimumSources: lessons.fewestSources, minimumFamilies: lessons.fewestFamilies),
      replicates: min(fits.first?.replicates.count ?? 0, Self.mostDrawnWithout), seed: seed)
  }
}

extension CalibrationFit {
  /// As few families are enough as are enough in the validation, whose ratios are those of such lines.
  fileprivate func fitted(
    _ alternative: Alternative, _ lessons: [Lessons.Lesson]
  ) -> Result<Calibration.Fit, RatioRefused> {
    let cases = lessons.map(\.learned)
    if let fit = fit(alternative, cases, ratios: lessons.map(\.ratio), relations: []) { return .success(fit) }
    let counted = Self.families(cases)
    let sources = Set(cases.map(\.source)).count
    let reason: Calibration.Refusal =
      if counted.ifTrue < learning.minimumSources {
        .tooFewFamilies(found: counted.ifTrue, needed: learning.minimumSources)
      } else if counted.ifFalse == 0 {
        .tooFewFamilies(found: 0, needed: 1)
      } else if sources < learning.minimumFamilies {
        .tooFewFamilies(found: sources, needed: learning.minimumFamilies)
      } else {
        .lineNotFitted
      }
    return .failure(RatioRefused(reason: reason))
  }
}
