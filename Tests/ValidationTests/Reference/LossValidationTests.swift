import Cases
import Formats
import Foundation
import Likelihood
import TestSupport
import Testing
import Validation

@Suite("Losses against a base")
struct LossValidationTests {
  @Test(
    "scores are those of NumPy by the definition, ratios those of SciPy's minimiser on rows without maker, teacher and candidate",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let lines = LossFixtures.lines()
    let expected = try LossFixtures.independent(LossFixtures.text(lines))
    let rows = LossValidation(try LossFixtures.corpus(lines).rows).rows
    #expect(rows.count == 22 && expected.count == rows.reduce(0) { $0 + $1.candidates.count })
    for row in rows {
      for one in row.candidates {
        let other = try #require(expected["\(row.suspect)|\(row.prompts)|\(one.found.candidate)"])
        let own = [one.found.score?.value, one.found.absent?.value, one.logRatio, one.logRatioAbsent]
        for (place, (a, b)) in zip(own, other).enumerated() {
          #expect((a == nil) == (b == nil))
          if let a, let b { #expect(abs(a - b) < (place < 2 ? 1e-9 : 1e-4) * max(1, abs(b)), "\(row) \(place)") }
        }
      }
    }
    // Answers of u2 were scored by suspects on one maker's base only: nobody else's gains on them are known.
    let wide = rows.flatMap(\.candidates).filter { $0.found.candidate == ModelID("u2") }
    #expect(!wide.isEmpty && wide.allSatisfy { $0.found.score?.sides == .one })
  }

  @Test("a planted teacher comes first, and none does where nothing was taught")
  func planted() throws {
    let taught = LossValidation(try LossFixtures.corpus(LossFixtures.lines()).rows).figures()
    #expect(taught.first == taught.rows && taught.rows == 22 && taught.areaUnderCurve == 1 && taught.cllr < 0.5)
    let none = LossValidation(try LossFixtures.corpus(LossFixtures.lines(teaching: 0)).rows).figures()
    #expect(none.first < 16 && none.cllr > 0.8)
  }

  @Test(
    "strangers are suspects of other teachers on other makers' bases, and candidates are compared without a stranger's own teacher"
  )
  func strangers() throws {
    let row = { (suspect: String, base: String, teacher: String, gains: [String: [Double]]) in
      ReferenceGains(
        suspect: ModelID(suspect), base: base, teacher: ModelID(teacher), prompts: "p",
        gains: Dictionary(uniqueKeysWithValues: gains.map { (ModelID($0), $1) }))
    }
    let own = row("s", "a/x", "t", ["t": [3, 5], "u": [0, 1], "v": [1, 1]])
    let kin = row("k", "a/y", "u", ["t": [9, 9], "u": [0, 0], "v": [0, 1]])
    let fellow = row("f", "b/x", "t", ["t": [9, 9], "u": [0, 0], "v": [0, 1]])
    let alone = try #require(ReferenceScore(of: ModelID("t"), for: own, among: [own, kin, fellow]))
    // Of 2.5 and 4 the mean is 3.25, the deviation √1.125.
    #expect(
      alone.sides == .one && alone.strangers == 0 && abs(alone.value - 3.25 / 1.125.squareRoot().squareRoot()) < 1e-12)
    // The stranger's teacher is w: its answers do not count, those of t, u and v do.
    let stranger = row("r", "b/x", "w", ["t": [1, 2], "u": [0, 0], "v": [0, 0], "w": [7, 9]])
    let both = try #require(ReferenceScore(of: ModelID("t"), for: own, among: [own, kin, fellow, stranger]))
    let theirs = 1.5 / 0.5.squareRoot().squareRoot()
    #expect(both.sides == .both && both.strangers == 1 && abs(both.value - (alone.value - theirs)) < 1e-12)
    #expect(ReferenceScore(of: ModelID("x"), for: own, among: []) == nil)
    #expect(ReferenceScore(of: ModelID("t"), for: own.without(ModelID("u")), among: []) == nil)
  }

  @Test("what a table of losses cannot mean is one clear line")
  func mistakes() throws {
    func refused(_ change: (inout [LossFixtures.Line]) -> Void) -> FittingError? {
      var lines = LossFixtures.lines()
      change(&lines)
      do {
        _ = try LossFixtures.corpus(lines)
        return nil
      } catch { return error as? FittingError }
    }
    func line(_ defect: LossDefect, _ line: Int = 2) -> FittingError {
      .losses(file: "losses.jsonl", line: line, defect)
    }
    #expect(refused { $0[1].base = "" } == line(.noBase(suspect: ModelID("a of t1"))))
    #expect(refused { $0[1].difference = [] } == line(.noAnswers(of: ModelID("t2"))))
    #expect(refused { $0[1].difference.removeLast() } == line(.unequal(of: ModelID("t2"), found: 11, expected: 12)))
    #expect(refused { $0[1].candidate = "t1" } == line(.repeated(ModelID("t1"))))
    #expect(refused { $0[1].teacher = "t2" } == line(.otherThanBefore(firstLine: 1)))
    #expect(refused { $0 = Array($0.prefix(2)) } == line(.tooFewCandidates(2, needed: 3), 1))
    #expect(refused { $0[1].kind = "open question" } == line(.otherThanBefore(firstLine: 1)))
    #expect(throws: FittingError.noLosses(file: "e")) { try LossCorpus.parse([], file: "e") }
    let text = String(decoding: try LossFixtures.text(Array(LossFixtures.lines().prefix(4))), as: UTF8.self)
    let first = try #require(text.firstRange(of: "\"difference\":["))
    let nan = text.replacingCharacters(in: first, with: "\"difference\":[NaN,")
    #expect(throws: line(.notANumber(of: ModelID("t1"), place: 1), 1)) {
      try LossCorpus.parse(Array(nan.utf8), file: "losses.jsonl")
    }
  }

  @Test("a calibration reads back as it was, is bounded by bases and teachers, and leaves a case's own families out")
  func calibration() throws {
    let corpus = try LossFixtures.corpus(LossFixtures.lines())
    let fitted = try ReferenceCalibrationFit(replicates: 10, seed: 1, tool: "retort test").calibration(
      corpus, file: "l")
    let again = try ReferenceCalibration(parsing: Array(fitted.json.canonical.utf8), file: "c")
    #expect(again == fitted && again.digest == fitted.digest)
    for fit in fitted.fits.values { #expect(fit.bounds.upper <= log10(3) && fit.bounds.lower >= -log10(4)) }
    let score = ReferenceScore(sides: .both, value: 2, strangers: 3, gain: 0)
    let seen = try #require(fitted.ratio(score, replicates: [2], families: ["base a", "model t1"], confidence: 0.95))
    let unseen = try #require(fitted.ratio(score, replicates: [2], families: ["base z", "model z"], confidence: 0.95))
    #expect(seen.without == ["base a", "model t1"] && unseen.without.isEmpty)
    #expect(fitted.line(.both, without: ["base a"]) != fitted.line(.both, without: ["base z"]))
    // What the line without them is, is fitted on the rows without them.
    let rest = corpus.rows.filter { $0.baseDeveloper != "a" }
    let cases = corpus.rows.flatMap { LossCase.of($0, among: corpus.rows, by: .bothSides) }
      .filter { one in rest.contains { $0.suspect == one.suspect } }.flatMap { $0.lessons(.both) }
    let direct = try #require(ReferenceCalibration.learning.line(cases))
    let line = try #require(fitted.line(.both, without: ["base a"]))
    #expect(abs(line.slope - direct.slope) < 1e-3 && abs(line.intercept - direct.intercept) < 1e-3)
    #expect(throws: LikelihoodError.self) { try ReferenceCalibration(parsing: Array("{}".utf8), file: "c") }
    // A single suspect teaches nothing of itself: the lessons of the calibration stand in.
    let single = LossValidation(Array(corpus.rows.prefix(2)), calibration: fitted)
    #expect(single.borrowed > 0 && single.rows.allSatisfy { $0.candidates.allSatisfy { $0.logRatio != nil } })
  }

  @Test(
    "on the published losses the teacher is first in all rows, and hardly a candidate passes where it is absent",
    .enabled(if: ReferenceLosses.isHere, "\(ReferenceLosses.note)"))
  func published() throws {
    let corpus = try LossCorpus.read(file: ReferenceLosses.file)
    let figures = LossValidation(corpus.rows).figures()
    #expect(figures.rows == 36 && figures.first == 36 && figures.absentRows == 36)
    #expect(figures.absentAbove[0].rows <= 1 && figures.absentAbove[1].rows == 0)
    #expect(figures.cllr <= 0.25 && figures.balancedAccuracy >= 0.98)
  }

  @Test(
    "on the published losses scores and ratios are those of NumPy and SciPy",
    .enabled(if: ReferenceLosses.isHere && IndependentPython.isHere, "\(ReferenceLosses.note)"))
  func publishedIndependent() throws {
    let bytes = try Gzip.inflateIfNeeded(try FileBytes.read(ReferenceLosses.file), file: "losses")
    let expected = try LossFixtures.independent(bytes)
    let rows = LossValidation(try LossCorpus.parse(bytes, file: "losses").rows).rows
    #expect(expected.count == 204)
    for row in rows {
      for one in row.candidates {
        let other = try #require(expected["\(row.suspect)|\(row.prompts)|\(one.found.candidate)"])
        for (a, b) in zip([one.found.score?.value, one.logRatio, one.logRatioAbsent], [other[0], other[2], other[3]]) {
          #expect(abs((a ?? 0) - (b ?? 0)) < 1e-3)
        }
      }
    }
  }

  @Test("what ships was fitted on the published losses, and says on which")
  func shipped() throws {
    let shipped = try ReferenceCalibration.shipped()
    #expect(shipped.bases.count >= 8 && shipped.teachers.count >= 4)
    for sides in ReferenceScore.Sides.allCases {
      let fit = try #require(shipped.fits[sides])
      #expect(fit.line.slope > 0 && fit.cllr < 1 && fit.bounds.upper > 0)
      #expect(fit.bounds.upper <= log10(Double(shipped.teachers.count)) + 0.001)
    }
    if ReferenceLosses.isHere {
      #expect(shipped.losses == (try LossCorpus.read(file: ReferenceLosses.file)).digest)
    }
  }
}
