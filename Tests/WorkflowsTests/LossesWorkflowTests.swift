import Cases
import Formats
import Foundation
import Likelihood
import TestSupport
import Testing
import Validation
import Workflows

/// Losses of nine made-up students, each of one of three teachers on the base of one of three makers.
@Suite("Validating and calibrating on losses")
struct LossesWorkflowTests {
  private static let teachers = ["t1", "t2", "t3"]

  /// - Parameter open: adds a suspect of whom no teacher is known.
  private static func write(makers: [String] = ["a", "b", "c"], open: Bool = false) throws -> String {
    var state: UInt64 = 3
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) - 0.5
    }
    var lines = ""
    func add(_ suspect: String, base: String, teacher: String, kind: String = "controlled") {
      for candidate in teachers + ["u"] {
        let shift = candidate == teacher ? -0.3 : 0
        lines +=
          JSONValue.object([
            "suspect": .string(suspect), "base": .string(base), "kind": .string(kind), "teacher": .string(teacher),
            "candidate": .string(candidate), "prompts": .string("p"),
            "difference": .array((0..<12).map { _ in .number(((shift + 0.2 * noise()) * 1e6).rounded() / 1e6) }),
          ]).canonical + "\n"
      }
    }
    for maker in makers {
      for teacher in teachers { add("\(maker) of \(teacher)", base: "\(maker)/base", teacher: teacher) }
    }
    if open { add("stranger", base: "d/base", teacher: "", kind: "open question") }
    return try RecordedFolder().write(lines, to: "losses.jsonl")
  }

  @Test("every suspect's teacher comes first; open questions are scored and not weighed; nothing is learned elsewhere")
  func validate() throws {
    let found = try ValidateLosses(file: Self.write(open: true)).run(calibration: nil)
    #expect(found.corpus.rows.count == 9 && found.validation.rows.count == 9)
    #expect(found.validation.undocumented.map(\.suspect) == [ModelID("stranger")])
    #expect(found.validation.undocumented.allSatisfy { $0.candidates.allSatisfy { $0.logRatio == nil } })
    let figures = found.validation.figures()
    #expect(figures.taught == 9 && figures.others == 27 && figures.rows == 9 && figures.first == 9)
    // Where the teacher is taken away, nobody is left who taught.
    #expect(figures.absentRows == 9 && figures.areaUnderCurve > 0.9)
    #expect(found.weaker.map(\.measure) == [.oneSide, .gain])
    #expect(found.weaker.allSatisfy { $0.figures.taught == 9 && $0.figures.others == 27 })
    // Twelve answers each: of 100, 40 and 20 there are no fewer.
    #expect(found.fewer.map(\.answers) == [10] && found.fewer.allSatisfy { $0.figures.rows == 9 })
    #expect(try found.frozen == nil && found.calibration == ReferenceCalibration.shipped())
  }

  @Test("a calibration tells what it was fitted on; by it, every ratio is within its bounds")
  func calibrate() throws {
    let file = try Self.write()
    let fitted = try FitReferenceCalibration(seed: 4, tool: "t").run(losses: file)
    #expect(fitted.bases == ["a/base", "b/base", "c/base"] && fitted.teachers.map(\.rawValue) == Self.teachers)
    #expect(try fitted.losses == Digest(of: FileBytes.read(file)) && fitted.seed == 4 && fitted.tool == "t")
    #expect(fitted.fits[.both].map { $0.line.slope > 0 && $0.cllr < 1 } == true)
    let saved = try RecordedFolder().write(fitted.json.canonical, to: "calibration.json")
    let found = try ValidateLosses(file: file).run(calibration: saved)
    #expect(found.frozen == fitted && found.calibration == fitted && found.validation.borrowed == 0)
    let widest = try #require(fitted.fits.values.flatMap { [$0.bounds.upper, -$0.bounds.lower] }.max()) * log(10)
    let ratios = found.validation.rows.flatMap(\.candidates).compactMap(\.logRatio)
    #expect(ratios.count == 36 && ratios.allSatisfy { abs($0) <= widest + 1e-9 })
    let shipped = try ValidateLosses(file: file).run(calibration: ReferenceCalibration.shippedName)
    #expect(try shipped.frozen == ReferenceCalibration.shipped())
  }

  @Test("one base alone teaches nothing of bases, and a table without a line is none")
  func refused() throws {
    let single = try Self.write(makers: ["a"])
    #expect(throws: FittingError.lossesTooFew(file: single)) {
      try FitReferenceCalibration(seed: 1, tool: "t").run(losses: single)
    }
    let empty = try RecordedFolder().write("", to: "losses.jsonl")
    #expect(throws: FittingError.noLosses(file: empty)) { try ValidateLosses(file: empty).run(calibration: nil) }
  }
}
