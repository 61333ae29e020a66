import Cases
import Formats
import Foundation
import Likelihood
import Statistics
import Testing
import Validation

@Suite("Groups, kinds of link and the rule of words in a validation")
struct GroupValidationTests {
  /// Students of as many families as asked for, each with two models of its teacher's developer, of which one is documented, and a
  /// model of each of two other developers. Deterministic noise.
  static func scored(
    families: Int = 14, shift: Double = 2, replicates: (Double) -> [Double] = { [$0] }
  ) -> [ValidationReport.Scored] {
    var state: UInt64 = 7
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) * 2 - 1
    }
    func pair(
      _ family: Int, _ teacher: String, _ developer: String, _ label: Int?, _ relation: String, _ score: Double
    ) -> ValidationReport.Scored {
      // One channel, and one rival of score 0: the lead is asinh of the channel's score.
      let value = sinh(score / 2)
      let found = CorpusScoring.PairScore(
        teacher: ModelID(teacher), student: ModelID("s\(family)"),
        channels: [NormalisedScore(suspectSide: value, candidateSide: value)], cohort: 9,
        prompts: 100,
        rivals: .init(strongest: 3, normalised: [[0]]), groupPlace: 0)
      return .init(
        labelled: LabelledPair(
          teacher: ModelID(teacher), student: ModelID("s\(family)"), label: label, relation: relation,
          teacherCorpus: "c\(family % 2)", studentCorpus: "c\(family % 2)", studentFamily: "f\(family)",
          teacherDeveloper: developer), score: found, replicates: replicates(found.fused))
    }
    return (0..<families).flatMap { family in
      let (own, other, third) = (family % 5, (family + 1) % 5, (family + 2) % 5)
      return [
        pair(family, "t\(own)", "d\(own)", 1, "distill_direct", shift + noise()),
        pair(family, "u\(own)", "d\(own)", nil, "teacher_same_developer", 1.5 * noise()),
        pair(family, "t\(other)", "d\(other)", 0, "no_link", noise()),
        pair(family, "t\(third)", "d\(third)", 0, "no_link", noise()),
        pair(family, "b\(family)", "e\(family)", nil, "same_base_different_tuning", noise() - 1),
      ]
    }
  }

  static func report(_ scored: [ValidationReport.Scored], frozen: Calibration? = nil) -> ValidationReport {
    // Developers are few: only the student's family is left out of a pair's line.
    ValidationReport(
      scored, lineage: [:], learning: LeaveFamiliesOut(minimumSources: 2, minimumFamilies: 4), frozen: frozen)
  }

  @Test("a group has the greatest of its members' scores, and the label of what is known of any")
  func labelled() throws {
    let pairs = Self.report(Self.scored()).calibrationPairs
    let groups = LabelledGroup.all(pairs)
    #expect(groups.count == 14 * 4)
    let first = try #require(groups.first)
    #expect(first.developer == "d0" && first.members.map(\.rawValue) == ["t0", "u0"] && first.label == 1)
    let members = pairs.prefix(2).compactMap(\.grouped)
    #expect(members.count == 2 && first.score == members.max())
    #expect(first.families.isSuperset(of: ["family f0", "developer d0"]))
    #expect(groups[1].label == 0 && groups[3].label == nil)
    // A method that weighs no groups has none.
    let none = pairs.map { CalibrationFit.Pair(labelled: $0.labelled, fused: $0.fused, names: $0.names) }
    #expect(LabelledGroup.all(none).isEmpty)
  }

  @Test("planted teachers' groups are found by lines that saw no family of theirs; shuffled scores are not")
  func planted() {
    let found = GroupValidation(Self.report(Self.scored(families: 20, shift: 4))).figures()
    #expect(found.ones == 20 && found.zeros == 40)
    #expect(found.areaUnderCurve > 0.98 && found.withinStudent == 1 && found.foundAtOne > 0.9 && found.cllr < 0.5)
    let blind = GroupValidation(Self.report(Self.scored(families: 20, shift: 0))).figures()
    #expect(blind.areaUnderCurve < 0.75 && blind.foundAtOne < 0.4)
    #expect(blind.cllr > found.cllr + 0.3)
  }

  @Test("a group's ratio does not hang on its own family: turned round, it reads as before")
  func leftOut() throws {
    let scored = Self.scored(families: 20)
    let turned = scored.map { one in
      guard one.labelled.studentFamily == "f3", let label = one.labelled.label else { return one }
      let known = one.labelled
      return ValidationReport.Scored(
        labelled: LabelledPair(
          teacher: known.teacher, student: known.student, label: 1 - label, relation: known.relation,
          teacherCorpus: known.teacherCorpus, studentCorpus: known.studentCorpus, studentFamily: known.studentFamily,
          teacherDeveloper: known.teacherDeveloper), score: one.score)
    }
    func ratios(_ scored: [ValidationReport.Scored], _ family: String) -> [Double?] {
      GroupValidation(Self.report(scored)).groups.filter { $0.labelled.studentFamily == family }.map(\.logRatio)
    }
    #expect(ratios(scored, "f3") == ratios(turned, "f3"))
    #expect(ratios(scored, "f4") != ratios(turned, "f4"))
  }

  @Test("a line for groups is fitted where ten families stand on either side, and its file reads back")
  func fitted() throws {
    let fitting = CalibrationFit(
      learning: LeaveFamiliesOut(minimumSources: 2, minimumFamilies: 4), replicates: 20, seed: 1)
    let many = LabelledGroup.all(Self.report(Self.scored(families: 14)).calibrationPairs)
    let fit = try #require(fitting.groups(many))
    #expect(fit.alternative == .noLink && fit.pairs == .init(ifTrue: 14, ifFalse: 28) && fit.line.slope > 0)
    #expect(fitting.groups(LabelledGroup.all(Self.report(Self.scored(families: 9)).calibrationPairs)) == nil)
    let calibration = try CalibrationTests.calibration().with(groups: fit)
    let text = calibration.json.canonical
    #expect(try Calibration(parsing: Array(text.utf8), file: "c") == calibration)
    let broken = text.replacingOccurrences(of: #""groups":{"above_2""#, with: #""groups":{"above_3""#)
    #expect(broken != text)
    let other = try CalibrationTests.calibration().with(groups: calibration.fits.last)
    if other.groups?.alternative != .noLink {
      #expect(throws: LikelihoodError.self) { try Calibration(parsing: Array(other.json.canonical.utf8), file: "c") }
    }
    let half = text.replacingOccurrences(of: #""groups":{"#, with: #""groups":{"line":3,"was":{"#) + "}"
    #expect(throws: LikelihoodError.self) { try Calibration(parsing: Array(half.utf8), file: "c") }
  }

  @Test("against one base every pair gets what the score without the lead says; kinds without families have nothing")
  func kinds() throws {
    let report = Self.report(Self.scored(families: 20, shift: 4))
    let kinds = KindRatios(report).logRatios
    let base = try #require(kinds[.sameBase])
    #expect(base.count == report.pairs.count && base.allSatisfy { $0 != nil })
    let ones = zip(report.pairs, base).filter { $0.0.labelled.label == 1 }.compactMap(\.1)
    let tuned = zip(report.pairs, base).filter { $0.0.labelled.relation == "same_base_different_tuning" }
      .compactMap(\.1)
    #expect(
      RankingAccuracy.areaUnderCurve(
        ones.map { .init(score: $0, label: true, group: "") } + tuned.map { .init(score: $0, label: false, group: "") })
        > 0.95)
    for kind in [Alternative.commonTeacher, .reverseDirection] {
      #expect(try #require(kinds[kind]).allSatisfy { $0 == nil })
    }
    // A frozen calibration without such a fit gives none.
    let frozen = KindRatios(Self.report(Self.scored(), frozen: try CalibrationTests.calibration())).logRatios
    #expect(try #require(frozen[.sameBase]).allSatisfy { $0 == nil })
  }

  @Test("a link is indicated where the ratio is 5 or more and its interval above 1: wide probes forbid it")
  func indicated() {
    let sure = IndicationValidation(Self.report(Self.scored(families: 30, shift: 5)), seed: 1)
    let ones = sure.rate { $0.label == 1 }
    #expect(ones.of == 30 && ones.reaching > 20 && ones.indicated > 15 && ones.low < ones.high)
    #expect(sure.rate { $0.label == 0 }.indicated == 0 && sure.suspectsMisled().of == 30)
    let wide = IndicationValidation(
      Self.report(Self.scored(families: 30, shift: 5) { [$0 - 9, $0, $0 + 9] }), seed: 1
    ).rate { $0.label == 1 }
    #expect(wide.reaching == ones.reaching && wide.indicated == 0)
  }
}
