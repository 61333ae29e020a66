package import Cases
package import Formats
import Similarity
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much more probable the scores are if the suspect was trained on the candidate's answers than under one alternative.
///
/// Only a `Calibration` makes one. It is never a probability that something is so.
package struct LikelihoodRatio: Hashable, Sendable {
  package let alternative: Alternative
  /// log10, bounded.
  package let log10: Double
  /// Of replicates over families (calibration) and probes (case), each bounded.
  package let interval: Interval
  package let bounds: RatioBounds.Bounds
  /// Families of the validation set where a ratio at least as high came up: under the alternative, and under the
  /// proposition.
  package let reachedIfFalse: Share
  package let reachedIfTrue: Share
  /// SHA-256 of the pairs that the calibration was fitted on.
  package let validation: Digest

  package struct Share: Hashable, Sendable {
    package let count: Int
    package let of: Int

    package init(count: Int, of: Int) {
      self.count = count
      self.of = of
    }

    /// Exact one-sided 95 % limit of the rate.
    package var upperLimit: Double { ExactInterval.upperLimit(successes: count, trials: of, confidence: 0.95) }
  }

  package var isAtBound: Bool { log10 >= bounds.upper || log10 <= bounds.lower }

  /// Whether a link is indicated: by a rule whose rates of error are measured, never by rank.
  package var isIndicated: Bool {
    alternative == .noLink && IndicationRule.isMet(log10: log10, low: interval.low)
  }

  fileprivate init(
    alternative: Alternative, log10: Double, interval: Interval, bounds: RatioBounds.Bounds, reachedIfFalse: Share,
    reachedIfTrue: Share, validation: Digest
  ) {
    self.reachedIfFalse = reachedIfFalse
    self.reachedIfTrue = reachedIfTrue
    self.alternative = alternative
    self.log10 = log10
    self.interval = interval
    self.bounds = bounds
    self.validation = validation
  }
}

/// What turns the fused score of a pair into likelihood ratios, one for each alternative; fitted on pairs of known truth.
package struct Calibration: Hashable, Sendable {
  package static let schema = "retort.calibration/1"
  /// Fewest families on either side of an alternative: with fewer there is no ratio against it.
  package static let minimumFamilies = 10
  /// Draws of families that a fit's replicates come from: it has fewer where some of the draws left too little to fit a line on.
  package static let draws = 200

  /// ln LR = slope · f + intercept, with f the fused score, weighed by `Reliability` where the calibration states one.
  package struct Line: Hashable, Sendable {
    package let slope: Double
    package let intercept: Double

    package init(slope: Double, intercept: Double) {
      self.slope = slope
      self.intercept = intercept
    }

    package func logRatio(_ fused: Double) -> Double { slope * fused + intercept }
  }

  /// One alternative that there were enough comparisons for.
  package struct Fit: Hashable, Sendable {
    package let alternative: Alternative
    package let line: Line
    /// The same, from families drawn with replacement.
    package let replicates: [Line]
    package let bounds: RatioBounds.Bounds
    package let pairs: Counts
    package let families: Counts
    /// Ratios of the pairs themselves, from calibrations that saw no family of theirs.
    package let unseen: Unseen
    /// Of the comparisons where the proposition is true, by relation: how many got a ratio above 2.
    package let detected: [String: LikelihoodRatio.Share]
    /// Of the ratios of `unseen`.
    package let cllr: Double
    package let minimalCllr: Double

    package init(
      alternative: Alternative, line: Line, replicates: [Line], bounds: RatioBounds.Bounds, pairs: Counts,
      families: Counts, unseen: Unseen, detected: [String: LikelihoodRatio.Share], cllr: Double, minimalCllr: Double
    ) {
      self.alternative = alternative
      self.line = line
      self.replicates = replicates
      self.bounds = bounds
      self.pairs = pairs
      self.families = families
      self.unseen = unseen
      self.detected = detected
      self.cllr = cllr
      self.minimalCllr = minimalCllr
    }

    /// Comparisons where the proposition is true, and where the alternative is.
    package struct Counts: Hashable, Sendable {
      package let ifTrue: Int
      package let ifFalse: Int

      package init(ifTrue: Int, ifFalse: Int) {
        self.ifTrue = ifTrue
        self.ifFalse = ifFalse
      }
    }

    /// log10 ratios by family of the student, of comparisons where the proposition is true, and where the alternative is.
    /// Bounded like every ratio.
    package struct Unseen: Hashable, Sendable {
      package let ifTrue: [String: [Double]]
      package let ifFalse: [String: [Double]]

      package init(ifTrue: [String: [Double]], ifFalse: [String: [Double]]) {
        self.ifTrue = ifTrue
        self.ifFalse = ifFalse
      }

      /// In how many families of either side some ratio is at least as high, and how many there are.
      package func families(atLeast log10: Double) -> (ifTrue: LikelihoodRatio.Share, ifFalse: LikelihoodRatio.Share) {
        func count(_ ratios: [String: [Double]]) -> LikelihoodRatio.Share {
          .init(count: ratios.values.count { $0.contains { $0 >= log10 } }, of: ratios.count)
        }
        return (count(ifTrue), count(ifFalse))
      }
    }

    /// log10 of the ratio, bounded.
    package func log10Ratio(_ fused: Double) -> Double {
      bounds.clipped(line.logRatio(fused) / Double.ln10)
    }
  }

  /// Cases that the fitted pairs speak for.
  package struct Validity: Hashable, Sendable {
    package let minimumPrompts: Int
    package let minimumCohort: Int
    /// Least mean length of the answers of suspect and candidate: what tells open-ended probes from short answers.
    package let minimumCharacters: Int
    /// Whether the pairs written with spaces between words, and those without, bear ratios out.
    package let withSpaces: Bool
    package let withoutSpaces: Bool

    package init(
      minimumPrompts: Int, minimumCohort: Int, minimumCharacters: Int, withSpaces: Bool, withoutSpaces: Bool
    ) {
      self.minimumPrompts = minimumPrompts
      self.minimumCohort = minimumCohort
      self.minimumCharacters = minimumCharacters
      self.withSpaces = withSpaces
      self.withoutSpaces = withoutSpaces
    }
  }

  package struct ChannelVersion: Hashable, Sendable {
    package let name: String
    package let version: Int

    package init(name: String, version: Int) {
      self.name = name
      self.version = version
    }
  }

  /// Why there is no ratio.
  package enum Refusal: Hashable, Sendable {
    /// Too few families behind the alternative.
    case tooFewFamilies(found: Int, needed: Int)
    /// The scores are the same whichever of the two learned.
    case symmetric
    /// No comparisons of known truth exist.
    case onlyArgued
    case tooFewPrompts(found: Int, needed: Int)
    case cohortTooSmall(found: Int, needed: Int)
    case answersTooShort(found: Int, needed: Int)
    case scriptNotCovered(withoutSpaces: Bool)
    /// Suspect or candidate, or both, of whom nobody says where they come from.
    case lineageUnknown([ModelID])
    /// The same of too many models of the cohort.
    case cohortLineageUnknown(found: Int, of: Int, needed: Int)
    /// The alternative of one base, where two are stated.
    case basesDiffer(StatedLineage.Bases)
    /// It was fitted on pairs alone.
    case groupsNotFitted
    /// Enough families, but scores that do not differ, or no convergence.
    case lineNotFitted
    /// A channel without a finite score.
    case scoreMissing
  }

  package let tool: String
  package let method: Int
  package let channels: [ChannelVersion]
  package let prior: Double
  package let penalty: Double
  package let seed: UInt64
  /// SHA-256 of the table of pairs.
  package let pairs: Digest
  /// SHA-256 over the digests of all transcripts, in the order of sets and models.
  package let transcripts: Digest
  /// Families of the students that were fitted on.
  package let families: [String]
  package let validity: Validity
  /// By which scores are weighed before a line reads them; nil: each number of probes weighs the same, as before 0.5.0.
  package let reliability: Reliability?
  package var fits: [Fit]
  /// Alternatives with too few families: what was found.
  package let refused: [Alternative: Int]
  /// nil in calibrations that were made before there was any.
  package var known: KnownPairs?
  /// For several candidates as one (`GroupScore`), against no link with any of them; nil where none was fitted.
  package var groups: Fit?
  /// What all of it was fitted on; nil in calibrations that were made before they kept it, and in one that was fitted without.
  package var lessons: Lessons?
  /// nil for the whole. It stands in no file: it is fitted for a case, from the lessons of the whole.
  package var without: Without?

  package init(
    tool: String, method: Int, channels: [ChannelVersion], prior: Double, penalty: Double, seed: UInt64, pairs: Digest,
    transcripts: Digest, families: [String], validity: Validity, reliability: Reliability? = nil, fits: [Fit],
    refused: [Alternative: Int], known: KnownPairs? = nil, groups: Fit? = nil, lessons: Lessons? = nil,
    without: Without? = nil
  ) {
    self.tool = tool
    self.method = method
    self.channels = channels
    self.prior = prior
    self.penalty = penalty
    self.seed = seed
    self.pairs = pairs
    self.transcripts = transcripts
    self.families = families
    self.validity = validity
    self.reliability = reliability
    self.fits = fits
    self.refused = refused
    self.known = known
    self.groups = groups
    self.lessons = lessons
    self.without = without
  }

  package func with(groups: Fit?) -> Calibration {
    var copy = self
    copy.groups = groups
    return copy
  }

  package func with(lessons: Lessons?) -> Calibration {
    var copy = self
    copy.lessons = lessons
    return copy
  }

  /// Where a case lies: what a calibration's validity is asked about.
  package struct Setting: Hashable, Sendable {
    package let prompts: Int
    package let cohort: Int
    /// The lesser of the mean lengths of the answers of suspect and candidate.
    package let characters: Double
    package let withoutSpaces: Bool
    /// nil where it is not asked for: of pairs of known truth, and in reports of versions that did not ask.
    package let lineage: StatedLineage?

    package init(
      prompts: Int, cohort: Int, characters: Double, withoutSpaces: Bool, lineage: StatedLineage? = nil
    ) {
      self.prompts = prompts
      self.cohort = cohort
      self.characters = characters
      self.withoutSpaces = withoutSpaces
      self.lineage = lineage
    }
  }

  /// Whether the calibration holds for channels of these versions.
  package func fits(_ method: CohortMethod) -> Bool {
    method.version == self.method
      && method.combinedVersions == channels
  }

  /// - Parameters:
  ///   - fused: the case's fused score.
  ///   - replicates: fused scores of the bootstrap over probes.
  package func ratio(
    _ alternative: Alternative, fused: Double, replicates: [Double], in setting: Setting, confidence: Double
  ) -> Result<LikelihoodRatio, RatioRefused> {
    if let reason = refusal(in: setting) { return .failure(RatioRefused(reason: reason)) }
    guard fused.isFinite else { return .failure(RatioRefused(reason: .scoreMissing)) }
    guard let fit = fits.first(where: { $0.alternative == alternative }) else {
      if let reason = without?.refused[alternative] { return .failure(RatioRefused(reason: reason)) }
      let found = refused[alternative]
      if alternative.isOfDirection { return .failure(RatioRefused(reason: .symmetric)) }
      if alternative.isArgued { return .failure(RatioRefused(reason: .onlyArgued)) }
      return .failure(
        RatioRefused(reason: .tooFewFamilies(found: found ?? 0, needed: Self.minimumFamilies)))
    }
    if alternative == .sameBase, let bases = setting.lineage?.apart {
      return .failure(RatioRefused(reason: .basesDiffer(bases)))
    }
    return .success(ratio(by: fit, fused, replicates, probes: setting.prompts, confidence))
  }

  /// The same of several candidates as one, against no link with any of them.
  ///
  /// - Parameter setting: of the member whose score is the greatest.
  package func groupRatio(
    fused: Double, replicates: [Double], in setting: Setting, confidence: Double
  ) -> Result<LikelihoodRatio, RatioRefused> {
    if let reason = refusal(in: setting) { return .failure(RatioRefused(reason: reason)) }
    guard fused.isFinite else { return .failure(RatioRefused(reason: .scoreMissing)) }
    guard let groups else {
      return .failure(RatioRefused(reason: without?.groupsRefused ?? .groupsNotFitted))
    }
    return .success(ratio(by: groups, fused, replicates, probes: setting.prompts, confidence))
  }

  private func ratio(
    by fit: Fit, _ fused: Double, _ replicates: [Double], probes: Int, _ confidence: Double
  ) -> LikelihoodRatio {
    let weight = reliability.index(probes: probes)
    let point = fit.log10Ratio(weight * fused)
    let reached = fit.unseen.families(atLeast: point)
    return LikelihoodRatio(
      alternative: fit.alternative, log10: point,
      interval: Self.interval(of: replicates.map { weight * $0 }, by: fit.replicates, bounds: fit.bounds, confidence)
        ?? Interval(low: point, high: point),
      bounds: fit.bounds, reachedIfFalse: reached.ifFalse, reachedIfTrue: reached.ifTrue, validation: pairs)
  }

  /// Of the ratio, log10: families and probes vary at once. Their draws are independent, so any pairing of the two will do.
  ///
  /// - Parameters:
  ///   - replicates: scores of the bootstrap over probes.
  ///   - lines: from families drawn with replacement.
  /// - Returns: nil where either is missing.
  package static func interval(
    of replicates: [Double], by lines: [Line], bounds: RatioBounds.Bounds, _ confidence: Double
  ) -> Interval? {
    guard !replicates.isEmpty, !lines.isEmpty else { return nil }
    let values = (0..<max(replicates.count, lines.count)).compactMap { draw -> Double? in
      let value = replicates[draw % replicates.count]
      guard value.isFinite else { return nil }
      return bounds.clipped(lines[draw % lines.count].logRatio(value) / Double.ln10)
    }
    guard !values.isEmpty else { return nil }
    let tail = (1 - confidence) / 2
    let ends = values.quantiles([tail, 1 - tail])
    return Interval(low: ends[0], high: ends[1])
  }

  /// Why the calibration does not speak for a case; nil if it does.
  package func refusal(in setting: Setting) -> Refusal? { refusals(in: setting).first }

  /// Every respect in which a case lies outside the range of the calibration.
  package func refusals(in setting: Setting) -> [Refusal] {
    var refusals: [Refusal] = []
    if setting.withoutSpaces ? !validity.withoutSpaces : !validity.withSpaces {
      refusals.append(.scriptNotCovered(withoutSpaces: setting.withoutSpaces))
    }
    if setting.prompts < validity.minimumPrompts {
      refusals.append(.tooFewPrompts(found: setting.prompts, needed: validity.minimumPrompts))
    }
    if setting.cohort < validity.minimumCohort {
      refusals.append(.cohortTooSmall(found: setting.cohort, needed: validity.minimumCohort))
    }
    if setting.characters < Double(validity.minimumCharacters) {
      refusals.append(.answersTooShort(found: Int(setting.characters), needed: validity.minimumCharacters))
    }
    return refusals + (setting.lineage?.refusals ?? [])
  }
}

/// `Calibration.Refusal` where a result needs an error.
package struct RatioRefused: Error, Hashable {
  package let reason: Calibration.Refusal

  package init(reason: Calibration.Refusal) { self.reason = reason }
}
