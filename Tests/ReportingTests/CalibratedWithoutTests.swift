import Cases
import Formats
import Likelihood
import Rendering
import Reporting
import TestSupport
import Testing

@Suite("A case that is part of the validation set")
struct CalibratedWithoutTests {
  /// The suspect of a case that the calibration's fixture learned from.
  ///
  /// - Parameter candidates: the teacher, and others that are judged by the whole.
  private static func found(
    keepsLessons: Bool, candidates: Int = 1
  ) async throws -> (found: AnswerTests.Found, whole: Calibration) {
    let contents = ReportFixtures.contents(
      models: ReportFixtures.names(9 + candidates), candidates: candidates, prompts: 40
    ) { ReportFixtures.voice($0, $1) }
    let plain = try AnswerFixtures.calibration(bounds: (-2, 2.5), slope: 0.3)
    guard keepsLessons else {
      return (try AnswerTests.Found(try await ReportFixtures.report(contents, calibration: plain)), plain)
    }
    let kin = Lessons.Kin(names: ["family willow", "developer Alder"], source: "willow", developer: "Alder")
    let whole = plain.with(
      lessons: Lessons(
        evenness: 0.5, fewestSources: 3, fewestFamilies: 10,
        comparisons: [.noLink: [.init(score: 1, label: true, kin: kin, ratio: 0.5)]], groups: [],
        models: ["suspect": kin.names]))
    let own = try AnswerFixtures.calibration(bounds: (-2, 2.5), slope: 0.3, intercept: -0.1)
    let apart = Calibration(
      tool: own.tool, method: own.method, channels: own.channels, prior: own.prior, penalty: own.penalty,
      seed: own.seed, pairs: own.pairs, transcripts: own.transcripts, families: own.families, validity: own.validity,
      fits: own.fits, refused: own.refused, known: own.known?.with(teachers: ["Birch": 7]),
      without: .init(
        models: [ModelID("suspect")], names: ["developer Alder", "family willow"], pairs: .init(count: 5, of: 31),
        refused: [:], groupsRefused: nil))
    let analysis = try await CohortAnalysis(
      calibration: whole, apart: CalibrationsApart(candidates: [ModelID("teacher"): apart], groups: [:]),
      replicates: 50
    ).run(contents)
    return (try AnswerTests.Found(Report(contents, analysis, sameModel: [:], tool: "retort test")), whole)
  }

  @Test("it is judged without its family, by the line that was fitted so, and the report says so wherever it is asked")
  func without() async throws {
    let (found, whole) = try await Self.found(keepsLessons: true)
    let (plain, _) = try await Self.found(keepsLessons: false)
    let candidate = try #require(found.json["candidates"]?.array?.first)
    let recorded = try #require(candidate["calibrated_without"])
    #expect(recorded["names"]?.array?.map(\.string) == ["developer Alder", "family willow"])
    #expect(recorded["left_out"]?.integer == 5 && recorded["of"]?.integer == 31)
    #expect(recorded["lines"]?.array?.first?["intercept"]?.number == -0.1)
    // The record of the calibration is that of the whole.
    let record = found.json["likelihood_ratio"]?["calibration"]
    #expect(record?["sha256"]?.string == whole.digest.hex)
    // Lines that are apart by −0.1 give ratios that are.
    let one = try #require(found.finding("teacher")?["log10"]?.number)
    let other = try #require(plain.finding("teacher")?["log10"]?.number)
    #expect(abs((one - other) * 2.302_585 + 0.1) < 1e-4, "\(one) \(other)")
    let limits = (found.answer["limits"]?.array ?? []).compactMap(\.string)
    let sentence = try #require(limits.first { $0.contains("judged without its family") })
    #expect(sentence.contains("suspect is in the validation set"))
    #expect(sentence.contains("without 5 of 31 pairs, those of developer Alder, family willow"))
    #expect(!limits.contains { $0.contains("no blind ratio") })
    for text in [found.markdown, found.html] {
      #expect(text.contains("Judged without its family: the ratios here are of lines that were fitted without 5 of 31"))
      #expect(!text.contains("is not known here"))
    }
    #expect(found.markdown.contains("Its 7 documented pairs by the teacher’s developer: Birch 7."))
    #expect(found.markdown.contains("That of teacher was fitted without 5 of 31 pairs"))
    #expect(HalfSaid.sentences(in: limits.joined(separator: "\n")) == [])
  }

  @Test("a study says so where the ratios of one suspect come from several lines")
  func study() async throws {
    let folder = try TemporaryFolder()
    try FileBytes.write(
      """
      title: Small
      introduction: Before.
      conclusion: After.
      lineage: lineage.csv
      comparisons:
        - {set: small, about: Forty prompts., suspects: [suspect], candidates: [teacher, c1], fewest_prompts: 10}

      """.utf8, to: folder.file("study.yaml"))
    let study = try StudyReader.read(file: folder.file("study.yaml"))
    func page(_ found: AnswerTests.Found) -> String {
      StudyText(
        study,
        chapters: [
          .init(study.comparisons[0], leftOut: [], results: [.init(found.report, place: "small/suspect")], standing: [])
        ], identity: [], profiles: nil, tool: "t"
      ).markdown()
    }
    let words = "Ratios of one row come from several lines"
    let mixed = try await Self.found(keepsLessons: true, candidates: 2).found
    #expect(mixed.finding("c1")?["log10"] != nil && page(mixed).contains(words))
    let single = try await Self.found(keepsLessons: true).found
    let alike = try await Self.found(keepsLessons: false, candidates: 2).found
    #expect(!page(single).contains(words) && !page(alike).contains(words))
  }

  /// A suspect that nothing was learned of, and what the calibration learned from: all candidates are judged by the whole.
  private static func new(learnedFrom models: [String]) async throws -> AnswerTests.Found {
    let contents = ReportFixtures.contents(models: ReportFixtures.names(10), prompts: 40) {
      ReportFixtures.voice($0, $1)
    }
    let kin = Lessons.Kin(names: ["family willow", "developer Alder"], source: "willow", developer: "Alder")
    let whole = try AnswerFixtures.calibration(bounds: (-2, 2.5), slope: 0.3, models: models).with(
      lessons: Lessons(
        evenness: 0.5, fewestSources: 3, fewestFamilies: 10,
        comparisons: [.noLink: [.init(score: 1, label: true, kin: kin, ratio: 0.5)]], groups: [],
        models: Dictionary(uniqueKeysWithValues: models.map { ($0, kin.names) })))
    let analysis = try await CohortAnalysis(calibration: whole, apart: .none, replicates: 50).run(contents)
    return try AnswerTests.Found(Report(contents, analysis, sameModel: [:], tool: "retort test"))
  }

  @Test(
    "of a new suspect and a candidate that others learned from it is said that its pairs were not left out",
    arguments: ["teacher", "Alder/Teacher"])
  func knownCandidate(spelling: String) async throws {
    let found = try await Self.new(learnedFrom: [spelling, "x", "y"])
    #expect(found.json["candidates"]?.array?.first?["calibrated_without"] == nil)
    #expect(
      found.markdown.contains(
        "In part: teacher is among the 3 models of the calibration; the ratios are those of the whole, which was fitted with its pairs."
      ))
    #expect(!found.markdown.contains("None of the models that are asked about"))
    let limits = (found.answer["limits"]?.array ?? []).compactMap(\.string)
    let limit = try #require(limits.first { $0.contains("no ratio that is blind to it") })
    #expect(limit.hasPrefix("teacher is in the validation set"))
    #expect(HalfSaid.sentences(in: limits.joined(separator: "\n")) == [])
  }

  @Test("of a case of new models it is said that none is among those of the calibration, and no limit is made of it")
  func strangers() async throws {
    let found = try await Self.new(learnedFrom: ["x", "y"])
    #expect(
      found.markdown.contains(
        "None of the models that are asked about is among the 2 models of the calibration, by name, nor is the suspect of a family of theirs."
      ))
    let limits = (found.answer["limits"]?.array ?? []).compactMap(\.string)
    #expect(!limits.isEmpty && !limits.contains { $0.contains("in the validation set that the ratios") })
  }

  @Test("a calibration that keeps nothing of what it learned from gives no blind ratio, as before")
  func before() async throws {
    let (found, _) = try await Self.found(keepsLessons: false)
    let limits = (found.answer["limits"]?.array ?? []).compactMap(\.string)
    #expect(limits.contains { $0.contains("suspect is in the validation set") && $0.contains("no blind ratio") })
    #expect(found.json["candidates"]?.array?.first?["calibrated_without"] == nil)
    #expect(found.markdown.contains("is not known here"))
  }

  @Test(
    "what is recorded is as the schema says", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func schema() async throws {
    let (found, whole) = try await Self.found(keepsLessons: true)
    #expect(try Schemas.violations(of: found.json.canonical, "result") == "")
    #expect(try Schemas.violations(of: whole.json.canonical, "calibration") == "")
  }
}
