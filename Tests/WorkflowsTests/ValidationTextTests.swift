import Cases
import Formats
import Likelihood
import Similarity
import Terminal
import Testing
import Validation

@Suite("What a validation says")
struct ValidationTextTests {
  /// Pairs in two sets, one in English; scores rise with the label, and the student's number scatters them.
  private static func scored(
    ones: Int = 14, zeros: Int = 14, sets: [String] = ["en", "ja"], prompts: Int = 100
  ) -> [ValidationReport.Scored] {
    func one(_ family: Int, label: Int) -> ValidationReport.Scored {
      let (teacher, student) = (ModelID("t\(label)-\(family % 5)"), ModelID("s\(label)-\(family)"))
      let set = sets[family % sets.count]
      let value = Double(2 * label) + Double((family * 7 + label) % 11) / 4 - 1.5
      return ValidationReport.Scored(
        labelled: LabelledPair(
          teacher: teacher, student: student, label: label, relation: label == 1 ? "distill_direct" : "no_link",
          teacherCorpus: set, studentCorpus: set, studentFamily: "f\(label)-\(family)",
          teacherDeveloper: label == 1 && family % 5 < 2 ? "Most" : "d\(label)-\(family % 5)"),
        score: CorpusScoring.PairScore(
          teacher: teacher, student: student,
          channels: CohortMethod.version2.channels.map { _ in
            NormalisedScore(suspectSide: value, candidateSide: value)
          }, cohort: 9, prompts: prompts))
    }
    return (0..<ones).map { one($0, label: 1) } + (0..<zeros).map { one($0, label: 0) }
  }

  private static func page(
    _ scored: [ValidationReport.Scored], planted: [ValidationReport.Scored] = [], unscored: [LabelledPair] = [],
    frozen: Calibration? = nil
  ) -> String {
    let report = ValidationReport(
      scored, planted: planted, lineage: [:], learning: LeaveFamiliesOut(minimumSources: 2, minimumFamilies: 4),
      frozen: frozen)
    return ValidationText(
      report: report, method: .version2, pairs: Digest(of: "pairs"), seed: 1, tool: "t", unscored: unscored,
      languages: ["en": .english, "ja": .japanese]
    ).markdown()
  }

  /// The cells of the first row of this name.
  private static func row(_ name: String, of page: String) throws -> [String] {
    let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("| \(name) |") })
    return line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
  }

  @Test(
    "where a label is absent there is a dash, and no number that is none",
    arguments: [(14, 0), (0, 14), (1, 0), (0, 1), (14, 1), (14, 14)])
  func absent(ones: Int, zeros: Int) throws {
    let demo = try Calibration.demo()
    for frozen in [nil, demo] {
      let page = Self.page(Self.scored(ones: ones, zeros: zeros), frozen: frozen).lowercased()
      let words = page.split { " |,[]()\n".contains($0) }
      #expect(!words.contains { ["nan", "-nan", "inf", "-inf"].contains($0) }, "\(ones) and \(zeros)")
      if ones == 0 { #expect(page.contains("| 1 | – |")) }
      if zeros == 0 { #expect(page.contains("| – | – |")) }
    }
  }

  @Test("a page has rows by language, by developer and by range, each of its own pairs")
  func parts() throws {
    let page = Self.page(Self.scored() + Self.scored(ones: 3, zeros: 2, sets: ["en"], prompts: 40).map(Self.renamed))
    let counts = try [
      "in English", "in Japanese", "candidates of Most", "candidates of other developers",
      "100 common prompts or more, 8 models in the cohort or more", "fewer of either",
    ].map { try Self.row($0, of: page).prefix(3).dropFirst().joined(separator: " ") }
    #expect(counts == ["10 9", "7 7", "8 0", "9 16", "14 14", "3 2"])
    #expect(!page.contains("in Greek"))
  }

  private static func renamed(_ one: ValidationReport.Scored) -> ValidationReport.Scored {
    let known = one.labelled
    return ValidationReport.Scored(
      labelled: LabelledPair(
        teacher: known.teacher, student: ModelID("short-\(known.student)"), label: known.label,
        relation: known.relation, teacherCorpus: known.teacherCorpus, studentCorpus: known.studentCorpus,
        studentFamily: "short-\(known.studentFamily)", teacherDeveloper: known.teacherDeveloper), score: one.score)
  }

  @Test("labelled pairs without a score are counted and named; a pair with one has a ratio, or is counted")
  func withoutScore() {
    let scored = Self.scored()
    let missing = [1, 1, 0].enumerated().map { place, label in
      LabelledPair(
        teacher: ModelID("teacher_\(place)"), student: ModelID("lost"), label: label, relation: "no_link",
        teacherCorpus: "en", studentCorpus: "en", studentFamily: "lost", teacherDeveloper: "d")
    }
    let page = Self.page(scored, unscored: missing)
    #expect(page.contains("Of 16 labelled pairs with label 1 and 15 with label 0, 14 and 14 have a score;"))
    for place in 0..<3 { #expect(page.contains("teacher\\_\(place) for lost (en)")) }
    #expect(page.contains("Every labelled pair with a score has a ratio."))
    #expect(!Self.page(scored).contains("have a score; all figures"))
    #expect(Self.page(Self.scored(ones: 1)).contains("15 labelled pairs have a score and no ratio"))
  }

  @Test("a planted null has a section of its own, by language, and is in no other figure")
  func planted() throws {
    let scored = Self.scored()
    let planted = scored.filter { $0.labelled.label == 0 }.map {
      ValidationReport.Scored(
        labelled: LabelledPair(
          teacher: $0.labelled.teacher, student: $0.labelled.student, label: nil, relation: PlantedDraw.relation,
          teacherCorpus: $0.labelled.teacherCorpus, studentCorpus: $0.labelled.studentCorpus,
          studentFamily: $0.labelled.studentFamily, teacherDeveloper: $0.labelled.teacherDeveloper), score: $0.score)
    }
    let page = Self.page(scored, planted: planted)
    let parts = page.split(separator: "### A planted null")
    try #require(parts.count == 2)
    let section = String(parts[1])
    #expect(section.contains("14 pairs drawn at random"))
    for (name, count) in [("all", 14), ("in English", 7), ("in other languages", 7)] {
      #expect(try Self.row(name, of: section)[1].hasSuffix(" of \(count)"))
    }
    #expect(!page.contains("| planted (") && !page.contains("| planted |"), "no relation of the table")
    #expect(!Self.page(scored).contains("### A planted null"))
  }

  @Test("a calibration says of an interval that some draws of families left it without a line")
  func failedDraws() throws {
    let demo = try Calibration.demo()
    let fit = try #require(demo.fits.first)
    func text(_ replicates: Int) -> String {
      let changed = Calibration.Fit(
        alternative: fit.alternative, line: fit.line, replicates: Array(repeating: fit.line, count: replicates),
        bounds: fit.bounds, pairs: fit.pairs, families: fit.families, unseen: fit.unseen, detected: fit.detected,
        cllr: fit.cllr, minimalCllr: fit.minimalCllr)
      return CalibrationText.lines(demo.with(groups: changed)).first { $0.hasPrefix("groups of candidates") } ?? ""
    }
    #expect(text(194).contains("interval from 194 of 200 draws of families"))
    #expect(!text(200).isEmpty && !text(200).contains("draws"))
  }
}
