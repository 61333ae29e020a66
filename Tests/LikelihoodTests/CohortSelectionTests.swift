import Cases
import Likelihood
import Testing

@Suite("Who stands in a cohort")
struct CohortSelectionTests {
  private static func selection(_ entries: [String: Lineage.Entry]) -> CohortSelection {
    CohortSelection(
      from: entries.keys.map { ModelID($0) }, suspect: ModelID("s"), candidate: ModelID("t"),
      lineage: Lineage(Dictionary(uniqueKeysWithValues: entries.map { (ModelID($0), $1) })))
  }

  @Test(
    "what nobody knows is no common property",
    arguments: ["undisclosed", "unknown", "various", "Undisclosed", "UNKNOWN"])
  func nothingKnown(word: String) {
    let entry = Lineage.Entry(developer: word, base: word, family: word)
    let found = Self.selection(["s": entry, "t": .init(developer: "T"), "a": entry, "b": .init(developer: "B")])
    #expect(found.members == [ModelID("a"), ModelID("b")])
    #expect(found.omitted.map(\.relation) == [.isInThePair, .isInThePair])
  }

  @Test("a model that is given twice stands once in the cohort, or is left out once")
  func twice() {
    let models = ["a", "b", "c"].map { ModelID($0) }
    let selection = CohortSelection(
      from: models + models, suspect: ModelID("c"), candidate: ModelID("d"), lineage: Lineage())
    #expect(selection.members == [ModelID("a"), ModelID("b")] && selection.omitted.map(\.model) == [ModelID("c")])
  }

  @Test("a known developer, family or base in common is a relation, as is one model tuned from the other")
  func related() {
    let found = Self.selection([
      "s": .init(developer: "S", base: "base", family: "fam"), "t": .init(developer: "T"),
      "a": .init(developer: "S"), "b": .init(developer: "B", family: "fam"),
      "c": .init(developer: "C", base: "base"), "d": .init(developer: "D", base: "t"), "e": .init(developer: "E"),
    ])
    let suspect = ModelID("s")
    #expect(found.members == [ModelID("e")])
    #expect(
      found.omitted.filter { $0.relation != .isInThePair }.map(\.relation) == [
        .sameDeveloper(as: suspect), .sameFamily(as: suspect), .sameBase(as: suspect), .tunedFrom(ModelID("t")),
      ])
  }
}
