import Cases
import Formats
import Foundation
import Likelihood
import Rendering
import Reporting
import TestSupport
import Testing

/// What a report may say, and that its words, its numbers and its scale agree.
@Suite("Wording")
struct WordingTests {
  static func claims(_ text: String) -> [String] { TooMuchSaid.claims(in: text) }

  @Test("no rendering claims more than a ratio says, at any strength", arguments: [-1.0, 0.3, 0.7, 1.4, 3, 6])
  func claims(bound: Double) async throws {
    let reports = [
      try await ReportTests.ratios(bound: abs(bound)).report, try await ReportTests.report(ReportTests.contents()),
    ]
    for report in reports {
      for text in [try report.markdown(), try report.html(), String(decoding: try report.json(), as: UTF8.self)] {
        #expect(Self.claims(text) == [])
      }
    }
  }

  @Test("the check finds what it forbids")
  func checkFinds() {
    for claim in [
      "there is a high probability that it was distilled", "the answers match", "this proves training", "is certain",
      "the probability of training is 92 %",
    ] { #expect(Self.claims(claim).count == 1, "\(claim)") }
  }

  @Test("a sentence about a ratio that does not name two propositions is refused, in every rendering")
  func bothNamed() async throws {
    let reports = [
      try await ReportTests.ratios().report, try await ReportTests.ratios(bound: 0.4).report,
      try await AnswerTests.found(candidates: 4, developers: ["teacher1": "A", "teacher2": "A", "teacher3": "B"])
        .report,
      try await AnswerTests.found(like: nil).report, try await AnswerTests.found(calibrated: false).report,
      try await AnswerTests.found(commission: Commission(alternative: "common_teacher")).report,
    ]
    for report in reports {
      let markdown = try report.markdown()
      #expect(HalfSaid.sentences(in: markdown) == [])
      let spoken = report.spokenAnswer
      let said = spoken.candidates.flatMap { [$0.words, $0.sentence] } + spoken.further.map(\.sentence)
      #expect(HalfSaid.sentences(in: said.joined(separator: "\n")) == [])
    }
  }

  @Test(
    "a sentence that names one proposition is seen, and one that names both is not",
    arguments: [
      ("The likeness is 15 times as probable if a was trained on b.", true),
      ("The likeness is 15 times as probable if a was trained on b as if there is no link.", false),
      ("That is moderate support for training on the candidate's answers.", true),
      ("That is weak support for the alternative.", true),
      ("That is weak support for no link rather than a link.", false),
      ("It is support for neither.", true), ("It is support for neither a link nor no link.", false),
      ("A ratio of 12 was found.", true), ("A ratio of 12 for a link rather than no link was found.", false),
    ])
  func seen(sentence: String, isHalf: Bool) { #expect(HalfSaid.sentences(in: sentence).isEmpty != isHalf) }

  @Test(
    "the scale's words: a ratio on a boundary takes the weaker ones, and below 2 there are none",
    arguments: [
      (1.0, "support for neither a link nor no link"),
      (1.5, "support for neither a link nor no link"),
      (1.9999, "support for neither a link nor no link"),
      (2.0, "weak support for a link rather than no link"),
      (10.0, "weak support for a link rather than no link"),
      (10.0001, "moderate support for a link rather than no link"),
      (99.9, "moderate support for a link rather than no link"),
      (100.0, "moderate support for a link rather than no link"),
      (100.01, "moderately strong support for a link rather than no link"),
      (1000.0, "moderately strong support for a link rather than no link"),
      (9999.0, "strong support for a link rather than no link"),
      (10000.0, "strong support for a link rather than no link"),
      (10001.0, "very strong support for a link rather than no link"),
      (1000000.0, "very strong support for a link rather than no link"),
      (1000001.0, "extremely strong support for a link rather than no link"),
      (0.6, "support for neither a link nor no link"),
      (0.5, "weak support for no link rather than a link"),
      (0.1, "weak support for no link rather than a link"),
      (0.05, "moderate support for no link rather than a link"),
      (0.001, "moderately strong support for no link rather than a link"),
      (1e-07, "extremely strong support for no link rather than a link"),
    ])
  func scale(ratio: Double, words: String) {
    #expect(VerbalScale.words(ratio: ratio, for: (proposition: "a link", alternative: "no link")) == words)
  }

  @Test("weights that were given are repeated as written, in every rendering, and no others are")
  func mixture() async throws {
    let contents = ReportTests.contents()
    let analysis = try await CohortAnalysis(calibration: try ReportTests.calibration(bound: 1.5), replicates: 100).run(
      contents)
    func report(_ text: String?) throws -> Report {
      Report(
        contents, analysis, sameModel: [:], mixture: try text.map { try AlternativeMixture(parsing: $0) }, tool: "t")
    }
    let finding = analysis.candidates[0]
    let ratios = Dictionary(
      uniqueKeysWithValues: finding.ratios.compactMap { found in
        (try? found.result.get()).map { (found.alternative, $0.log10) }
      })
    let noLink = try #require(ratios[.noLink])
    let common = try #require(ratios[.commonTeacher])
    let text = "no_link=0.25,common_teacher=.75"
    let expected = 1 / (0.25 / pow(10, noLink) + 0.75 / pow(10, common))
    let given = try report(text)
    for rendering in [
      try given.markdown(), try given.html(), String(decoding: try given.json(), as: UTF8.self),
    ] {
      let plain = rendering.replacingOccurrences(of: "\\_", with: "_")
      #expect(plain.contains("\(text): likelihood ratio \(RatioWording.ratio(log10: log10(expected)))"))
      #expect(Self.claims(rendering) == [])
    }
    let refused = try report("no_link=0.5,convergence=0.5").markdown()
    #expect(refused.contains("not evaluated, for one of them has no ratio"))
    #expect(try !report(nil).markdown().contains("mixture"))
    if IndependentPython.isHere {
      #expect(try Schemas.violations(of: String(decoding: try given.json(), as: UTF8.self), "result") == "")
    }
    let wrong = try #require(throws: AlternativeMixture.Defect.self) { try report("no_link=2") }
    #expect(wrong.expected.contains("each weight above 0"))
  }

  @Test("a ratio below 1 supports the alternative in every rendering, by the words for its inverse")
  func below() async throws {
    let contents = ReportFixtures.contents(models: ReportFixtures.names(8), candidates: 3, prompts: 40) {
      place, prompt in
      ReportFixtures.voice(place == 0 ? 9 : place, prompt)
    }
    let report = try await ReportFixtures.report(contents, calibration: try ReportTests.calibration())
    let json = try #require(JSONValue(parsing: try report.json()))
    let ratios = (json["candidates"]?.array ?? []).flatMap { $0["likelihood_ratios"]?.array ?? [] }
    let low = ratios.compactMap { ratio in ratio["log10"]?.number.map { ($0, ratio["sentence"]?.string ?? "") } }
      .filter { $0.0 < 0 }
    #expect(!low.isEmpty)
    let texts = [try report.markdown(), try report.html()]
    for (_, sentence) in low {
      #expect(!sentence.contains("for training on") && !sentence.contains("for a link"), "\(sentence)")
      let plain = sentence.components(separatedBy: " times as probable")[1].prefix(40)
      for text in texts { #expect(text.contains(plain)) }
    }
    for text in texts { #expect(Self.claims(text) == []) }
  }

  @Test("the report says what is not determined, in every rendering")
  func firstPage() async throws {
    let report = try await ReportTests.ratios().report
    for text in [try report.markdown(), try report.html()] {
      for line in [
        "Direction: not determined", "Same model under two names: not tested", "Inside the range of the calibration",
        "the reverse direction", "Questions of cross-examination",
      ] { #expect(text.contains(line), "\(line)") }
      #expect(text.contains("a channel") && text.contains("half of the probes"))
    }
  }

  @Test("long answers that are the same to the byte are a finding of every rendering")
  func identical() async throws {
    let small = ReportTests.contents()
    let copied = (0..<40).map { prompt in
      Response(
        prompt: PromptID("p\(prompt)"), sample: 0,
        text: prompt < 9
          ? small.transcripts[ModelID("c2")]?.responses.first { $0.prompt == PromptID("p\(prompt)") }?.text ?? ""
          : "own words number \(prompt) " + String(repeating: "of the suspect ", count: 9))
    }
    var transcripts = small.transcripts
    transcripts[small.suspect] = Transcript(model: small.suspect, responses: copied, source: Digest(of: "s"))
    let report = try await ReportTests.report(
      CaseContents(
        name: "copies", suspect: small.suspect, candidates: small.candidates, cohort: small.cohort,
        transcripts: transcripts, lineage: small.lineage, seed: 1))
    for text in [try report.markdown(), try report.html(), String(decoding: try report.json(), as: UTF8.self)] {
      #expect(text.contains("9 of 40 with c2"))
      #expect(text.contains("none of them more than 0"))
    }
  }

  @Test(
    "a ratio has two figures, of what is printed",
    arguments: [
      (9.96, "10"), (9.94, "9.9"), (99.6, "100"), (0.0996, "0.10"), (4.99, "4.9"), (4.9501, "4.9"), (5, "5.0"),
      (5.04, "5.0"), (12.4, "12"), (1, "1.0"),
      (1000, "1000"),
      (0.0123, "0.012"),
    ])
  func figures(ratio: Double, text: String) { #expect(RatioWording.ratio(log10: log10(ratio)) == text) }
}
