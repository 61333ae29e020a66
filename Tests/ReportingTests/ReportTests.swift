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

@Suite("Report")
struct ReportTests {
  /// Six models that answer from small vocabularies; the suspect takes every second answer from the candidate's.
  static func contents(names: [String] = ["suspect", "teacher", "c1", "c2", "c3", "c4"], run: RunSummary? = nil)
    -> CaseContents
  {
    func text(_ voice: Int, _ prompt: Int) -> String {
      (0..<20).map { "v\(voice)w\((prompt * 7 + $0 * $0 * (voice + 2)) % 11) s\($0 % 5)" }.joined(separator: " ")
    }
    let models = names.map { ModelID($0) }
    let transcripts = models.enumerated().map { voice, model in
      Transcript(
        model: model,
        responses: (0..<40).map { prompt in
          Response(
            prompt: PromptID("p\(prompt)"), sample: 0, text: text(voice == 0 && prompt % 2 == 0 ? 1 : voice, prompt))
        }, source: Digest(of: model.rawValue))
    }
    return CaseContents(
      name: "a small case", suspect: models[0], candidates: [models[1]], cohort: Array(models[2...]),
      transcripts: Dictionary(uniqueKeysWithValues: transcripts.map { ($0.model, $0) }),
      lineage: ReportFixtures.lineage(of: models), seed: 3,
      run: run)
  }

  static func report(
    _ contents: CaseContents, sameModel: [ModelID: SameModelGate.Result] = [:]
  ) async throws -> Report {
    Report(
      contents, try await CohortAnalysis(replicates: 100).run(contents), sameModel: sameModel, tool: "retort test")
  }

  static let run = RunSummary(
    endpoints: [
      .init(
        model: ModelID("suspect"), dialect: "openai-chat", url: "http://127.0.0.1:1/v1", requestedModel: "m",
        declaredModels: ["m"], declaredFingerprints: [], planned: 40, attempts: 41, outcomes: ["ok": 40, "failed": 1])
    ], firstAttempt: "2026-11-23T10:00:00.000Z", lastAttempt: nil, chainHead: String(repeating: "0", count: 64),
    configuration: String(repeating: "1", count: 64))

  @Test("the same case gives the same bytes in all three renderings")
  func sameBytes() async throws {
    let contents = Self.contents()
    let one = try await Self.report(contents)
    let two = try await Self.report(contents)
    #expect(try one.json() == two.json())
    #expect(try one.markdown() == two.markdown())
    #expect(try one.html() == two.html())
  }

  @Test(
    "result.json follows its committed schema, and the schema refuses what does not",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"), arguments: [false, true])
  func schema(withRun: Bool) async throws {
    let schema = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Reports/schema/result.schema.json").path
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      validator = jsonschema.Draft202012Validator(schema)
      result = json.load(sys.stdin)
      errors = [e.json_path + ": " + e.message for e in validator.iter_errors(result)]
      broken = dict(result, likelihood_ratio={"given": True, "statement": "", "scale": ""})
      wrong = dict(result, probability=0.9)
      print(json.dumps([errors, validator.is_valid(broken), validator.is_valid(wrong)]))
      """
    let json = try await Self.report(Self.contents(run: withRun ? Self.run : nil)).json()
    let output = try IndependentPython.run(script, input: Data(json), arguments: [schema])
    #expect(String(decoding: output, as: UTF8.self) == "[[], false, false]\n")
  }

  @Test("every rendering carries the verdict, the missing likelihood ratio and the limits")
  func complete() async throws {
    let report = try await Self.report(Self.contents(run: Self.run))
    let sentence = "Between suspect and teacher, a link rather than no link is not evaluated"
    for text in [try report.markdown(), try report.html(), String(decoding: try report.json(), as: UTF8.self)] {
      #expect(text.contains(sentence))
      #expect(text.contains("No likelihood ratio is given"))
      #expect(text.contains("do not address direction"))
      for forbidden in ["probability that", "proves", "matches", "certain"] { #expect(!text.contains(forbidden)) }
    }
    #expect(report.spokenAnswer.candidates.count == 1 && !report.spokenAnswer.hasRatio)
  }

  static func finding(_ pValue: Double) -> SameModelGate.Finding {
    .init(test: .answers, prompts: 40, statistic: 0.001, pValue: pValue, adjusted: pValue, permutations: 199)
  }

  @Test("reasoning is a finding beside the ratio, in every rendering, and changes no score")
  func reasoning() async throws {
    let plain = Self.contents()
    func thinking(_ transcript: Transcript, _ voice: Int) -> Transcript {
      Transcript(
        model: transcript.model,
        responses: transcript.responses.enumerated().map { place, response in
          let value = voice < 2 ? 4_000 + place : 1_000 * (voice + 5) + 3 * place
          return Response(
            prompt: response.prompt, sample: 0, text: response.text, reasoning: "Wait, \(value). Let me check <b>.")
        }, source: transcript.source)
    }
    let names = [plain.suspect] + plain.candidates + plain.cohort
    let transcripts = names.enumerated().compactMap { voice, name in
      plain.transcripts[name].map { (name, thinking($0, voice)) }
    }
    let contents = CaseContents(
      name: plain.name, suspect: plain.suspect, candidates: plain.candidates, cohort: plain.cohort,
      transcripts: Dictionary(firstOf: transcripts), lineage: Lineage(), seed: 3)
    let found = try await ReasoningComparison.all(contents)
    #expect(found.count == 1 && found[0].prompts == 40 && found[0].cohort == 4)
    #expect(found[0].wrongValues.count == 10 && found[0].wrongValues[0].others == 0)
    #expect(try #require(found[0].channels.last?.normalised).value > 3)
    let analysis = try await CohortAnalysis(replicates: 100).run(contents)
    let report = Report(contents, analysis, sameModel: [:], reasoning: found, tool: "retort test")
    for text in [try report.markdown(), try report.html(), String(decoding: try report.json(), as: UTF8.self)] {
      #expect(text.contains("this is no part of a likelihood ratio"))
    }
    if IndependentPython.isHere {
      #expect(try Schemas.violations(of: String(decoding: try report.json(), as: UTF8.self), "result") == "")
    }
    let without = try await Self.report(plain)
    let none = try await ReasoningComparison.all(plain)
    #expect(report.spokenAnswer.candidates[0].sentence == without.spokenAnswer.candidates[0].sentence && none.isEmpty)
  }

  @Test("suspect and candidate that an equality test cannot tell apart are called the same, and no standing is given")
  func gate() async throws {
    func finding(_ pValue: Double) -> SameModelGate.Result {
      .tested([Self.finding(pValue)], together: pValue, power: pValue > 0.05 ? .init(toldApart: 3, of: 4) : nil)
    }
    let teacher = ModelID("teacher")
    let same = try await Self.report(Self.contents(), sameModel: [teacher: finding(0.4)])
    let sentence = same.spokenAnswer.candidates[0].sentence
    #expect(sentence.contains("the same model, as far as these probes can tell"))
    #expect(
      sentence.contains("The same tests tell 3 of 4 unrelated models from teacher (95 %: 19 % to 99 %)."))
    if IndependentPython.isHere {
      #expect(try Schemas.violations(of: String(decoding: try same.json(), as: UTF8.self), "result") == "")
    }
    // Nothing of a score stands beside such a pair on the first page.
    let row = try #require(try same.markdown().split(separator: "\n").first { $0.hasPrefix("| teacher |") })
    #expect(row.hasSuffix("| – | – | the same model, as far as these probes can tell | – |"), "\(row)")
    let apart = try await Self.report(Self.contents(), sameModel: [teacher: finding(0.005)])
    #expect(apart.verdicts[0].standing == .standsOut)
  }

  @Test("hostile names stay text: no markup in HTML, no table cell in Markdown, no control in the terminal")
  func hostileNames() async throws {
    let names = [
      "<script>alert(1)</script>", "a|b`c`<img src=x onerror=alert(1)>", "c\u{1B}]0;title\u{7}1", "c\u{202E}2",
      "\"onload=\"x", "c4",
    ]
    let report = try await Self.report(Self.contents(names: names))
    let html = try report.html()
    #expect(
      !html.contains("<script") && !html.contains("<img") && !html.contains("\" onload")
        && !html.contains("\"onload=\"x\""))
    let markdown = try report.markdown()
    #expect(!markdown.contains("<script") && !markdown.contains("a|b") && !markdown.contains("<img"))
    for text in [html, markdown] + report.spokenAnswer.candidates.map(\.sentence) {
      #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E || $0.value == 7 })
    }
  }

  @Test("the HTML needs no script and refers to nothing outside itself")
  func selfContained() async throws {
    let html = try await Self.report(Self.contents(run: Self.run)).html()
    for reference in ["<script", "src=", "url(", "@import"] { #expect(!html.contains(reference)) }
    // Links of the contents lead to places of the page itself, each of which is there once.
    let links = html.matches(of: /href="([^"]*)"/).map { String($0.1) }
    #expect(links.count > 10 && links.allSatisfy { $0.hasPrefix("#") })
    for link in links { #expect(html.components(separatedBy: "id=\"\(link.dropFirst())\"").count == 2, "\(link)") }
    #expect(html.contains("<svg"))
  }

  @Test("every colour of text stands out from what is behind it, in the light page, the dark one and the figures")
  func contrast() async throws {
    let names = ["suspect", "teacher"] + (2..<9).map { "c\($0)" }
    let html = try await Self.report(Self.contents(names: names)).html()
    let sheets = StylePalette.all(in: html)
    // That of the page, and of each of both figures of relations.
    #expect(sheets.count == 3)
    let page = try #require(sheets.first)
    let texts = Set(page.css.matches(of: /[{;]color: ?var\(--([a-z]+)\)/).map { String($0.1) })
      .union(page.css.matches(of: /svg text[^{}]*\{[^}]*fill: ?var\(--([a-z]+)\)/).map { String($0.1) })
    let grounds = Set(page.css.matches(of: /background: ?var\(--([a-z]+)\)/).map { String($0.1) })
    #expect(texts == ["ink", "soft", "own"] && grounds == ["paper", "panel", "mark"])
    for palette in [page.light, page.dark] {
      for text in texts {
        for ground in ["paper", "panel"] {
          let contrast = try #require(palette.contrast(text, ground))
          #expect(contrast >= 4.5, "\(text) on \(ground): \(contrast)")
        }
      }
      // What is marked stands within an answer, in its colour.
      #expect(try #require(palette.contrast("ink", "mark")) >= 4.5)
    }
    for figure in sheets.dropFirst() {
      for palette in [figure.light, figure.dark] {
        for text in ["rt-ink", "rt-soft"] { #expect(try #require(palette.contrast(text, "rt-paper")) >= 4.5) }
      }
    }
    // Black on white has the greatest contrast there is, and grey of half the light less than is needed.
    let known = StylePalette.all(in: "<style>--a:#000;--b:#fff;--c: #999999;prefers-color-scheme:dark</style>")[0].light
    #expect(abs((known.contrast("a", "b") ?? 0) - 21) < 1e-9 && (known.contrast("c", "b") ?? 5) < 3)
  }

  /// ln LR = f against no link, 0.2 f against a common teacher; good for any case.
  static func calibration(bound: Double = 1.5) throws -> Calibration {
    func fit(_ alternative: String, _ slope: Double) -> String {
      """
      {"alternative":"\(alternative)","line":[\(slope),0],"replicates":[[\(slope),0],[\(slope),0.1]],\
      "bounds_log10":[-1,\(bound)],"pairs":{"if_true":3,"if_false":3},"families":{"if_true":2,"if_false":3},\
      "unseen_log10":{"if_true":{"a":[0.4,\(bound)],"b":[0.1]},"if_false":{"c":[-0.5],"d":[0.2],"e":[-0.1]}},\
      "above_2":{"distill_direct":{"pairs":3,"above":2}},"cllr":0.5,"cllr_min":0.4}
      """
    }
    let channels = CohortMethod.version2.channels.map { "{\"name\":\"\($0.name)\",\"version\":\($0.version)}" }
    let text = """
      {"schema":"retort.calibration/1","tool":"t","method":2,"channels":[\(channels.joined(separator: ","))],"prior":0.5,\
      "penalty":0.03,"seed":"1","pairs_sha256":"\(Digest(of: "p").hex)","transcripts_sha256":"\(Digest(of: "t").hex)",\
      "families":["a"],"validity":{"fewest_prompts":1,"fewest_in_cohort":4,"fewest_characters":1,"with_spaces":true,\
      "without_spaces":false},"alternatives":[\(fit("no_link", 1)),\(fit("common_teacher", 0.2))],\
      "not_evaluated":{"same_base_other_tuning":{"families":4}}}
      """
    return try Calibration(parsing: Array(text.utf8), file: "c.json")
  }

  static func ratios(
    bound: Double = 1.5, sameModel: [ModelID: SameModelGate.Result] = [:]
  ) async throws -> (report: Report, finding: CandidateFinding) {
    let contents = contents()
    let analysis = try await CohortAnalysis(calibration: try calibration(bound: bound), replicates: 100).run(contents)
    return (Report(contents, analysis, sameModel: sameModel, tool: "retort test"), analysis.candidates[0])
  }

  @Test("every rendering gives the ratio against each alternative, and what it is not")
  func likelihoodRatios() async throws {
    let (report, finding) = try await Self.ratios()
    let fused = try #require({ if case .evaluated(let scores) = finding.outcome { scores.fused } else { nil } }())
    let least = try #require(finding.headline)
    #expect(fused > 0 && least.alternative == .commonTeacher)
    #expect(abs(least.log10 - 0.2 * fused / log(10)) < 1e-9)
    let number = RatioWording.ratio(log10: least.log10)
    for text in [try report.markdown(), try report.html(), String(decoding: try report.json(), as: UTF8.self)] {
      #expect(
        text.contains(
          "\(number) times as probable if suspect was trained on answers of teacher as if both were trained on answers")
      )
      #expect(text.contains("not the probability of training"))
      #expect(text.contains("4 independent families of known truth, 10 are needed"))
      #expect(text.contains("extremely strong support above 1000000"))
    }
    #expect(report.spokenAnswer.hasRatio)
  }

  @Test("no ratio exceeds its bound, and the report says that it stands there", arguments: [0.33, 0.7, 1.1])
  func bounds(bound: Double) async throws {
    let (report, finding) = try await Self.ratios(bound: bound)
    let noLink = try #require(finding.ratios.compactMap { try? $0.result.get() }.first { $0.alternative == .noLink })
    #expect(noLink.log10 == bound && noLink.isAtBound && noLink.interval.high <= bound)
    #expect(noLink.reachedIfTrue.count == 1 && noLink.reachedIfFalse.count == 0)
    let markdown = try report.markdown()
    #expect(markdown.contains("The validation set supports nothing beyond, which is the cap"))
    #expect(markdown.contains("\(RatioWording.ratio(log10: bound)) (cap)"))
    let words = bound < 1 ? "weak support for a link rather" : "moderate support for a link rather"
    #expect(markdown.contains(words))
  }

  @Test("where the two may be the same model, no ratio is given")
  func gateOfRatios() async throws {
    let same = SameModelGate.Result.tested([Self.finding(0.4)], together: 0.4, power: nil)
    let (report, _) = try await Self.ratios(sameModel: [ModelID("teacher"): same])
    let json = try #require(JSONValue(parsing: try report.json()))
    let ratios = json["candidates"]?.array?.first?["likelihood_ratios"]?.array ?? []
    #expect(ratios.count == Alternative.allCases.count && ratios.allSatisfy { $0["log10"] == nil })
    #expect(try report.markdown().contains("No likelihood ratio is given: the two may be the same model"))
    #expect(!report.spokenAnswer.hasRatio)
  }

  @Test(
    "result.json with ratios follows the schema", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func schemaOfRatios() async throws {
    #expect(
      try Schemas.violations(of: String(decoding: try await Self.ratios().report.json(), as: UTF8.self), "result") == ""
    )
  }
}
