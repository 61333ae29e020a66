import Cases
import Likelihood
import Testing
import Validation

@Suite("A planted null: pairs of which no table knows a link")
struct PlantedDrawTests {
  private static let entries: [ModelID: Lineage.Entry] = [
    ModelID("student"): .init(developer: "S", base: "tuned", teachers: [ModelID("teacher")]),
    ModelID("tuned"): .init(developer: "U", base: "root", teachers: [ModelID("absent")]),
    ModelID("teacher"): .init(developer: "T", base: "teacher-base"),
    ModelID("teacher-2"): .init(developer: "T"), ModelID("own-2"): .init(developer: "S"),
    ModelID("of-root"): .init(developer: "R", base: "root"),
    ModelID("of-teacher-base"): .init(developer: "B", base: "teacher-base"),
    ModelID("of-absent-developer"): .init(developer: "A"),
    ModelID("other-student"): .init(developer: "O", teachers: [ModelID("stranger")]),
    ModelID("stranger"): .init(developer: "X"), ModelID("stranger-2"): .init(developer: "Y", base: "y"),
  ]

  private static var draw: PlantedDraw {
    // The teacher of the suspect's base is a model of another set of answers.
    let lineage = Lineage(entries, others: [(ModelID("absent"), developer: "A")])
    return PlantedDraw(lineage: lineage, ancestry: BaseAncestry([lineage]))
  }

  private static func score(_ suspect: ModelID, _ candidate: ModelID) -> ValidationReport.Scored {
    ValidationReport.Scored(
      labelled: draw.labelled(suspect: suspect, candidate: candidate, set: "c"),
      score: CorpusScoring.PairScore(
        teacher: candidate, student: suspect, channels: [NormalisedScore(suspectSide: 0, candidateSide: 0)],
        cohort: 9, prompts: 100))
  }

  @Test("the teachers, kin of either, and what learned from others are no candidates; strangers are")
  func candidates() {
    let found = Self.entries.keys.filter { Self.draw.isUnlinked(suspect: ModelID("student"), candidate: $0) }
    #expect(Set(found) == [ModelID("stranger"), ModelID("stranger-2")])
    #expect(!Self.draw.isUnlinked(suspect: ModelID("student"), candidate: ModelID("nobody")))
    #expect(!Self.draw.isUnlinked(suspect: ModelID("nobody"), candidate: ModelID("stranger")))
    #expect(Self.draw.isUnlinked(suspect: ModelID("stranger"), candidate: ModelID("teacher")))
    #expect(!Self.draw.isUnlinked(suspect: ModelID("other-student"), candidate: ModelID("stranger")))
  }

  @Test("each pair is drawn once, by its seed, until so many have a score")
  func pairs() {
    let models = Array(Self.entries.keys)
    func drawn(_ count: Int, _ seed: UInt64) -> [[ModelID]] {
      Self.draw.pairs(count, among: models, seed: seed) { suspect, candidate in
        candidate == ModelID("stranger-2") ? nil : Self.score(suspect, candidate)
      }.map { [$0.labelled.student, $0.labelled.teacher] }
    }
    let all = drawn(1_000, 1)
    #expect(Set(all).count == all.count && all.count > 10)
    #expect(all.allSatisfy { $0[1] != ModelID("stranger-2") && Self.draw.isUnlinked(suspect: $0[0], candidate: $0[1]) })
    #expect(drawn(4, 1) == Array(all.prefix(4)) && drawn(4, 2) != drawn(4, 1))
    #expect(drawn(0, 1).isEmpty)
  }

  @Test("sets share a thousand by their models, to the last pair")
  func shares() {
    #expect(PlantedDraw.shares(of: [1, 1, 1]) == [333, 333, 334])
    #expect(PlantedDraw.shares(of: [200, 0, 50], count: 10) == [8, 0, 2])
    #expect(PlantedDraw.shares(of: []).isEmpty && PlantedDraw.shares(of: [0]) == [0])
  }

  @Test("planted pairs are judged by lines that saw no relative of them, and are in no figure of the others")
  func judged() {
    let scored = GroupValidationTests.scored(families: 30, shift: 5)
    // As like as a documented pair, and as little as one without a link.
    let families: Set = ["f0", "f1", "f2", "f3", "f4", "f5"]
    func isChosen(_ pair: LabelledPair) -> Bool { families.contains(pair.studentFamily) && pair.label != nil }
    let planted = scored.filter { isChosen($0.labelled) }.map {
      ValidationReport.Scored(
        labelled: LabelledPair(
          teacher: $0.labelled.teacher, student: $0.labelled.student, label: nil, relation: PlantedDraw.relation,
          teacherCorpus: "c0", studentCorpus: "c0", studentFamily: $0.labelled.studentFamily,
          teacherDeveloper: $0.labelled.teacherDeveloper), score: $0.score, replicates: $0.replicates)
    }
    let learning = LeaveFamiliesOut(minimumSources: 2, minimumFamilies: 4)
    let plain = ValidationReport(scored, lineage: [:], learning: learning)
    let report = ValidationReport(scored, planted: planted, lineage: [:], learning: learning)
    #expect(report.pairs.map(\.logRatio) == plain.pairs.map(\.logRatio))
    let known = plain.pairs.filter { isChosen($0.labelled) }
    #expect(report.planted.map(\.logRatio) == known.map(\.logRatio) && known.count == 18)
    let indication = IndicationValidation(report, seed: 1)
    let all = IndicationValidation(plain, seed: 1)
    let expected = all.rate { isChosen($0) }
    let rate = indication.plantedRate()
    #expect(rate.of == 18 && rate.indicated == expected.indicated && rate.reaching == expected.reaching)
    #expect(rate.reaching > 0 && rate.reaching < 18)
    #expect(all.plantedRate().of == 0)
    #expect(indication.rate { $0.relation == PlantedDraw.relation }.of == 0)
    // Of the draws behind the intervals each that left too little is counted.
    #expect(indication.draws.drawn > 0 && indication.draws.drawn.isMultiple(of: Calibration.draws))
    #expect((0..<indication.draws.drawn).contains(indication.draws.failed))
  }

  @Test("draws of few families that leave one label without any are counted as failed")
  func failedDraws() {
    let scored = GroupValidationTests.scored(families: 8, shift: 5).filter {
      $0.labelled.label == 0 || ["f0", "f1", "f2"].contains($0.labelled.studentFamily)
    }
    let report = ValidationReport(
      scored, lineage: [:], learning: LeaveFamiliesOut(minimumSources: 1, minimumFamilies: 1))
    let draws = IndicationValidation(report, seed: 1).draws
    #expect(draws.drawn > 0 && draws.failed > 0 && draws.failed < draws.drawn)
  }
}
