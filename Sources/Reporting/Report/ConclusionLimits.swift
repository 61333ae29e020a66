import Cases
import Likelihood

/// What a reader must know who reads the first page alone: of all limits those that matter for this case.
enum ConclusionLimits {
  static func all(_ contents: CaseContents, _ parts: ConclusionParts, _ rule: Conclusion.Rule?, isFrozen: Bool)
    -> [String]
  {
    let calibration = parts.analysis.calibration
    var limits: [String] = []
    if let highest = parts.highest {
      if let rule { limits.append(ConclusionLimitsWording.rule(rule)) }
      let own = parts.analysis.usedCalibration(of: highest.candidate)
      limits +=
        own?.without.map { [ConclusionLimitsWording.without($0, highest.candidate)] }
        ?? inside(contents, parts, calibration)
      limits += CohortResemblance.unlike(parts.analysis, highest.candidate).map(ConclusionLimitsWording.unlike)
      limits += own.flatMap { teachers($0, contents.lineage[highest.candidate]?.developer) } ?? []
      if parts.findings.count > 1, let known = calibration?.known, let value = highest.log10?.value {
        limits += [
          ConclusionLimitsWording.several(parts.findings.count, known.unlinked, log10: value)
        ]
      }
    }
    if parts.highest != nil { limits += RecordedWording.gravest(contents) }
    let unknown = Set(parts.candidates.flatMap(\.nothingKnownOf))
    let unstated = Set(parts.candidates.flatMap(\.unstated)).subtracting(unknown)
    if !unknown.isEmpty || !unstated.isEmpty {
      limits.append(
        ConclusionLimitsWording.unknown(unknown.count, unstated: unstated.count, of: contents.transcripts.count))
    }
    if parts.candidates.contains(where: { $0.sameModelTest == nil && $0.combined != nil }) {
      limits.append(ConclusionLimitsWording.notTested)
    }
    if contents.run?.custody == nil { limits.append(ConclusionLimitsWording.notFixed) }
    if contents.run?.custody != nil, !isFrozen { limits.append(ConclusionLimitsWording.alternativeNotFixed) }
    if parts.highest != nil { limits.append(RatioWording.notThis) }
    return limits
  }

  /// Whether the case is one of those that its ratios were learned from, where nothing was left out for it: the calibration does not
  /// say what it was fitted on, or it does, and the suspect is new to it, while candidates are not.
  private static func inside(_ contents: CaseContents, _ parts: ConclusionParts, _ calibration: Calibration?)
    -> [String]
  {
    guard let calibration else { return [] }
    let named = calibration.known?.contained(in: [contents.suspect] + contents.candidates) ?? []
    if calibration.lessons != nil { return named.isEmpty ? [] : [ConclusionLimitsWording.insideWhole(named)] }
    if !named.isEmpty { return [ConclusionLimitsWording.inside(named)] }
    guard let family = contents.lineage[contents.suspect]?.family, calibration.families.contains(family) else {
      return []
    }
    return [ConclusionLimitsWording.insideFamily(contents.suspect, family)]
  }

  /// How many of the pairs behind the ratio have a teacher of the candidate's developer, where they are few.
  private static func teachers(_ calibration: Calibration, _ developer: String?) -> [String]? {
    guard let teachers = calibration.known?.teachers, let developer,
      let most = teachers.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })
    else { return nil }
    let all = teachers.values.reduce(0, +)
    let own = teachers[developer] ?? 0
    guard 10 * own < all else { return nil }
    return [
      ConclusionLimitsWording.teachers(all: all, most: most.key, count: most.value, own: own, developer: developer)
    ]
  }
}
