import Cases
import Formats
import Foundation
import Likelihood
import Rendering
import Reporting
import SameModel
import Similarity
import TestSupport
import Testing

/// The answers of the first page, and that everything that repeats them says the same.
@Suite("Answer")
struct AnswerTests {
  struct Found {
    let report: Report
    let json: JSONValue
    let markdown: String
    let html: String

    init(_ report: Report) throws {
      self.report = report
      json = try #require(JSONValue(parsing: try report.json()))
      markdown = try report.markdown()
      html = try report.html()
    }

    var answer: JSONValue { json["answer"] ?? .null }
    func text(_ question: String) -> String? {
      answer["sentences"]?.array?.first { $0["question"]?.string == question }?["text"]?.string
    }
    func finding(_ candidate: String) -> JSONValue? {
      answer["candidates"]?.array?.first { $0["candidate"]?.string == candidate }
    }
  }

  /// A teacher in whose words the suspect answers half of the prompts, further candidates, and a cohort.
  static func found(
    candidates: Int = 1, cohort: Int = 8, bounds: (Double, Double) = (-1, 1.5), slope: Double = 1,
    intercept: Double = 0, known: Bool = true, developers: [String: String] = [:],
    commission: Commission = Commission(),
    run: RunSummary? = nil, sameModel: [ModelID: SameModelGate.Result] = [:], calibrated: Bool = true,
    like: Int? = 1, groups: Bool = false
  ) async throws -> Found {
    let names = ["suspect"] + (1...candidates).map { "teacher\($0)" } + (1...cohort).map { "c\($0)" }
    let plain = ReportFixtures.contents(
      models: names, candidates: candidates, prompts: 40, run: run, commission: commission
    ) { place, prompt in
      ReportFixtures.voice(place == 0 ? (prompt % 2 == 0 ? like : nil) ?? 40 : place, prompt)
    }
    let contents = CaseContents(
      name: plain.name, suspect: plain.suspect, candidates: plain.candidates, cohort: plain.cohort,
      transcripts: plain.transcripts,
      lineage: Lineage(
        Dictionary(
          uniqueKeysWithValues: developers.map { (ModelID($0.key), Lineage.Entry(developer: $0.value)) })
      ).filled(from: plain.lineage),
      probes: plain.probes, seed: plain.seed, run: run, commission: commission)
    let calibration =
      calibrated
      ? try AnswerFixtures.calibration(bounds: bounds, slope: slope, intercept: intercept, known: known, groups: groups)
      : nil
    let analysis = try await CohortAnalysis(calibration: calibration, replicates: 40).run(contents)
    return try Found(Report(contents, analysis, sameModel: sameModel, tool: "retort test"))
  }

  // MARK: One finding everywhere

  @Test(
    "sentence, scale, table, label and terminal agree, whatever the ratio is",
    arguments: [
      (1.0, -6.0, -1.0, 1.5), (1, -1, -1, 1.5), (1, 0, -1, 1.5), (1, 0, -0.4, 0.5), (0.3, 0, -2, 2.5), (1, 0, -1, 0.2),
      (1, 4, -2, 4), (1, 4, -0.2, 4),
    ])
  func agreement(slope: Double, intercept: Double, low: Double, high: Double) async throws {
    let found = try await Self.found(bounds: (low, high), slope: slope, intercept: intercept)
    let finding = try #require(found.finding("teacher1"))
    guard min(high, -low) >= 0.301_03 else {
      // No ratio that words are used for, or for one side alone.
      #expect(finding["log10"] == nil && finding["standing"]?.string == "not_evaluated")
      #expect(found.text("link")?.contains("these answers cannot tell") == true)
      let ratios = found.json["candidates"]?.array?.first?["likelihood_ratios"]?.array ?? []
      let noLink = ratios.first { $0["alternative"]?.string == "no_link" }
      #expect(noLink?["reason_code"]?.string == "cannot_tell")
      return
    }
    let log10 = try #require(finding["log10"]?.number)
    let isCapped = log10 <= low || log10 >= high
    #expect((finding["cap"] != nil) == isCapped && (finding["interval_log10"] == nil) == isCapped)
    let number = RatioWording.ratio(log10: abs(log10)) + (isCapped ? " (cap)" : "")
    let shown = RatioWording.ratio(log10: log10) + (isCapped ? " (cap)" : "")
    let (one, other) = ("suspect was trained on answers of teacher1", "there is no link between the two")
    // The interval stands with the ratio, turned round where the ratio is.
    let ends = [finding["interval_log10"]?["low"]?.number, finding["interval_log10"]?["high"]?.number].compactMap(
      \.self)
    let turned = log10 >= 0 ? ends : ends.reversed().map { -$0 }
    let interval =
      turned.count == 2
      ? " (interval \(RatioWording.ratio(log10: turned[0])) to \(RatioWording.ratio(log10: turned[1])))" : ""
    #expect(isCapped == interval.isEmpty)
    let times = "\(number)\(interval) times as probable"
    let weighed = log10 >= 0 ? "\(times) if \(one) as if \(other)" : "\(times) if \(other) as if \(one)"
    let words = AnswerFixtures.words(pow(10, log10))
    let sentence = try #require(finding["sentence"]?.string)
    #expect(sentence.contains(weighed) && sentence.contains(words), "\(sentence)")
    #expect(found.text("link")?.contains(weighed) == true)
    // The label of the figure for a screen reader says the finding, and the diamond stands where it is.
    let label = "teacher1: ratio \(shown), \(words)"
    #expect(found.html.contains("aria-label=\"\(label)\""), "\(label)")
    #expect(found.html.contains(">teacher1 \(shown)</text>"))
    for text in [found.markdown, found.html] { #expect(text.contains(weighed)) }
    // So do the cells of the candidate's row: against the alternative that was asked about.
    let stated =
      ends.count == 2 ? "\(RatioWording.ratio(log10: ends[0])) to \(RatioWording.ratio(log10: ends[1]))" : "–"
    #expect(found.markdown.contains("\n| no link (asked about) | \(shown) | \(stated) | "), "\(shown) \(stated)")
    // The terminal says it in the same words.
    let spoken = found.report.spokenAnswer
    #expect(spoken.candidates[0].sentence.contains(weighed) && spoken.candidates[0].words.contains(words))
    #expect(spoken.hasRatio)
  }

  @Test(
    "of several candidates each cell of the first page's table is what the document says",
    arguments: [(1.0, 0.0, -1.0, 1.5), (0.3, 0, -2, 2.5), (1, -1, -1, 1.5), (1, 4, -2, 4)])
  func cells(slope: Double, intercept: Double, low: Double, high: Double) async throws {
    let found = try await Self.found(candidates: 3, bounds: (low, high), slope: slope, intercept: intercept)
    let front = try #require(found.markdown.components(separatedBy: "## Contents").first)
    for name in ["teacher1", "teacher2", "teacher3"] {
      let finding = try #require(found.finding(name))
      let log10 = try #require(finding["log10"]?.number)
      let isIndicated = finding["standing"]?.string == "link_indicated"
      let ends = ["low", "high"].compactMap { finding["interval_log10"]?[$0]?.number }.map(RatioWording.ratio)
      let cells = [
        name, RatioWording.ratio(log10: log10) + (finding["cap"] == nil ? "" : " (cap)"),
        ends.count == 2 ? ends.joined(separator: " to ") : "–",
        isIndicated ? "a link is indicated" : "no link is indicated",
      ]
      #expect(front.contains("\n| \(cells.joined(separator: " | ")) | "), "\(cells) \(front)")
      // A page says the same of each cell, whatever stands between them.
      for cell in cells { #expect(found.html.contains(">\(cell)<"), "\(cell)") }
    }
  }

  @Test("a link is indicated by the ratio and its interval, never by rank")
  func indicated() async throws {
    let far = try await Self.found(bounds: (-1, 1.5))
    #expect(far.finding("teacher1")?["standing"]?.string == "link_indicated")
    #expect(far.text("link")?.hasPrefix("A link between suspect and teacher1 is indicated: ") == true)
    // First in the cohort as before, and a ratio that the validation set keeps below 5.
    let capped = try await Self.found(bounds: (-1, 0.6))
    #expect(capped.finding("teacher1")?["standing"]?.string == "for_the_proposition")
    let text = try #require(capped.text("link"))
    #expect(text.contains("is not indicated") && text.contains("the validation set bears no ratio of 5"), "\(text)")
    #expect(capped.json["verdicts"]?.array?.first?["standing"]?.string == "stands_out")
    // A stranger's voice.
    let stranger = try await Self.found(like: nil)
    #expect(stranger.finding("teacher1")?["standing"]?.string != "link_indicated")
    #expect(stranger.text("kind") == "The question does not arise: no link is indicated.")
  }

  @Test("who is nearer to the suspect than a candidate is named where the candidate's likeness speaks for a link")
  func nearer() async throws {
    func places(_ intercept: Double) async throws -> [String] {
      let verdicts = try await Self.found(candidates: 2, intercept: intercept).json["verdicts"]?.array ?? []
      return verdicts.compactMap { $0["sentence"]?.string }
    }
    // The suspect speaks as teacher1, and by this line the ratio of anybody is high.
    let high = try await places(9)
    #expect(high.count == 2 && !high[0].contains("Nearer"), "\(high)")
    #expect(high[1].contains(" Nearer to the suspect by the score that the ratio reads: teacher1"), "\(high)")
    #expect(try await places(-9).allSatisfy { !$0.contains("Nearer") })
  }

  @Test("the first page holds four sentences at most, each of which answers its own question")
  func four() async throws {
    for candidates in [1, 2, 8] {
      let found = try await Self.found(candidates: candidates)
      let sentences = try #require(found.answer["sentences"]?.array)
      #expect(sentences.count <= 4 && Set(sentences.compactMap { $0["question"]?.string }).count == sentences.count)
      #expect((found.text("named") == nil) == (candidates == 1))
      for sentence in sentences {
        let text = try #require(sentence["text"]?.string)
        // One sentence: a full stop ends it, and none stands within but that of the test of equality.
        #expect(text.hasSuffix(".") && text.matches(of: /\. [A-Z]/).count <= 1, "\(text)")
      }
    }
  }

  // MARK: Cases

  @Test("of twenty candidates the highest stand on the first page, and all in a section")
  func twenty() async throws {
    let found = try await Self.found(candidates: 20)
    #expect(found.text("link")?.contains("of the other 19 candidates") == true)
    let front = try #require(found.markdown.components(separatedBy: "## Contents").first)
    #expect(front.contains("The 5 of 20 candidates with the highest ratios"))
    #expect(front.components(separatedBy: "\n| teacher").count - 1 == 5)
    #expect(found.markdown.contains("All candidates"))
    #expect(found.report.spokenAnswer.candidates.count == 6 && found.report.spokenAnswer.others == 14)
  }

  @Test("groups come before their members, in the sentence and in the table")
  func groups() async throws {
    let found = try await Self.found(
      candidates: 4, developers: ["teacher1": "Alder", "teacher2": "Alder", "teacher3": "Birch", "teacher4": "Birch"])
    let groups = try #require(found.answer["groups"]?.array)
    #expect(groups.map { $0["developer"]?.string } == ["Alder", "Birch"])
    #expect(groups[0]["highest"]?.string == "teacher1")
    let named = try #require(found.text("named"))
    #expect(named.contains("if it was a model of Alder (teacher1) as if it was a model of Birch ("), "\(named)")
    #expect(named.contains("the documented developer came first for 9 of 12 students"))
    let lines = found.markdown.split(separator: "\n").map(String.init)
    let alder = try #require(lines.firstIndex { $0.hasPrefix("| Alder: teacher1, highest of 2 |") })
    #expect(lines[alder + 1].hasPrefix("| – teacher1 |") && lines[alder + 2].hasPrefix("| – teacher2 |"))
  }

  @Test("of two named the quotient is told, no higher than the cap of one ratio, with the rate of the validation set")
  func named() async throws {
    let found = try await Self.found(candidates: 2, bounds: (-2, 1))
    let text = try #require(found.text("named"))
    #expect(text.contains("10 (cap) times as probable if it was teacher1 as if it was teacher2"), "\(text)")
    #expect(text.contains("the documented teacher came first for 8 of 12 students (25 % by lot)"))
    let without = try await Self.found(candidates: 2, bounds: (-2, 1), known: false)
    #expect(without.text("named")?.contains("came first") == false)
  }

  @Test("without a ratio the page says why, and all that would be needed, at once")
  func none() async throws {
    let none = try await Self.found(calibrated: false)
    #expect(none.finding("teacher1")?["standing"]?.string == "not_evaluated")
    #expect(none.text("link")?.contains("a link rather than no link is not evaluated: there is no calibration") == true)
    #expect(!none.report.spokenAnswer.hasRatio && !none.html.contains("<rect class=\"range\""))
    // Two obstacles, both named.
    let few = try await ReportFixtures.report(
      ReportFixtures.contents(models: ReportFixtures.names(7), prompts: 30) { ReportFixtures.voice($0, $1) },
      calibration: try .shipped())
    let text = try Found(few)
    for part in ["30 common prompts, 100 are needed", "5 unrelated models in the cohort, 8 are needed"] {
      #expect(text.text("link")?.contains(part) == true, "\(text.text("link") ?? "")")
    }
    #expect(text.text("change")?.contains("answers of all models to 100 common prompts or more; 8 unrelated") == true)
  }

  @Test("Japanese models are named as they are, in every rendering")
  func japanese() async throws {
    let names = ["生徒モデル", "先生モデル", "い", "ろ", "は", "に", "ほ", "へ"]
    let contents = ReportFixtures.contents(models: names, prompts: 40) { place, prompt in
      (0..<30).map { "言\(((place == 0 ? 1 : place) * 7 + prompt * $0) % 9)葉" }.joined()
    }
    let found = try Found(try await ReportFixtures.report(contents, calibration: try AnswerFixtures.calibration()))
    // The calibration of the fixture is not borne out for scripts without spaces.
    #expect(found.text("link")?.contains("生徒モデル and 先生モデル") == true)
    #expect(found.text("change")?.contains("script with spaces") == true, "\(found.text("change") ?? "")")
    #expect(found.html.contains("生徒モデル"))
  }

  @Test("a candidate that may be the suspect itself is called so, and nothing is weighed")
  func same() async throws {
    let same = SameModelGate.Result.tested(
      [.init(test: .answers, prompts: 40, statistic: 0.001, pValue: 0.4, adjusted: 0.4, permutations: 199)],
      together: 0.4, power: nil)
    let found = try await Self.found(candidates: 2, sameModel: [ModelID("teacher1"): same])
    #expect(
      found.finding("teacher1")?["standing"]?.string == "same_model" && found.finding("teacher1")?["log10"] == nil)
    #expect(found.text("link")?.contains("the same model, as far as these probes can tell") == true)
  }

  @Test("identical answers have their box only beyond the cohort's count, and never against the test of equality")
  func identical() async throws {
    let names = ["suspect", "teacher", "c1", "c2", "c3", "c4", "c5", "c6"]
    func report(copied: Int, cohort: Int, apart: Bool) async throws -> String {
      let contents = ReportFixtures.contents(models: names, prompts: 40) { place, prompt in
        if place == 0, prompt < copied { return ReportFixtures.voice(1, prompt) }
        if place == 3, prompt < cohort { return ReportFixtures.voice(2, prompt) }
        return ReportFixtures.voice(place == 0 ? 30 : place, prompt)
      }
      let analysis = try await CohortAnalysis(replicates: 20).run(contents)
      let test = SameModelGate.Finding(
        test: .answers, prompts: 40, statistic: 0.1, pValue: 0.001, adjusted: 0.001, permutations: 999)
      return try Report(
        contents, analysis,
        sameModel: apart ? [ModelID("teacher"): .tested([test], together: 0.001, power: nil)] : [:], tool: "t"
      ).html()
    }
    let box = "<strong>identical answers</strong>"
    #expect(try await report(copied: 9, cohort: 0, apart: false).contains(box))
    #expect(try await !report(copied: 9, cohort: 0, apart: true).contains(box))
    #expect(try await !report(copied: 9, cohort: 12, apart: false).contains(box))
    #expect(try await !report(copied: 1, cohort: 0, apart: false).contains(box))
  }

  @Test(
    "the alternative of the commission leads, the protocol's before what is stated later, and no link where none is")
  func alternative() async throws {
    #expect(try await Self.found().answer["alternative"]?.string == "no_link")
    let common = try await Self.found(
      bounds: (-1, 1.5), commission: Commission(alternative: "common_teacher"))
    #expect(common.answer["alternative"]?.string == "common_teacher" && common.answer["frozen"]?.bool == false)
    #expect(common.text("link")?.contains("as if both were trained on answers of a third model") == true)
    #expect(common.markdown.contains("training on the candidate's answers rather than a common teacher"))
    // Nothing is said of a rule that holds against no link alone.
    #expect(common.finding("teacher1")?["standing"]?.string == "for_the_proposition")
    let run = AnswerFixtures.run(alternative: "no_link")
    let frozen = try await Self.found(commission: Commission(alternative: "common_teacher"), run: run)
    #expect(frozen.answer["alternative"]?.string == "no_link" && frozen.answer["frozen"]?.bool == true)
    let older = try await Self.found(
      commission: Commission(alternative: "common_teacher"), run: AnswerFixtures.run(alternative: nil))
    #expect(older.answer["alternative"]?.string == "no_link" && older.answer["frozen"]?.bool == false)
    #expect(Alternative.allCases.map(\.rawValue) == Commission.alternatives)
  }

  @Test("the limits name what matters: the case's own models, other developers' teachers, and how many were looked at")
  func limits() async throws {
    let found = try await Self.found(candidates: 3, developers: ["teacher1": "Rowan", "c1": "Rowan"])
    let limits = (found.answer["limits"]?.array ?? []).compactMap(\.string)
    func has(_ text: String) -> Bool { limits.contains { $0.contains(text) } }
    #expect(has("suspect is in the validation set"))
    #expect(has("none has a teacher made by Rowan, as the candidate is; most, 12, have one made by Alder"))
    #expect(
      has("Of 4 suspects of the validation set, each beside 5 candidates without a link")
        && has("here 3 candidates were"))
    #expect(has("0 of the validation set’s 3 pairs without a known link reach it"))
    #expect(has("not the probability of training"))
  }

  @Test(
    "without the lineage of the pair there is no ratio: the page says of whom it is missing, and what would be needed")
  func lineage() async throws {
    let plain = ReportFixtures.contents(models: ReportFixtures.names(10), prompts: 40) { ReportFixtures.voice($0, $1) }
    let contents = CaseContents(
      name: plain.name, suspect: plain.suspect, candidates: plain.candidates, cohort: plain.cohort,
      transcripts: plain.transcripts, lineage: Lineage(plain.lineage.entries.filter { $0.key == ModelID("c1") }),
      probes: plain.probes, seed: plain.seed)
    let found = try Found(try await ReportFixtures.report(contents, calibration: try AnswerFixtures.calibration()))
    let link = try #require(found.text("link"))
    #expect(link.contains("neither developer nor base of suspect and teacher is stated"), "\(link)")
    #expect(link.contains("stated of 1 of the 8 models of the cohort, 7 are needed"), "\(link)")
    let change = try #require(found.text("change"))
    #expect(
      change.contains("developer or base of suspect and teacher, stated; developer or base of 6 more models"),
      "\(change)")
    let ratios = found.json["candidates"]?.array?.first?["likelihood_ratios"]?.array ?? []
    #expect(ratios.first?["reason_code"]?.string == "lineage_unknown" && ratios.first?["log10"] == nil)
    #expect(found.json["candidates"]?.array?.first?["combined"] != nil)
    if IndependentPython.isHere {
      #expect(try Schemas.violations(of: String(decoding: try found.report.json(), as: UTF8.self), "result") == "")
    }
  }

  @Test("of 200 halves of the cohort it is told in how many the ratio stands at a cap")
  func halves() async throws {
    let found = try await Self.found(bounds: (-1, 0.6))
    let halves = try #require(found.json["candidates"]?.array?.first?["cohort_halves"])
    let (upper, lower) = (halves["at_upper_bound"]?.integer ?? -1, halves["at_lower_bound"]?.integer ?? -1)
    #expect(halves["halves"]?.integer == 200 && upper >= 0 && lower >= 0 && upper + lower <= 200)
    let (low, high) = (halves["ratio_log10"]?["low"]?.number ?? 9, halves["ratio_log10"]?["high"]?.number ?? 9)
    // The teacher's ratio is far above the cap of this calibration.
    #expect(abs(high - 0.6) < 1e-9 && upper > 0 && (lower > 0) == (low <= -1))
    #expect(found.markdown.contains("at or above the highest ratio that is given in \(upper)"))
    // Where the cap is far away none stands at it, and nothing is said.
    let free = try await Self.found(bounds: (-9, 9), slope: 0.3)
    #expect(free.json["candidates"]?.array?.first?["cohort_halves"]?["at_upper_bound"]?.integer == 0)
    #expect(!free.markdown.contains("the highest ratio that is given"))
  }

  @Test("a cohort whose answers are much shorter or longer than the suspect's is a limit, with the figures")
  func lengths() async throws {
    func limits(_ words: Int) async throws -> [String] {
      let contents = ReportFixtures.contents(models: ReportFixtures.names(10), prompts: 40) { place, prompt in
        ReportFixtures.voice(place, prompt, words: place == 0 ? words : 20)
      }
      let found = try Found(try await ReportFixtures.report(contents, calibration: try AnswerFixtures.calibration()))
      return (found.answer["limits"]?.array ?? []).compactMap(\.string).filter { $0.hasPrefix("The answers of ") }
    }
    for words in [5, 80] {
      let found = try await limits(words)
      #expect(found.count == 1 && found[0].hasPrefix("The answers of suspect have "), "\(found)")
    }
    #expect(try await limits(30) == [])
  }

  @Test("how often pairs of known relation reach the ratio is counted")
  func reached() async throws {
    let found = try await Self.found(bounds: (-1, 1.5))
    let reached = try #require(found.answer["reached"]?.array)
    func count(_ relation: String) -> [Int?] {
      let row = reached.first { $0["relation"]?.string == relation }
      return [row?["count"]?.integer, row?["of"]?.integer]
    }
    #expect(count("no_link") == [0, 3] && count("documented") == [1, 3])
    #expect(count("sibling_same_teacher") == [1, 4] && count("same_model_variant") == [2, 2])
  }

  @Test(
    "result.json with answers follows the schema",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func schema() async throws {
    for found in [
      try await Self.found(candidates: 4, developers: ["teacher1": "A", "teacher2": "A", "teacher3": "B"]),
      try await Self.found(calibrated: false),
      try await Self.found(commission: Commission(alternative: "reverse_direction")),
    ] {
      #expect(try Schemas.violations(of: String(decoding: try found.report.json(), as: UTF8.self), "result") == "")
    }
  }

  @Test("the calibration's file keeps what is known of pairs, and refuses half of it")
  func file() throws {
    let calibration = try AnswerFixtures.calibration()
    let text = calibration.json.canonical
    #expect(try Calibration(parsing: Array(text.utf8), file: "c.json") == calibration)
    #expect(calibration.known?.relations["sibling_same_teacher"]?.count == 4)
    let broken = text.replacingOccurrences(of: #""students":12"#, with: #""students":0"#)
    #expect(throws: LikelihoodError.self) { try Calibration(parsing: Array(broken.utf8), file: "c.json") }
    #expect(try Calibration.shipped().known != nil)
    if IndependentPython.isHere { #expect(try Schemas.violations(of: text, "calibration") == "") }
  }
}
