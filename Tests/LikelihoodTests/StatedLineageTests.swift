import Cases
import Likelihood
import Testing

@Suite("Lineage known or no ratio")
struct StatedLineageTests {
  private static let suspect = ModelID("s")
  private static let candidate = ModelID("t")

  private static func stated(_ entries: [String: Lineage.Entry], cohort: Int = 10) -> StatedLineage {
    let lineage = Lineage(Dictionary(uniqueKeysWithValues: entries.map { (ModelID($0.key), $0.value) }))
    let selection = CohortSelection(
      from: (0..<cohort).map { ModelID("c\($0)") }, suspect: suspect, candidate: candidate, lineage: lineage)
    return StatedLineage(selection, suspect: suspect, candidate: candidate, lineage: lineage)
  }

  private static func refusals(_ lineage: StatedLineage?) throws -> [Calibration.Refusal] {
    try Calibration.shipped().refusals(
      in: .init(prompts: 120, cohort: 10, characters: 900, withoutSpaces: false, lineage: lineage))
  }

  @Test("a developer or a base is an answer; a word for not knowing, a family or a teacher is none")
  func answers() {
    #expect(StatedLineage.isStated(.init(developer: "D")) && StatedLineage.isStated(.init(base: "B")))
    #expect(StatedLineage.isStated(.init(developer: "D", base: "undisclosed")))
    #expect(StatedLineage.isStated(.init(developer: "unknown", base: "B")))
    let silent: [Lineage.Entry?] = [
      nil, Lineage.Entry(), Lineage.Entry(developer: "Undisclosed"), Lineage.Entry(developer: "unknown", base: "none"),
      Lineage.Entry(family: "F"), Lineage.Entry(teachers: [ModelID("x")]),
    ]
    for entry in silent {
      #expect(!StatedLineage.isStated(entry))
    }
  }

  @Test("four fifths of the cohort are asked for, and both of the pair", arguments: [(10, 8), (11, 9), (5, 4), (4, 4)])
  func shares(cohort: Int, needed: Int) throws {
    let pair: [String: Lineage.Entry] = ["s": .init(developer: "S"), "t": .init(base: "T")]
    func members(_ known: Int) -> [String: Lineage.Entry] {
      Dictionary(uniqueKeysWithValues: (0..<known).map { ("c\($0)", Lineage.Entry(developer: "C\($0)")) })
    }
    let enough = Self.stated(pair.merging(members(needed)) { one, _ in one }, cohort: cohort)
    #expect(enough.needed == needed && enough.known == needed && enough.members == cohort)
    #expect(try Self.refusals(enough) == [])
    let few = Self.stated(pair.merging(members(needed - 1)) { one, _ in one }, cohort: cohort)
    #expect(
      try Self.refusals(few) == [.cohortLineageUnknown(found: needed - 1, of: cohort, needed: needed)])
    let alone = Self.stated(members(cohort).merging(["t": .init(developer: "T")]) { one, _ in one }, cohort: cohort)
    #expect(try Self.refusals(alone) == [.lineageUnknown([Self.suspect])])
    // Pairs of known truth, and reports of versions that did not ask.
    #expect(try Self.refusals(nil) == [])
  }

  @Test("relatives that left the cohort are none of it")
  func relatives() {
    let found = Self.stated([
      "s": .init(developer: "S"), "t": .init(developer: "T"), "c0": .init(developer: "S"),
      "c1": .init(developer: "C"),
    ])
    #expect(found.members == 9 && found.known == 1)
  }

  @Test("two bases are two where both are named, to the end of what the table tells of them")
  func bases() throws {
    func apart(_ suspect: String?, _ candidate: String?, _ more: [String: Lineage.Entry] = [:]) -> StatedLineage.Bases?
    {
      Self.stated(
        ["s": .init(developer: "S", base: suspect), "t": .init(developer: "T", base: candidate)].merging(more) {
          one, _ in
          one
        }
      ).apart
    }
    #expect(apart("llama", "qwen") == StatedLineage.Bases(suspect: "llama", candidate: "qwen"))
    #expect(apart("llama", "llama") == nil && apart("llama", nil) == nil && apart("undisclosed", "qwen") == nil)
    #expect(apart("t", "qwen") == nil)
    let chat: [String: Lineage.Entry] = ["llama-chat": .init(developer: "M", base: "llama")]
    #expect(apart("llama-chat", "llama", chat) == nil)
    #expect(apart("llama-chat", "qwen", chat) == StatedLineage.Bases(suspect: "llama", candidate: "qwen"))
    // A table that goes round has an end all the same.
    let round: [String: Lineage.Entry] = ["a": .init(base: "b"), "b": .init(base: "a")]
    #expect(apart("a", "qwen", round) != nil)
  }

  @Test("where the lineage names two bases there is no ratio against one, and against no link there is")
  func oneBase() throws {
    let bases = StatedLineage.Bases(suspect: "llama", candidate: "qwen")
    func refusal(_ alternative: Alternative, _ apart: StatedLineage.Bases?) throws -> Calibration.Refusal? {
      let found = try Calibration.shipped().ratio(
        alternative, fused: 0.5, replicates: [0.5],
        in: .init(
          prompts: 120, cohort: 10, characters: 900, withoutSpaces: false,
          lineage: .init(unknownOfPair: [], known: 10, members: 10, apart: apart)), confidence: 0.95)
      guard case .failure(let refused) = found else { return nil }
      return refused.reason
    }
    #expect(try refusal(.sameBase, bases) == .basesDiffer(bases))
    #expect(try refusal(.sameBase, nil) == nil && refusal(.noLink, bases) == nil)
  }

  @Test("an analysis gives no ratio without it, to a candidate and to a group, and scores all the same")
  func analysis() async throws {
    let contents = GroupFindingTests.contents()
    func found(_ lineage: Lineage, _ rules: AnalysisRules = .present) async throws -> Analysis {
      try await CohortAnalysis(calibration: try GroupFindingTests.calibration(), replicates: 5, rules: rules).run(
        CaseContents(
          name: contents.name, suspect: contents.suspect, candidates: contents.candidates, cohort: contents.cohort,
          transcripts: contents.transcripts, lineage: lineage, seed: 1))
    }
    func reasons(_ analysis: Analysis) -> [Calibration.Refusal?] {
      (analysis.candidates.map { $0.ratios.first { $0.alternative == .noLink }?.result } + analysis.groups.map(\.ratio))
        .map { result -> Calibration.Refusal? in
          if case .failure(let refused)? = result { refused.reason } else { nil }
        }
    }
    let none: [Calibration.Refusal?] = Array(repeating: nil, count: 6)
    let unknown: [Calibration.Refusal?] = Array(repeating: .lineageUnknown([contents.suspect]), count: 6)
    let stated = try await found(contents.lineage)
    #expect(reasons(stated) == none)
    let pair = Lineage(contents.lineage.entries.filter { $0.key != contents.suspect })
    let refused = try await found(pair)
    #expect(reasons(refused) == unknown)
    #expect(try CohortAnalysisTests.scores(refused).count == 4)
    // What an earlier version did comes out again.
    let earlier = try await found(pair, .before0_7)
    #expect(reasons(earlier) == none)
    #expect(refused.candidates[0].sensitivity?.halves.count == AnalysisRules.present.halves)
    #expect(refused.candidates[0].sensitivity?.halves.allSatisfy { $0.ratios.isEmpty } == true)
  }

  @Test(
    "a ratio speaks where it can reach 2 both ways",
    arguments: [
      (-1.0, 1.0, true), (-0.59, 0.06, false), (-0.1, 2, false), (-0.31, 0.31, true), (0, 0, false),
    ])
  func bothWays(lower: Double, upper: Double, speaks: Bool) {
    let bounds = RatioBounds.Bounds(lower: lower, upper: upper)
    #expect(bounds.canTell == speaks && bounds.canTell(by: .present) == speaks)
    // One side was enough before.
    #expect(bounds.canTell(by: .before0_7) == (max(upper, -lower) > 0.302))
  }

  @Test("two models of base none are of one base to a cohort, as to earlier versions, though none is no base")
  func none() {
    let none = Lineage.Entry(developer: "D", base: "none")
    let lineage = Lineage([Self.suspect: none, ModelID("c0"): .init(base: "none")])
    let selection = CohortSelection(
      from: [ModelID("c0"), ModelID("c1")], suspect: Self.suspect, candidate: Self.candidate, lineage: lineage)
    #expect(selection.members == [ModelID("c1")])
    #expect(!StatedLineage.isNamed("none") && !StatedLineage.isNamed("") && StatedLineage.isNamed("B"))
  }
}
