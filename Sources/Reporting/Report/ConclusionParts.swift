import Cases
import Likelihood

/// Finds what the answer to each question is made of.
struct ConclusionParts {
  package let suspect: ModelID
  package let alternative: Alternative
  package let findings: [Conclusion.Finding]
  package let groups: [Conclusion.Group]
  /// What is found for groups as such.
  package let asked: [Report.Group]
  let analysis: Analysis
  package let candidates: [Report.Candidate]
  let lineage: Lineage

  /// With the highest ratio; nil where no candidate has one.
  package var highest: Conclusion.Finding? { ranked.first }

  private var ranked: [Conclusion.Finding] {
    findings.enumerated().filter { $0.element.log10?.value != nil }.sorted {
      ($1.element.log10?.value ?? 0, $0.offset) < ($0.element.log10?.value ?? 0, $1.offset)
    }.map(\.element)
  }

  package func sentence(_ question: Conclusion.Question) -> String? {
    switch question {
    case .link: link
    case .kind: kind
    case .named: named
    case .change: change
    }
  }

  private var fit: Calibration.Fit? {
    analysis.usedCalibration(of: highest?.candidate)?.fits.first { $0.alternative == alternative }
  }

  private func candidate(_ model: ModelID) -> Report.Candidate? { candidates.first { $0.model == model } }

  /// Whether anything is found that asks for a kind.
  private var asksForKind: Bool {
    guard let highest else { return false }
    return highest.standing == .linkIndicated || highest.standing == .forProposition
  }

  /// The group of several members that leads: its ratio is the highest, beside those of candidates that stand alone.
  private var leadingGroup: (Report.Group, [Conclusion.Finding], Conclusion.Finding)? {
    guard alternative == .noLink else { return nil }
    let single = Set(asked.filter { !$0.hasSeveral }.flatMap(\.members))
    let most = ranked.first { single.contains($0.candidate) }?.log10?.value ?? -.infinity
    let weighed = asked.filter { ($0.log10?.value ?? -.infinity) > most }
    guard let group = weighed.max(by: { ($0.log10?.value ?? 0) < ($1.log10?.value ?? 0) }) else { return nil }
    let members = ranked.filter { group.members.contains($0.candidate) }
    return members.first.map { (group, members, $0) }
  }

  private var link: String? {
    let same = findings.first { $0.standing == .sameModel }
    if same == nil, let (group, members, highest) = leadingGroup {
      let sentence = ConclusionWording.joined(group.sentence, GroupWording.members(members, highest: highest))
      let rest = findings.filter { !group.members.contains($0.candidate) }
      return rest.isEmpty
        ? sentence
        : ConclusionWording.joined(
          sentence, ConclusionWording.others(rest, suspect: suspect, alternative: alternative))
    }
    guard let first = same ?? highest ?? findings.first else { return nil }
    let rest = findings.filter { $0.candidate != first.candidate }
    guard !rest.isEmpty else { return first.sentence }
    if highest == nil, same == nil {
      return ConclusionWording.joined(first.sentence, ConclusionWording.noneOfOthers(rest.count))
    }
    return ConclusionWording.joined(
      first.sentence, ConclusionWording.others(rest, suspect: suspect, alternative: alternative))
  }

  private var kind: String? {
    guard let highest else { return nil }
    guard asksForKind else { return ConclusionWording.doesNotArise }
    guard let finding = analysis.candidates.first(where: { $0.candidate == highest.candidate }) else { return nil }
    var told: [String] = []
    var untold: [String] = []
    for found in finding.ratios where found.alternative != alternative {
      let propositions = Propositions(found.alternative, suspect: suspect, candidate: highest.candidate)
      if case .success(let ratio) = found.result, ratio.canTell, abs(ratio.log10) >= LikelihoodRatio.leastTelling {
        told.append(ConclusionWording.weighed(ratio.log10, cap: ratio.cap, propositions))
      } else if case .failure(let refused) = found.result, case .basesDiffer = refused.reason {
        // The lineage tells what the answers cannot.
        continue
      } else if found.alternative != .noLink, !found.alternative.isArgued {
        untold.append(RatioWording.name(found.alternative))
      }
    }
    let test = candidate(highest.candidate)?.sameModelTest
    if test == nil { untold.append(ConclusionWording.sameModelKind) }
    return ConclusionWording.kind(
      told, untold: untold, isToldApart: test?.isToldApart == true, suspect: suspect, candidate: highest.candidate)
  }

  private var named: String? {
    guard findings.count > 1, let highest else { return nil }
    guard asksForKind else { return ConclusionWording.doesNotArise }
    let known = analysis.calibration?.known
    func sentence(_ first: String, _ second: String, _ other: Conclusion.Finding, _ rate: String?) -> String? {
      guard let one = highest.log10?.value, let two = other.log10?.value, let fit else { return nil }
      // Of two capped ratios the quotient would be wider than either; it is borne out no further than one of them.
      let most = fit.bounds.upper
      let difference = one - two
      return ConclusionWording.named(
        first, second, suspect: suspect, log10: min(difference, most),
        cap: difference >= most || highest.cap != nil ? .upper : nil, known: rate)
    }
    if groups.count > 1 {
      let ordered = groups.compactMap { group in
        group.highest.flatMap { model in findings.first { $0.candidate == model } }.map { (group, $0) }
      }.sorted { ($0.1.log10?.value ?? 0) > ($1.1.log10?.value ?? 0) }
      guard ordered.count > 1 else { return nil }
      return sentence(
        ConclusionWording.group(ordered[0].0), ConclusionWording.group(ordered[1].0), ordered[1].1,
        known.map { ConclusionWording.namedRate($0.namedDevelopers, developers: true) })
    }
    guard ranked.count > 1 else { return nil }
    return sentence(
      "\(ranked[0].candidate)", "\(ranked[1].candidate)", ranked[1],
      known.map { ConclusionWording.namedRate($0.named, developers: false) })
  }

  private var change: String {
    var parts: [String] = []
    guard let highest, let found = candidate(highest.candidate) else {
      let needs = candidates.flatMap(\.refusals).compactMap(Applicability.need)
        .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      if !needs.isEmpty { parts.append(ConclusionWording.needed(needs)) }
      parts.append(ConclusionWording.records(suspect))
      return parts.joined(separator: "; ").firstUpper + "."
    }
    let ranges = found.sensitivity.compactMap(\.asked) + [found.cohortHalves?.ratio].compactMap(\.self)
    let ratios = ranges.flatMap { [$0.low.value, $0.high.value].compactMap(\.self) }
    if let low = ratios.min(), let high = ratios.max() {
      parts.append(ConclusionWording.leavingOut(low, high, alternative))
    }
    if let rest = found.withoutFirstSentences {
      parts.append(ConclusionWording.withoutFirstSentences(rest, found.model))
    }
    if found.sameModelTest == nil { parts.append(ConclusionWording.secondAnswers) }
    parts.append(ConclusionWording.records(suspect))
    return parts.joined(separator: "; ").firstUpper + "."
  }
}
