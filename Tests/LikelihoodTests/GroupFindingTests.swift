import Cases
import Formats
import Likelihood
import TestSupport
import Testing

@Suite("Candidates as one group")
struct GroupFindingTests {
  /// A suspect that answers every second prompt in the teacher's layout, two models of the teacher's developer, two of another, and
  /// a cohort. Each voice lays out its answers in its own way, which the style channel reads.
  static func contents(
    _ entries: [String: Lineage.Entry] = [
      "teacher": .init(developer: "Alder"), "elder": .init(developer: "Alder"), "birch1": .init(developer: "Birch"),
      "birch2": .init(developer: "Birch"),
    ], candidates: [String] = ["teacher", "birch1", "elder", "birch2"]
  ) -> CaseContents {
    let names = ["suspect"] + candidates + (1...9).map { "c\($0)" }
    func text(_ voice: Int, _ prompt: Int) -> String {
      let marks = ["- ", "* ", "1. ", "# ", "> ", "", "**", "`"][voice % 8]
      let ends = [".", "!", ";", "?", "…"][voice % 5]
      return (0..<(4 + voice % 7)).map { line in
        "\(marks)word\((prompt * 3 + line * (voice + 1)) % 13) and the w\(line % (2 + voice % 4))\(ends)"
      }.joined(separator: voice % 3 == 0 ? "\n\n" : voice % 3 == 1 ? "\n" : " ")
    }
    let transcripts = names.enumerated().map { place, name in
      Transcript(
        model: ModelID(name),
        responses: (0..<40).map { prompt in
          Response(
            prompt: PromptID("p\(prompt)"), sample: 0,
            text: text(place == 0 ? (prompt % 2 == 0 ? 1 : 30) : place, prompt))
        }, source: Digest(of: name))
    }
    return CaseContents(
      name: "groups", suspect: ModelID("suspect"), candidates: candidates.map { ModelID($0) },
      cohort: (1...9).map { ModelID("c\($0)") },
      transcripts: Dictionary(uniqueKeysWithValues: transcripts.map { ($0.model, $0) }),
      lineage: Lineage(
        Dictionary(uniqueKeysWithValues: entries.map { (ModelID($0.key), $0.value) }).merging(
          names.map { (ModelID($0), Lineage.Entry(base: "base of \($0)")) }, uniquingKeysWith: { stated, _ in stated })),
      seed: 1)
  }

  /// The shipped line of pairs in the place of one of groups, good for any case.
  static func calibration() throws -> Calibration {
    let shipped = try Calibration.shipped()
    let own = Calibration(
      tool: "t", method: shipped.method, channels: shipped.channels, prior: shipped.prior, penalty: shipped.penalty,
      seed: 1, pairs: shipped.pairs, transcripts: shipped.transcripts, families: [],
      validity: .init(
        minimumPrompts: 1, minimumCohort: 4, minimumCharacters: 1, withSpaces: true, withoutSpaces: false),
      fits: shipped.fits, refused: [:])
    return own.with(groups: shipped.fits.first { $0.alternative == .noLink })
  }

  private static func names(_ models: [ModelID]) -> [String] { models.map(\.rawValue) }

  @Test("candidates of one developer are one group, whose score is the greatest of its members'")
  func byDeveloper() async throws {
    let found = try await CohortAnalysis(calibration: try Self.calibration(), replicates: 30).run(Self.contents())
    #expect(found.groups.map(\.group.name) == ["Alder", "Birch"])
    #expect(Self.names(found.groups[0].group.members) == ["teacher", "elder"])
    let scores = Dictionary(
      uniqueKeysWithValues: zip(found.candidates.map(\.candidate), try CohortAnalysisTests.scores(found)))
    for group in found.groups {
      let members = group.group.members.compactMap { model in scores[model].map { (model, $0) } }
      let greatest = try #require(members.max { $0.1.grouped < $1.1.grouped })
      #expect(group.nearest == greatest.0)
      let ratio = try #require(group.ratio).get()
      let line = try #require(try Self.calibration().groups)
      #expect(ratio.log10 == line.log10Ratio(greatest.1.grouped))
      #expect(ratio.interval.low <= ratio.interval.high)
      // What one draw says of a group is the greatest of what it says of the members, so no draw lies below a member's.
      let draws = members[0].1.groupedReplicates.indices.map { draw in
        members.map { $0.1.groupedReplicates[draw] }.max() ?? .nan
      }
      let again = try Self.calibration().groupRatio(
        fused: greatest.1.grouped, replicates: draws,
        in: .init(prompts: 40, cohort: 9, characters: 99, withoutSpaces: false), confidence: 0.95
      ).get()
      #expect(again.interval == ratio.interval)
    }
    #expect(found.groups[0].rank == 1 && found.groups[0].of > 2)
  }

  @Test("a member's score is its style and its lead over rivals")
  func score() async throws {
    let found = try await CohortAnalysis(replicates: 10).run(Self.contents())
    for scores in try CohortAnalysisTests.scores(found) {
      let style = try #require(scores.channels.first { $0.name == "style" }).normalised.value
      let lead = try #require(scores.lead).value
      #expect(abs(scores.grouped - GroupScore.value(style, lead: lead)) < 1e-12)
    }
    #expect(GroupScore.value(0.5, lead: nil).isNaN && GroupScore.value(of: [.nan, 1, -2]) == 1)
  }

  @Test("a stated group goes before the developer; its members are no rivals of each other within it")
  func stated() async throws {
    let entries: [String: Lineage.Entry] = [
      "teacher": .init(developer: "Alder", group: "north"), "birch1": .init(developer: "Birch", group: "north"),
      "elder": .init(developer: "Alder"), "birch2": .init(developer: "Birch"),
    ]
    let found = try await CohortAnalysis(calibration: try Self.calibration(), replicates: 10).run(
      Self.contents(entries))
    #expect(found.groups.map(\.group.name) == ["north", "Alder", "Birch"])
    #expect(Self.names(found.groups[0].group.members) == ["teacher", "birch1"])
    // A group of one is its member: nothing is weighed twice.
    #expect(found.groups[1].ratio == nil && found.groups[2].ratio == nil && found.groups[0].ratio != nil)
    // As a candidate the strong rival stays; in the group it is left out, and the weaker one's score rises.
    let alone = try CohortAnalysisTests.scores(found)
    let style = try #require(alone[1].channels.first { $0.name == "style" }).normalised.value
    #expect(alone[1].grouped > GroupScore.value(style, lead: try #require(alone[1].lead).value))
    // What is said of a candidate does not change with the groups that the case states.
    let plain = try CohortAnalysisTests.scores(
      await CohortAnalysis(calibration: try Self.calibration(), replicates: 10).run(Self.contents()))
    #expect(zip(alone, plain).allSatisfy { $0.fused == $1.fused && $0.lead == $1.lead })
  }

  @Test("without several members there are no groups, nor by methods that weigh none")
  func none() async throws {
    let single = Self.contents(candidates: ["teacher", "birch1"])
    #expect(try await CohortAnalysis(replicates: 5).run(single).groups.isEmpty)
    #expect(try await CohortAnalysis(method: .version2, replicates: 5).run(Self.contents()).groups.isEmpty)
    // Models of whom nobody says who made them are no group.
    let unknown = try await CohortAnalysis(replicates: 5).run(
      Self.contents(["teacher": .init(developer: "undisclosed"), "elder": .init(developer: "undisclosed")]))
    #expect(unknown.groups.isEmpty)
  }

  @Test("a calibration of pairs alone gives a group no ratio, and says why")
  func pairsAlone() async throws {
    let found = try await CohortAnalysis(calibration: try Self.calibration().with(groups: nil), replicates: 5).run(
      Self.contents())
    guard case .failure(let refused)? = found.groups[0].ratio else {
      Issue.record("a ratio")
      return
    }
    #expect(refused.reason == .groupsNotFitted)
  }

  @Test("an interval is of lines and probes together, and of nothing where either is missing")
  func interval() throws {
    let bounds = RatioBounds.Bounds(lower: -1, upper: 1)
    let lines = [Calibration.Line(slope: 1, intercept: 0), Calibration.Line(slope: 2, intercept: 0)]
    #expect(Calibration.interval(of: [], by: lines, bounds: bounds, 0.95) == nil)
    #expect(Calibration.interval(of: [1], by: [], bounds: bounds, 0.95) == nil)
    let found = try #require(Calibration.interval(of: [0.5, 0.5], by: lines, bounds: bounds, 0.999_999))
    #expect(abs(found.low - 0.217_147) < 1e-5 && abs(found.high - 0.434_294) < 1e-5)
    // A draw far out stands at the bound.
    #expect(try #require(Calibration.interval(of: [90, 90], by: lines, bounds: bounds, 0.95)).high == 1)
  }

  @Test("a link is indicated by a ratio of 5 and an interval above 1, both")
  func rule() {
    #expect(IndicationRule.isMet(log10: 0.7, low: 0.01))
    #expect(!IndicationRule.isMet(log10: 0.69, low: 0.3) && !IndicationRule.isMet(log10: 0.9, low: 0))
  }
}
