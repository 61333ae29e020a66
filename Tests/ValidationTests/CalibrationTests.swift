import Cases
import Formats
import Foundation
import Likelihood
import LinearAlgebra
import Statistics
import Testing
import Validation

@Suite("Calibration")
struct CalibrationTests {
  static let sources = CalibrationFit.Sources(
    tool: "retort test", pairs: Digest(of: "pairs"), transcripts: Digest(of: "transcripts"),
    validity: .init(
      minimumPrompts: 100, minimumCohort: 8, minimumCharacters: 200, withSpaces: true, withoutSpaces: false))

  static let inside = Calibration.Setting(prompts: 120, cohort: 9, characters: 900, withoutSpaces: false)

  /// Pairs of as many families as asked for; scores of label 1 lie higher. Deterministic noise from a linear congruence.
  static func pairs(families: Int, siblings: Bool = true, developers: Int = .max) -> [CalibrationFit.Pair] {
    var state: UInt64 = 11
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) * 2 - 1
    }
    func pair(_ student: Int, _ relation: String, _ label: Int?, _ score: Double) -> CalibrationFit.Pair {
      .init(
        labelled: LabelledPair(
          teacher: ModelID("t"), student: ModelID("s\(student)"), label: label, relation: relation,
          teacherCorpus: "c", studentCorpus: "c", studentFamily: "f\(student)",
          teacherDeveloper: "d\(student % developers)"), fused: score,
        names: NamesBySide(teacher: [], student: ["family f\(student)"]))
    }
    return (0..<families).flatMap { family in
      let student = [
        pair(family, "distill_direct", 1, 2 + noise()), pair(family, "no_link", 0, noise()),
        pair(family, "no_link", 0, noise()),
      ]
      return siblings ? student + [pair(family, "sibling_same_teacher", nil, 1 + 2 * noise())] : student
    }
  }

  static func calibration(families: Int = 12, siblings: Bool = true) throws -> Calibration {
    try CalibrationFit(replicates: 40, seed: 5).calibration(
      pairs(families: families, siblings: siblings), method: .version2, sources: sources)
  }

  static func log10(
    _ calibration: Calibration, _ fused: Double, _ alternative: Alternative = .noLink,
    _ setting: Calibration.Setting = inside
  ) throws -> LikelihoodRatio {
    try calibration.ratio(
      alternative, fused: fused, replicates: [fused - 0.1, fused, fused + 0.1], in: setting, confidence: 0.95
    ).get()
  }

  /// The same with other members of its first alternative, given as JSON.
  static func changedCalibration(_ calibration: Calibration, _ members: [String: String]) throws -> Calibration {
    var document = try #require(calibration.json.object)
    var alternatives = try #require(document["alternatives"]?.array)
    var first = try #require(alternatives.first?.object)
    for (name, text) in members { first[name] = JSONValue(parsing: text) }
    alternatives[0] = .object(first)
    document["alternatives"] = .array(alternatives)
    return try Calibration(parsing: Array(JSONValue.object(document).canonical.utf8), file: "changed")
  }

  static func changed(_ calibration: Calibration, _ members: [String: String]) throws -> Calibration.Fit {
    try #require(try changedCalibration(calibration, members).fits.first)
  }

  @Test("what is written reads back the same, and the same pairs give the same bytes")
  func file() throws {
    let calibration = try Self.calibration()
    let text = calibration.json.canonical
    #expect(try Calibration(parsing: Array(text.utf8), file: "c.json") == calibration)
    #expect(try Self.calibration().json.canonical == text)
    #expect(calibration.fits.map(\.alternative) == [.noLink, .commonTeacher])
    #expect(calibration.refused[.sameBase] == 0)
  }

  @Test("a ratio is the line's, within the bounds, and its interval holds it")
  func ratio() throws {
    let calibration = try Self.calibration()
    let fit = try #require(calibration.fits.first)
    #expect(fit.bounds.upper > 0 && fit.bounds.upper <= Foundation.log10(12) + 1e-3)
    let middle = -fit.line.intercept / fit.line.slope  // where the ratio is 1
    let found = try Self.log10(calibration, middle + 0.1)
    #expect(abs(found.log10 - 0.1 * fit.line.slope / Foundation.log(10)) < 1e-9)
    #expect(!found.isAtBound && found.interval.low < found.log10 && found.log10 < found.interval.high)
    #expect(found.validation == Digest(of: "pairs"))
    for far in [50.0, -50] {
      let bounded = try Self.log10(calibration, far)
      #expect(bounded.isAtBound && bounded.log10 == (far > 0 ? fit.bounds.upper : fit.bounds.lower))
    }
  }

  @Test("a ratio goes no further than teachers' developers are independent sources, and its interval draws them")
  func developers() throws {
    func fit(_ developers: Int) throws -> Calibration.Fit {
      let calibration = try CalibrationFit(replicates: 200, seed: 5).calibration(
        Self.pairs(families: 24, developers: developers), method: .version2, sources: Self.sources)
      return try #require(calibration.fits.first)
    }
    let (few, many) = (try fit(3), try fit(24))
    #expect(few.line == many.line && few.bounds.upper == 0.477 && few.bounds.lower >= -0.477)
    #expect(many.bounds.upper > 0.6)
    func spread(_ fit: Calibration.Fit) -> Double {
      let slopes = fit.replicates.map(\.slope)
      return (slopes.max() ?? 0) - (slopes.min() ?? 0)
    }
    #expect(spread(few) != spread(many))
  }

  @Test("against one base the score without the lead is read, against all else that with it")
  func reading() throws {
    let pairs = Self.pairs(families: 12).map { pair in
      CalibrationFit.Pair(
        labelled: LabelledPair(
          teacher: pair.labelled.teacher, student: pair.labelled.student, label: pair.labelled.label,
          relation: pair.labelled.label == nil ? "same_base_different_tuning" : pair.labelled.relation,
          teacherCorpus: "c", studentCorpus: "c", studentFamily: pair.labelled.studentFamily,
          teacherDeveloper: pair.labelled.teacherDeveloper), fused: pair.fused, fusedAlone: -pair.fused,
        names: pair.names)
    }
    let calibration = try CalibrationFit(replicates: 5, seed: 5).calibration(
      pairs, method: .version3, sources: Self.sources)
    let noLink = try #require(calibration.fits.first { $0.alternative == .noLink })
    let sameBase = try #require(calibration.fits.first { $0.alternative == .sameBase })
    #expect(noLink.line.slope > 0 && sameBase.line.slope < 0)
  }

  @Test("a score over few probes says less: it is weighed by the root of Spearman's and Brown's reliability")
  func reliability() throws {
    // Spearman-Brown: 30 items of a test whose 10 have the reliability ½ have ¾.
    let ten = try #require(Reliability(halfway: 10))
    #expect(abs(ten.index(probes: 30) - 0.75.squareRoot()) < 1e-12)
    #expect(ten.index(probes: 0) == 0 && ten.index(probes: -1) == 0)
    #expect(Reliability(halfway: 0) == nil && Reliability(halfway: .max) == nil)

    let learning = LeaveFamiliesOut(reliability: Reliability(halfway: 40))
    let pairs = Self.pairs(families: 12)
    // Half of the pairs were scored over 10 probes, whose scores are worth a half of those over 120 at √(120 / 160).
    let weighed = pairs.enumerated().map { place, pair in
      CalibrationFit.Pair(
        labelled: pair.labelled, fused: place.isMultiple(of: 2) ? 2 * pair.fused : pair.fused,
        weight: place.isMultiple(of: 2) ? 0.5 : 1, names: pair.names)
    }
    func fit(_ pairs: [CalibrationFit.Pair], _ learning: LeaveFamiliesOut) throws -> Calibration {
      try CalibrationFit(learning: learning, replicates: 10, seed: 1).calibration(
        pairs, method: .version2, sources: Self.sources)
    }
    let calibration = try fit(weighed, learning)
    let plain = try fit(pairs, LeaveFamiliesOut())
    #expect(calibration.fits == plain.fits)
    let read = try Calibration(parsing: Array(calibration.json.canonical.utf8), file: "c")
    #expect(read == calibration && read.reliability?.halfway == 40)

    // 1 over 120 probes is read as √¾ is where all numbers weigh the same, in its interval too.
    let here = try Self.log10(calibration, 1)
    let weight = 0.75.squareRoot()
    let there = try plain.ratio(
      .noLink, fused: weight, replicates: [0.9, 1, 1.1].map { weight * $0 }, in: Self.inside, confidence: 0.95
    ).get()
    #expect(abs(here.log10 - there.log10) < 1e-12)
    #expect(abs(here.interval.low - there.interval.low) < 1e-12)
    let unweighed = try Self.log10(plain, 1)
    #expect(here.log10 < unweighed.log10)
  }

  @Test("how often a ratio as high came up is counted in families that the calibration had not seen")
  func reached() throws {
    let calibration = try Self.calibration()
    let low = try Self.log10(calibration, -50)
    #expect(low.reachedIfFalse.count == 12 && low.reachedIfFalse.of == 12)
    let high = try Self.log10(calibration, 50)
    #expect(high.reachedIfTrue.count > high.reachedIfFalse.count)
    // 0 of 12: 1 − 0.05^(1/12)
    #expect(high.reachedIfFalse.count == 0 && abs(high.reachedIfFalse.upperLimit - 0.2209) < 1e-4)
  }

  @Test("outside its range a calibration gives no ratio, and says why")
  func range() throws {
    let calibration = try Self.calibration()
    func refusal(
      prompts: Int = 100, cohort: Int = 8, characters: Double = 200, withoutSpaces: Bool = false,
      _ alternative: Alternative = .noLink, fused: Double = 1
    ) -> Calibration.Refusal? {
      let setting = Calibration.Setting(
        prompts: prompts, cohort: cohort, characters: characters, withoutSpaces: withoutSpaces)
      guard
        case .failure(let refused) = calibration.ratio(
          alternative, fused: fused, replicates: [], in: setting, confidence: 0.95)
      else { return nil }
      return refused.reason
    }
    #expect(refusal() == nil)
    #expect(refusal(prompts: 99) == .tooFewPrompts(found: 99, needed: 100))
    #expect(refusal(cohort: 7) == .cohortTooSmall(found: 7, needed: 8))
    #expect(refusal(characters: 199.5) == .answersTooShort(found: 199, needed: 200))
    #expect(refusal(withoutSpaces: true) == .scriptNotCovered(withoutSpaces: true))
    #expect(refusal(.sameBase) == .tooFewFamilies(found: 0, needed: 10))
    #expect(refusal(.reverseDirection) == .symmetric)
    #expect(refusal(.convergence) == .onlyArgued)
    #expect(refusal(fused: .nan) == .scoreMissing)
  }

  @Test("an alternative whose ratios inform no better than ratio 1 gets ratio 1")
  func uninformative() throws {
    let told = try #require(try Self.calibration(families: 30).fits.first { $0.alternative == .commonTeacher })
    #expect(told.cllr < 1 && told.bounds.upper > 0)
    // Siblings with the scores that students of the next family have.
    let pairs = Self.pairs(families: 30)
    let students = pairs.filter { $0.labelled.label == 1 }.map(\.fused)
    let alike = pairs.enumerated().map { place, pair in
      pair.labelled.relation == "sibling_same_teacher"
        ? CalibrationFit.Pair(
          labelled: pair.labelled, fused: students[(place / 4 + 1) % 30], names: pair.names) : pair
    }
    let calibration = try CalibrationFit(replicates: 5, seed: 5).calibration(
      alike, method: .version2, sources: Self.sources)
    let untold = try #require(calibration.fits.first { $0.alternative == .commonTeacher })
    #expect(untold.cllr >= 1 && untold.bounds == .init(lower: 0, upper: 0))
    #expect(try Self.log10(calibration, 50, .commonTeacher).log10 == 0)
  }

  @Test("too few families, and scores that are no numbers, are refused")
  func refused() throws {
    #expect(throws: FittingError.tooFewFamilies(found: 9, needed: 10)) { try Self.calibration(families: 9) }
    let broken = Self.pairs(families: 12).map {
      CalibrationFit.Pair(labelled: $0.labelled, fused: .nan, names: $0.names)
    }
    #expect(throws: FittingError.scoreNotANumber(teacher: ModelID("t"), student: ModelID("s0"))) {
      try CalibrationFit(seed: 1).calibration(broken, method: .version2, sources: Self.sources)
    }
  }

  @Test("pairs that a threshold separates are refused without a penalty, and with one they are fitted")
  func separable() throws {
    let apart = Self.pairs(families: 12, siblings: false).map {
      CalibrationFit.Pair(
        labelled: $0.labelled, fused: $0.fused + ($0.labelled.label == 1 ? 5 : 0), names: $0.names)
    }
    func fit(_ pairs: [CalibrationFit.Pair], penalty: Double) throws -> Calibration {
      try CalibrationFit(learning: LeaveFamiliesOut(penalty: penalty), replicates: 5, seed: 1).calibration(
        pairs, method: .version2, sources: Self.sources)
    }
    #expect(throws: FittingError.separable) { try fit(apart, penalty: 0) }
    #expect(try fit(apart, penalty: 0.01).fits.count == 1)
    // Scores of both labels that lie in each other need none.
    let mixed = Self.pairs(families: 12, siblings: false).map {
      CalibrationFit.Pair(
        labelled: $0.labelled, fused: $0.fused - ($0.labelled.label == 1 ? 1.2 : 0), names: $0.names)
    }
    #expect(try fit(mixed, penalty: 0).fits.count == 1)
  }

  @Test("what would have been seen: the smallest share that was, and what nine in ten students reached")
  func power() throws {
    func fit(_ detected: String, _ ratios: String) throws -> Calibration.Fit {
      try Self.changed(
        Self.calibration(), ["above_2": detected, "unseen_log10": #"{"if_true":\#(ratios),"if_false":{}}"#])
    }
    let shares = try fit(
      #"{"share_10":{"above":3,"pairs":10},"share_30":{"above":5,"pairs":10},"share_100":{"above":9,"pairs":10},"#
        + #""other":{"above":9,"pairs":10}}"#, #"{"a":[0,1,2,3,4,5],"b":[6,7,8,9,10]}"#)
    #expect(shares.leastShareSeen == 30 && shares.leastRatioOfStudents == 1)
    let none = try fit(#"{"distill_direct":{"above":9,"pairs":10},"share_5":{"above":0,"pairs":0}}"#, "{}")
    #expect(none.leastShareSeen == nil && none.leastRatioOfStudents == nil)
    #expect(try Calibration.demo().fits.first?.leastShareSeen != nil)
  }

  @Test("a file that is no calibration is refused, and each of its parts is needed")
  func defective() throws {
    #expect(throws: LikelihoodError.self) { try Calibration(parsing: Array("{".utf8), file: "c") }
    let whole = try Self.calibration().json
    let members = try #require(whole.object)
    // Calibrations of earlier versions know no pairs.
    for name in members.keys where !["tool", "known_pairs", "groups", "reliability", "lessons"].contains(name) {
      let without = JSONValue.object(members.filter { $0.key != name })
      #expect(throws: LikelihoodError.self, "\(name) is missing") {
        try Calibration(parsing: Array(without.canonical.utf8), file: "c")
      }
    }
  }

  @Test("a calibration fits channels of its own versions only")
  func versions() throws {
    let calibration = try Self.calibration()
    #expect(calibration.fits(.version2))
    #expect(!calibration.fits(.version1))
    #expect(try Calibration.shipped().fits(.version3))
    #expect(try Calibration.shippedBefore().map(\.method) == [3, 3, 3, 2])
    // What cases were frozen with before groups were weighed, and before scores were weighed by the number of probes.
    #expect(try Calibration.shippedBefore().map { $0.groups != nil } == [true, true, false, false])
    #expect(try Calibration.shippedBefore().map { $0.reliability != nil } == [true, false, false, false])
    // And before the calibration kept what it was fitted on.
    #expect(try Calibration.shippedBefore().allSatisfy { $0.lessons == nil })
    // Cases of earlier demos still name theirs.
    #expect(try Calibration.demoBefore().map(\.tool) == ["retort 0.4.0"])
    #expect(try Calibration.shipped().groups != nil)
    #expect(try Calibration.shipped().reliability == .current)
  }

  @Test("a fused score is nearly the mean near 0, and one channel far out does not outvote the others")
  func fused() {
    #expect(abs(FusedScore.value([0.1, 0.2, 0.3]) - 0.2) < 0.005)
    #expect(FusedScore.value([1, 1, 1, 1]) > FusedScore.value([10, -0.5, -0.5, -0.5]))
    #expect(FusedScore.value([1, .nan]).isNaN)
  }
}

@Suite("Loss of calibration by chance")
struct CalibrationLossTests {
  /// Simulated elsewhere (Python, another generator) for d′ = 2: mean and 95th percentile at n per class.
  @Test(
    "a faultless system has the loss that an independent simulation gives",
    arguments: [(50, 0.102, 0.141), (200, 0.046, 0.059)])
  func known(count: Int, mean: Double, upper: Double) {
    // AUC = Φ(2/√2)
    let found = CalibrationLoss.byChance(areaUnderCurve: 0.921350, ones: count, zeros: count, sets: 400, seed: 1)
    #expect(abs(found.mean - mean) < 0.006 && abs(found.upper - upper) < 0.02)
  }
}

@Suite("Coverage of the intervals")
struct CoverageTests {
  /// A world with a known ratio: a pair's expected score is normal, around 0 without a link and around 1.5 with one, each
  /// family of students shifts its own, and what is measured of it is the mean over 60 probes. One case is drawn from each
  /// world, and its probes are bootstrapped by the matrix product, as those of a real case are.
  @Test("the 95 % interval over families and probes covers the true ratio in most of 200 simulated worlds")
  func simulated() async throws {
    var generator = SeededGenerator(seed: 9)
    func normal() -> Double {
      let radius = (Double(generator.next() >> 11) + 1) / 9_007_199_254_740_992
      let angle = Double(generator.next() >> 11) / 9_007_199_254_740_992
      return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
    }
    let probes = 60
    let ofProbe = 2.5
    let shift = 0.3
    let variance = 1 + shift * shift + ofProbe * ofProbe / Double(probes)
    var covered = 0
    var coveredByFamilies = 0
    var coveredByProbes = 0
    for world in 0..<200 {
      let pairs = (0..<24).flatMap { family -> [CalibrationFit.Pair] in
        let own = shift * normal()
        return (0..<12).map { place in
          let label = place < 4 ? 1 : 0
          return CalibrationFit.Pair(
            labelled: LabelledPair(
              teacher: ModelID("t\(family)-\(place)"), student: ModelID("s\(family)"), label: label,
              relation: label == 1 ? "distill_direct" : "no_link", teacherCorpus: "c", studentCorpus: "c",
              studentFamily: "f\(family)", teacherDeveloper: "d\(family)"),
            fused: (label == 1 ? 1.5 : 0) + own + normal() + ofProbe / Double(probes).squareRoot() * normal(),
            names: NamesBySide(teacher: [], student: ["family f\(family)"]))
        }
      }
      let calibration = try CalibrationFit(
        learning: LeaveFamiliesOut(penalty: 0.001), replicates: 100, seed: UInt64(world)
      ).calibration(pairs, method: .version2, sources: CalibrationTests.sources)
      let expected = 0.3 + 0.5 * normal()
      let contributions = Matrix(
        rows: probes, columns: 1, values: (0..<probes).map { _ in expected + ofProbe * normal() })
      let score = contributions.values.reduce(0, +) / Double(probes)
      let replicates = await ProbeBootstrap(replicates: 200, probes: probes, seed: UInt64(world)).means(
        of: contributions, counts: nil
      ).values
      let truth = 1.5 * (expected - 0.75) / variance / log(10)
      func covers(_ replicates: [Double], _ calibration: Calibration) throws -> Bool {
        let found = try calibration.ratio(
          .noLink, fused: score, replicates: replicates, in: CalibrationTests.inside, confidence: 0.95
        ).get()
        // Ratios are given to the bound and no further; so is the truth that an interval can cover.
        let clipped = found.bounds.clipped(truth)
        return found.interval.low - 1e-9 <= clipped && clipped <= found.interval.high + 1e-9
      }
      if try covers(replicates, calibration) { covered += 1 }
      if try covers([score], calibration) { coveredByFamilies += 1 }
      let fit = try #require(calibration.fits.first)
      let fixed = try CalibrationTests.changedCalibration(
        calibration, ["replicates": "[[\(fit.line.slope),\(fit.line.intercept)]]"])
      if try covers(replicates, fixed) { coveredByProbes += 1 }
    }
    #expect(covered >= 180, "\(covered) of 200")
    // Neither of the two alone covers enough.
    #expect(coveredByFamilies < covered && coveredByProbes < covered, "\(coveredByFamilies), \(coveredByProbes)")
  }
}
