import Cases
import Likelihood
import Testing
import Validation

/// No fit sees a model with a base of its pair under it, by whichever way: a change of such a pair changes nothing.
@Suite("Bases of a pair, left out of its fit")
struct LeftOutBasesTests {
  /// By the table `s3` was tuned from `middle`, that from Root, and so was `s4`, in another set of answers and spelling.
  private static let lineage: [String: Lineage] = [
    "c1": Lineage([
      ModelID("s3"): Lineage.Entry(base: "middle"), ModelID("middle"): Lineage.Entry(base: "Root-7B"),
      ModelID("s5"): Lineage.Entry(base: "undisclosed"),
    ]),
    "c0": Lineage([
      ModelID("s4"): Lineage.Entry(base: "maker/root 7b"), ModelID("s6"): Lineage.Entry(base: "undisclosed"),
    ]),
  ]

  private static func report(
    moving family: String, lineage: [String: Lineage] = Self.lineage,
    learning: LeaveFamiliesOut = LeaveFamiliesOut(minimumSources: 2, minimumFamilies: 4)
  ) -> ValidationReport {
    let scored = GroupValidationTests.scored(families: 20).map { one in
      guard one.labelled.studentFamily == family, let label = one.labelled.label else { return one }
      let known = one.labelled
      return ValidationReport.Scored(
        labelled: LabelledPair(
          teacher: known.teacher, student: known.student, label: 1 - label, relation: known.relation,
          teacherCorpus: known.teacherCorpus, studentCorpus: known.studentCorpus, studentFamily: known.studentFamily,
          teacherDeveloper: known.teacherDeveloper), score: one.score)
    }
    return ValidationReport(scored, lineage: lineage, learning: learning)
  }

  private static func ratios(_ report: ValidationReport, of family: String) -> [Double?] {
    report.pairs.filter { $0.labelled.studentFamily == family }.map(\.logRatio)
  }

  @Test("a pair's ratio does not hang on a model of the same root, two steps back and in another set")
  func pairs() {
    let (plain, moved) = (Self.report(moving: ""), Self.report(moving: "f4"))
    #expect(Self.ratios(plain, of: "f3") == Self.ratios(moved, of: "f3"))
    #expect(Self.ratios(plain, of: "f3").allSatisfy { $0 != nil })
    // Without the table it does, and so do strangers; that nothing is known of two bases makes them none.
    #expect(
      Self.ratios(Self.report(moving: "", lineage: [:]), of: "f3")
        != Self.ratios(Self.report(moving: "f4", lineage: [:]), of: "f3"))
    #expect(Self.ratios(plain, of: "f5") != Self.ratios(Self.report(moving: "f6"), of: "f5"))
  }

  @Test("nor do the ratios of its group, and those against other kinds of link")
  func groupsAndKinds() throws {
    let (plain, moved) = (Self.report(moving: ""), Self.report(moving: "f4"))
    func groups(_ report: ValidationReport, of family: String) -> [Double?] {
      GroupValidation(report).groups.filter { $0.labelled.studentFamily == family }.map(\.logRatio)
    }
    #expect(groups(plain, of: "f3") == groups(moved, of: "f3"))
    #expect(groups(plain, of: "f7") != groups(moved, of: "f7"))
    let families = try #require(plain.pairs.first { $0.labelled.studentFamily == "f3" }).families
    #expect(families.isSuperset(of: ["base middle", "base root7b"]))
    // Kinds are fitted on the same names, which a pair hands on.
    #expect(plain.calibrationPairs.map(\.families) == plain.pairs.map(\.families))
  }

  @Test("where all have one root nothing is left to learn from, and there is no ratio")
  func allOfOneRoot() {
    let entries = (0..<20).map { (ModelID("s\($0)"), Lineage.Entry(base: "tune-\($0)")) }
    let tunes = (0..<20).map { (ModelID("tune-\($0)"), Lineage.Entry(base: "Root")) }
    let lineage = Lineage(Dictionary(uniqueKeysWithValues: entries + tunes))
    let report = Self.report(moving: "", lineage: ["c0": lineage, "c1": lineage])
    #expect(report.pairs.allSatisfy { $0.logRatio == nil })
    #expect(IndicationValidation(report, seed: 1).rate { $0.label == 1 }.reaching == 0)
  }
}
