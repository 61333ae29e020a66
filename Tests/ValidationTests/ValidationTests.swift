import Cases
import Formats
import Foundation
import Likelihood
import Similarity
import Statistics
import TestSupport
import Testing
import Validation

/// The method on answers of real models with known lineage, judged by the referee that lies beside them.
@Suite("Validation on real models", .enabled(if: ReferenceCorpus.isHere, "\(ReferenceCorpus.note)"))
struct ValidationTests {
  /// Each set of answers is measured once for all tests of the earlier methods, and once for those of the present one.
  private actor Measured {
    static let all = Measured()
    private var found: [String: Task<PairMeasurements, any Error>] = [:]
    private var scored: [String: Task<CorpusScoring, any Error>] = [:]

    func scoring(_ corpus: String, _ method: CohortMethod) async throws -> CorpusScoring {
      let isEarlier = method.version < CohortMethod.current.version
      let name = "\(corpus) \(isEarlier)"
      let measuring =
        found[name]
        ?? Task {
          try await ValidationTests.measure(
            corpus, isEarlier ? ValidationTests.earlierChannels : method.channels,
            keepsPrompts: !isEarlier && corpus == ValidationTests.replicated)
        }
      found[name] = measuring
      let key = "\(corpus) \(method.version)"
      let scoring = scored[key] ?? Task { try await ValidationTests.score(corpus, measuring.value, method) }
      scored[key] = scoring
      return try await scoring.value
    }
  }

  static func scoring(_ corpus: String, _ method: CohortMethod) async throws -> CorpusScoring {
    try await Measured.all.scoring(corpus, method)
  }

  /// Those of versions 1 and 2.
  private static let earlierChannels = CohortMethod.version2.channels + CohortMethod.version2.uncombinedChannels

  /// The set whose probes are drawn again as well: what each prompt contributes is kept.
  private static let replicated = "alpaca_eval"

  private static func measure(
    _ corpus: String, _ channels: [any Channel], keepsPrompts: Bool
  ) async throws -> PairMeasurements {
    try await ChannelRun.measure(
      AnswerTable(try await TranscriptFolder.read(ReferenceCorpus.file("\(corpus)/responses"))), channels: channels,
      asked: keepsPrompts ? nil : [], partial: 0)
  }

  private static func score(
    _ corpus: String, _ measured: PairMeasurements, _ method: CohortMethod
  ) async throws -> CorpusScoring {
    let places = method.channels.compactMap { channel in
      measured.contributions.firstIndex { $0.channel == channel.name }
    }
    try #require(places.count == method.channels.count)
    let own = measured.only(places)
    return await CorpusScoring(
      measured: own, lineage: try LineageReader.read(file: ReferenceCorpus.file("lineage.csv"), corpus: corpus),
      method: method, replicates: own.contributions.allSatisfy { $0.kept == nil } ? 200 : 0)
  }

  /// Figures of the referee's line "all".
  static func referee(_ method: CohortMethod) async throws -> [String: Double] {
    let pairs = ReferenceCorpus.file("pairs.csv")
    let labelled = try LabelledPair.read(file: pairs).filter { $0.label != nil && $0.teacherCorpus == $0.studentCorpus }
    var lines = ["teacher,student,corpus,llr"]
    for corpus in Set(labelled.map(\.studentCorpus)).sorted() {
      let scoring = try await scoring(corpus, method)
      for pair in labelled where pair.studentCorpus == corpus {
        guard let score = scoring.score(teacher: pair.teacher, student: pair.student) else { continue }
        lines.append(
          "\(pair.teacher),\(pair.student),\(corpus),\(method.strongestRivals > 0 ? score.fused : score.combined)")
      }
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).csv")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    let script = """
      import subprocess, sys
      print(subprocess.run([sys.executable] + sys.argv[1:], capture_output=True, text=True, check=True).stdout)
      """
    let output = String(
      decoding: try IndependentPython.run(
        script, arguments: [ReferenceCorpus.file("../eval/score.py"), pairs, file.path]), as: UTF8.self)
    let line = output.split(separator: "\n").first { $0.hasPrefix("all ") } ?? ""
    let words = line.split(separator: " ").map(String.init)
    return Dictionary(
      firstOf: ["AUC", "wS", "wT"].compactMap { name in
        words.firstIndex(of: name).flatMap { Double(words[$0 + 1]) }.map { (name, $0) }
      })
  }

  /// Measured elsewhere, by an independent implementation in Python of the same definitions: version 1 .867, .900, .892
  /// and version 2 .892, .929, .926; the differences are the floor of the deviation and relatives by base and family.
  @Test(
    "equal weights, nothing fitted: the referee's figures hold",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"),
    arguments: [(1, ["AUC": 0.85, "wS": 0.88, "wT": 0.86]), (2, ["AUC": 0.88, "wS": 0.92, "wT": 0.92])])
  func figures(version: Int, least: [String: Double]) async throws {
    let method = try #require(CohortMethod.all.first { $0.version == version })
    let found = try await Self.referee(method)
    for (name, value) in least { #expect((found[name] ?? 0) >= value, "\(name) is \(found[name] ?? 0)") }
  }

  /// One base model, the same prompts, five teachers: the runs that the corpus documents under the names 06 to 15.
  @Test(
    "in the controlled series the documented teacher is first in so many of 10 runs, its label unused",
    arguments: [(CohortMethod.version2, 8), (.version3, 7)])
  func controlledSeries(method: CohortMethod, least: Int) async throws {
    let corpus = "shaberi_ja"
    let whole = try LineageReader.read(file: ReferenceCorpus.file("lineage.csv"), corpus: corpus)
    let runs = whole.entries.filter { model, entry in
      guard let number = Int(model.rawValue.dropFirst("ablation-".count).prefix(2)) else { return false }
      return model.rawValue.hasPrefix("ablation-") && (6...15).contains(number) && entry.teachers.count == 1
        && !model.rawValue.dropFirst("ablation-00".count).hasPrefix("2")
    }
    let teachers = Set(runs.values.flatMap(\.teachers)).sorted()
    #expect(runs.count == 10 && teachers.count == 5)
    let scoring = try await Self.scoring(corpus, method)
    let first = runs.filter { student, entry in
      let ranked = teachers.compactMap { teacher in
        scoring.score(teacher: teacher, student: student).map { (teacher, $0.combined) }
      }
      return ranked.max { $0.1 < $1.1 }?.0 == entry.teachers[0]
    }
    #expect(first.count >= least, "\(first.count) of 10")
  }

  @Test("a frozen calibration's ratios are its line's own within the bounds, and keep their order beyond them")
  func bounded() async throws {
    let corpus = "alpaca_eval"
    let scoring = try await Self.scoring(corpus, .version3)
    let scored = try LabelledPair.read(file: ReferenceCorpus.file("pairs.csv")).filter {
      $0.teacherCorpus == corpus && $0.studentCorpus == corpus
    }.compactMap { pair in
      scoring.score(teacher: pair.teacher, student: pair.student).map {
        ValidationReport.Scored(labelled: pair, score: $0)
      }
    }
    let frozen = try Calibration.shipped()
    let fit = try #require(frozen.fits.first { $0.alternative == .noLink })
    let lineage = try LineageReader.read(file: ReferenceCorpus.file("lineage.csv"), corpus: corpus)
    let report = ValidationReport(scored, lineage: [corpus: lineage], frozen: frozen)
    var (within, beyond) = (0, 0)
    for pair in report.pairs {
      let weight = try #require(frozen.reliability).index(probes: pair.score.prompts)
      let (line, ratio) = (fit.line.logRatio(weight * pair.score.fused), try #require(pair.logRatio))
      if fit.bounds.clipped(line / log(10)) == line / log(10) {
        #expect(ratio == line)
        within += 1
      } else {
        #expect(abs(ratio / log(10) - fit.bounds.clipped(line / log(10))) < 0.001)
        beyond += 1
      }
    }
    #expect(within > 100 && beyond > 20)
    let ordered = report.pairs.sorted { $0.weight * $0.score.fused < $1.weight * $1.score.fused }.compactMap(\.logRatio)
    #expect(zip(ordered, ordered.dropFirst()).allSatisfy { $0 <= $1 })
  }

  /// Any two models of which no table knows a link, as suspect and candidate: what a false accusation looks like. Models that learned
  /// from the same teachers are among them where no table says so.
  ///
  /// The goal is that a link is indicated in at most 1 %. The limits are what was seen, rounded up; the figures of all sets, with
  /// their intervals, are in `Reports/validation`.
  @Test(
    "of 1,000 candidates drawn from the cohort, teachers and their kin left out, few reach 5 and fewer are indicated")
  func plantedNull() async throws {
    let corpus = "alpaca_eval"
    let scoring = try await Self.scoring(corpus, .version3)
    let lineage = try LineageReader.read(file: ReferenceCorpus.file("lineage.csv"), corpus: corpus)
    let draw = PlantedDraw(lineage: lineage, ancestry: BaseAncestry([lineage]))
    let planted = draw.pairs(PlantedDraw.count, among: Array(scoring.meanLengths.keys), seed: 17) {
      suspect, candidate in
      scoring.score(teacher: candidate, student: suspect).map { score in
        ValidationReport.Scored(
          labelled: draw.labelled(suspect: suspect, candidate: candidate, set: corpus), score: score,
          // Where a score lies lower no ratio is near the limit.
          replicates: score.fused > 0.5 ? scoring.fusedReplicates(teacher: candidate, student: suspect) : [])
      }
    }
    let report = ValidationReport([], planted: planted, lineage: [corpus: lineage], frozen: try Calibration.shipped())
    let rate = IndicationValidation(report, seed: 1).plantedRate()
    #expect(rate.of == PlantedDraw.count)
    #expect(rate.reaching <= Self.mostReaching, "\(rate.reaching) reach 5")
    #expect(rate.indicated <= Self.mostIndicated, "\(rate.indicated) are indicated")
    #expect(rate.indicated <= rate.reaching)
  }

  /// Seen: 61 of either in AlpacaEval, whose models learned from few teachers, rounded up. With teachers and kin in
  /// the draw 83 reach 5.
  private static let mostReaching = 70
  private static let mostIndicated = 70

  /// Labels dealt anew among the pairs of a set of answers, and all that the program makes of them: nothing is left to learn.
  @Test("shuffled labels give fitted ratios with an AUC of .5, and hardly one of 5 or more")
  func shuffledLabels() async throws {
    let corpus = "alpaca_eval"
    let labelled = try LabelledPair.read(file: ReferenceCorpus.file("pairs.csv")).filter {
      $0.label != nil && $0.teacherCorpus == corpus && $0.studentCorpus == corpus
    }
    let scoring = try await Self.scoring(corpus, .version3)
    let lineage = try LineageReader.read(file: ReferenceCorpus.file("lineage.csv"), corpus: corpus)
    let scored = labelled.compactMap { pair in
      scoring.score(teacher: pair.teacher, student: pair.student).map { (pair: pair, score: $0) }
    }
    var areas: [Double] = []
    var ratios: [Double] = []
    for seed in 0..<8 {
      var labels = scored.map(\.pair.label)
      var generator = SeededGenerator(seed: UInt64(seed))
      generator.shuffle(&labels)
      let dealt = zip(scored, labels).map { one, label in
        ValidationReport.Scored(
          labelled: LabelledPair(
            teacher: one.pair.teacher, student: one.pair.student, label: label, relation: one.pair.relation,
            teacherCorpus: corpus, studentCorpus: corpus, studentFamily: one.pair.studentFamily,
            teacherDeveloper: one.pair.teacherDeveloper), score: one.score)
      }
      let report = ValidationReport(
        dealt, lineage: [corpus: lineage], learning: LeaveFamiliesOut(reliability: .current))
      ratios += report.pairs.compactMap(\.logRatio)
      areas.append(
        RankingAccuracy.areaUnderCurve(
          report.pairs.compactMap { pair in
            pair.logRatio.map { RankingAccuracy.Case(score: $0, label: pair.labelled.label == 1) }
          }))
    }
    let mean = areas.reduce(0, +) / Double(areas.count)
    #expect(abs(mean - 0.5) < 0.05, "AUC \(mean)")
    #expect(ratios.count > 7 * scored.count)
    #expect(100 * ratios.count { $0 >= log(5.0) } < ratios.count)
  }
}
