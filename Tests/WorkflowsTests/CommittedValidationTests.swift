import Cases
import Formats
import Foundation
import Likelihood
import Statistics
import Terminal
import TestSupport
import Testing
import Validation

/// What is committed of the reference answers, made again from one measurement of them.
@Suite("The calibration that ships, and the validation that is committed")
struct CommittedValidationTests {
  /// The figures and words of a text, apart: words must be the same, figures nearly so.
  private static func parts(_ text: String) -> (words: String, figures: [Double]) {
    var figures: [Double] = []
    var words = ""
    for token in text.split(whereSeparator: { " |\n,[]()%".contains($0) }) {
      if let figure = Double(token.replacingOccurrences(of: "−", with: "-")) {
        figures.append(figure)
        words += " #"
      } else {
        words += " \(token)"
      }
    }
    return (words, figures)
  }

  private static func expectCommitted(_ text: String, _ file: String) throws {
    let folder = URL(fileURLWithPath: Schemas.folder).deletingLastPathComponent().path + "/validation"
    let (found, expected) = try (
      parts(text), parts(String(decoding: FileBytes.read("\(folder)/\(file)"), as: UTF8.self))
    )
    #expect(found.words == expected.words, "\(file)")
    try #require(found.figures.count == expected.figures.count)
    // Another processor may round the last digit the other way.
    let apart = zip(found.figures, expected.figures).filter { abs($0 - $1) > 0.0011 * max(1, abs($1)) }
    #expect(apart.isEmpty, "\(file): \(apart.prefix(5))")
  }

  /// A pair that is analysed as a case gets the ratio that it has in the validation.
  private static func expectAgreement(_ shipped: Calibration, _ measured: CorpusPairs) async throws {
    let report = ValidationReport(
      measured.scored, lineage: measured.lineage, learning: LeaveFamiliesOut(reliability: .current))
    let labelled = report.pairs.filter { $0.labelled.label != nil }
    var compared = 0
    for place in stride(from: 0, to: labelled.count, by: 100) {
      let pair = labelled[place]
      let (suspect, candidate) = (pair.labelled.student, pair.labelled.teacher)
      let apart = await CalibrationsApart(
        for: CaseContents(
          name: "a pair", suspect: suspect, candidates: [candidate], cohort: [], transcripts: [:],
          lineage: measured.lineage[pair.labelled.studentCorpus] ?? Lineage(), seed: 1), of: shipped)
      let own = try #require(apart.candidates[candidate], "\(suspect) \(candidate)")
      let names = Set(own.without?.names ?? [])
      // Names of the pair that stand with no lesson leave nothing out.
      #expect(names.isSuperset(of: pair.families.intersection(shipped.lessons?.names ?? [])))
      // A model of several sets of answers may have more: its own there, and nobody else's.
      let theirs = pair.families.union(Self.names(of: suspect, report)).union(Self.names(of: candidate, report))
      #expect(names.isSubset(of: theirs), "\(suspect) \(candidate): \(names.subtracting(theirs).sorted())")
      guard names.isSubset(of: pair.families) else { continue }
      let fit = own.fits.first { $0.alternative == .noLink }
      #expect((fit == nil) == (pair.line == nil))
      guard let fit, let expected = pair.logRatio else { continue }
      let log10 = fit.line.logRatio(pair.weight * pair.score.fused) / Double.ln10
      #expect(abs(log10 - expected / Double.ln10) < 1e-3, "\(suspect) \(candidate)")
      compared += 1
    }
    #expect(compared >= 5)
  }

  /// What any set of answers says of a model, in either role and in whatever spelling.
  private static func names(of model: ModelID, _ report: ValidationReport) -> Set<String> {
    let spelled = Lineage.spelledAlike(model.rawValue)
    return report.pairs.reduce(into: []) { names, pair in
      if Lineage.spelledAlike(pair.labelled.teacher.rawValue) == spelled { names.formUnion(pair.names.teacher) }
      if Lineage.spelledAlike(pair.labelled.student.rawValue) == spelled { names.formUnion(pair.names.student) }
    }
  }

  @Test(
    "all of it is what their commands make of the reference answers",
    .enabled(if: ReferenceCorpus.joins, "\(ReferenceCorpus.note)"))
  func madeAgain() async throws {
    let folder = try TemporaryFolder()
    let corpus = folder.file("corpus")
    try ReferenceCorpus.join(into: corpus)
    let method = CohortMethod.current
    let measured = try await CorpusPairs.read(
      corpus: corpus, pairs: "\(corpus)/pairs.csv", method: method, seed: 1, thorough: true)
    let shipped = try Calibration.shipped()
    let fitted = try CorpusCalibration(seed: 1, tool: shipped.tool).fit(measured, method: method)
    let differences = JSONDifferences.paths(fitted.json, shipped.json)
    #expect(differences.isEmpty, "\(differences.prefix(5))")
    try await Self.expectAgreement(shipped, measured)
    // The pages are made anew by every version; the calibration is that which it ships with.
    let current = try CurrentTool.name()
    for (folder, frozen) in [("", nil), ("shipped/", shipped)] {
      let report = ValidationReport(
        measured.scored, planted: measured.planted, lineage: measured.lineage,
        learning: LeaveFamiliesOut(reliability: .current), frozen: frozen)
      try Self.expectCommitted(ValidationText.table(report, method: method), "\(folder)scores.csv")
      let text = ValidationText(
        report: report, method: method, pairs: measured.pairs, seed: 1, tool: current, unscored: measured.unscored,
        languages: measured.languages)
      let groups = GroupValidationText(GroupValidation(report), english: measured.english)
      try Self.expectCommitted(groups.table, "\(folder)groups.csv")
      try Self.expectCommitted(text.markdown(), "\(folder)README.md")
    }
  }
}
