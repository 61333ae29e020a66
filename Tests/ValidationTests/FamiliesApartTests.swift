import Cases
import Testing
import Validation

@Suite("Families apart")
struct FamiliesApartTests {
  private static func pair(_ family: String, _ label: Int?, set: String = "a") -> LabelledPair {
    LabelledPair(
      teacher: ModelID("t"), student: ModelID("s"), label: label, relation: "r", teacherCorpus: set, studentCorpus: set,
      studentFamily: family, teacherDeveloper: "d")
  }

  private static func figures(_ rows: [(pair: LabelledPair, score: Double?)]) -> FamiliesApart {
    FamiliesApart(rows.map(\.pair)) { rows[$0].score }
  }

  /// Five pairs without a link at 1, 2, 3, 4, 5.
  private static let zeros = (1...5).map { (pair: pair("zero\($0)", 0), score: Optional(Double($0))) }

  @Test("a family of many pairs counts as one, beside one of a single pair")
  func counted() {
    // Ten pairs at 6: area 1. One at 2.5: above two of five.
    let found = Self.figures(
      Self.zeros + (0..<10).map { _ in (Self.pair("large", 1), 6) } + [(Self.pair("small", 1), 2.5)])
    #expect(found.families.map(\.name) == ["large", "small"])
    #expect(found.families.map(\.areaUnderCurve) == [1, 0.4] && found.families.map(\.pairs) == [10, 1])
    #expect(abs(found.mean - 0.7) < 1e-12 && found.least?.name == "small")
  }

  @Test("a family is set against pairs without a link of its own set only, and its sets are averaged")
  func sets() {
    let high = (1...5).map { (pair: Self.pair("x\($0)", 0, set: "b"), score: Optional(Double($0) + 100)) }
    let found = Self.figures(
      Self.zeros + high + [(Self.pair("f", 1), 6), (Self.pair("f", 1, set: "b"), 6)])
    #expect(found.families.map(\.areaUnderCurve) == [0.5] && found.families.first?.pairs == 2)
  }

  @Test("pairs without a label or a score, and sets of too few pairs without a link, say nothing")
  func leftOut() {
    #expect(Self.figures(Self.zeros.dropLast() + [(Self.pair("f", 1), 6)]).families.isEmpty)
    let found = Self.figures(
      Self.zeros + [(Self.pair("f", 1), 6), (Self.pair("f", 1), nil), (Self.pair("g", nil), 0)])
    #expect(found.families.map(\.pairs) == [1])
  }
}
