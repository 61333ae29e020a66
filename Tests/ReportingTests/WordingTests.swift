import Cases
import Formats
import Foundation
import Likelihood
import Reporting
import TestSupport
import Testing

/// What a report may say, and that its words, its numbers and its scale agree.
@Suite("Wording")
struct WordingTests {
  /// Words that claim more than a likelihood ratio does. "Not the probability of training" is the sentence that denies it.
  static let forbidden = [
    "probability that", "likely that", #"\bmatch(es|ed)?\b"#, #"\bprove[sd]?\b"#, #"\bcertain(ly|ty)?\b"#, "zero error",
    #"\b0 errors\b"#, "consistent with", "confirms that", "beyond doubt", "probability of training",
  ]

  static func claims(_ text: String) -> [String] {
    let text = text.replacingOccurrences(of: "not the probability of training", with: "")
    return forbidden.filter { text.range(of: $0, options: [.regularExpression, .caseInsensitive]) != nil }
  }

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

  /// The scale, written down a second time.
  static func words(_ ratio: Double) -> String {
    let strength = max(ratio, 1 / ratio)
    let side = ratio > 1 ? " for training on the candidate's answers" : " for the alternative"
    switch strength {
    case ..<2: return "no support for either"
    case ...10: return "weak support" + side
    case ...100: return "moderate support" + side
    case ...1_000: return "moderately strong support" + side
    case ...10_000: return "strong support" + side
    case ...1_000_000: return "very strong support" + side
    default: return "extremely strong support" + side
    }
  }

  @Test(
    "sentence, label, table and JSON of a ratio agree at every strength",
    arguments: [0.2, 0.6, 1.01, 1.7, 2.4, 3.2, 5.5, 6.8])
  func agreement(bound: Double) async throws {
    let (report, finding) = try await ReportTests.ratios(bound: bound)
    let json = try #require(JSONValue(parsing: try report.json()))
    let ratios = try #require(json["candidates"]?.array?.first?["likelihood_ratios"]?.array)
    let markdown = try report.markdown()
    for ratio in ratios {
      guard let log10 = ratio["log10"]?.number else { continue }
      let given = try #require(
        finding.ratios.compactMap { try? $0.result.get() }.first {
          $0.alternative.rawValue == ratio["alternative"]?.string
        })
      #expect(abs(given.log10 - log10) < 1e-4)
      let sentence = try #require(ratio["sentence"]?.string)
      #expect(sentence.contains(Self.words(pow(10, given.log10))), "\(sentence)")
      let number = RatioWording.ratio(log10: log10)
      #expect(sentence.contains("are \(number) ["), "\(sentence)")
      #expect(markdown.contains("| \(number) \\["))
      let digits = try #require(Double(number))
      #expect(abs(digits / pow(10, log10) - 1) < 0.06)
    }
    let headline = try #require(ratios.first { $0["headline"]?.bool == true }?["log10"]?.number)
    #expect(headline == ratios.compactMap { $0["log10"]?.number }.min())
    #expect(report.verdictLines[0].hasSuffix("\(Self.words(pow(10, headline)))."))
  }

  @Test(
    "the scale's words: a ratio on a boundary takes the weaker ones, and below 2 there are none",
    arguments: [
      (1.0, "no support for either"),
      (1.5, "no support for either"),
      (1.9999, "no support for either"),
      (2.0, "weak support for training on the candidate's answers"),
      (10.0, "weak support for training on the candidate's answers"),
      (10.0001, "moderate support for training on the candidate's answers"),
      (99.9, "moderate support for training on the candidate's answers"),
      (100.0, "moderate support for training on the candidate's answers"),
      (100.01, "moderately strong support for training on the candidate's answers"),
      (1000.0, "moderately strong support for training on the candidate's answers"),
      (9999.0, "strong support for training on the candidate's answers"),
      (10000.0, "strong support for training on the candidate's answers"),
      (10001.0, "very strong support for training on the candidate's answers"),
      (1000000.0, "very strong support for training on the candidate's answers"),
      (1000001.0, "extremely strong support for training on the candidate's answers"),
      (0.6, "no support for either"),
      (0.5, "weak support for the alternative"),
      (0.1, "weak support for the alternative"),
      (0.05, "moderate support for the alternative"),
      (0.001, "moderately strong support for the alternative"),
      (1e-07, "extremely strong support for the alternative"),
    ])
  func scale(ratio: Double, words: String) { #expect(VerbalScale.words(ratio: ratio) == words) }

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
    for (log10, sentence) in low {
      #expect(sentence.contains(Self.words(pow(10, log10))), "\(sentence)")
      #expect(!sentence.contains("for training on"))
      let plain = sentence.components(separatedBy: " times as probable")[1].prefix(40)
      for text in texts { #expect(text.contains(plain)) }
    }
    for text in texts { #expect(Self.claims(text) == []) }
  }

  @Test("the first page says what is not determined, in every rendering")
  func firstPage() async throws {
    let report = try await ReportTests.ratios().report
    for text in [try report.markdown(), try report.html()] {
      for line in [
        "Direction: not determined", "Same model under two names: not tested", "Inside the range of the calibration",
        "Not evaluated: the reverse direction",
      ] { #expect(text.contains(line), "\(line)") }
      #expect(text.contains("a channel") && text.contains("half of the probes"))
    }
  }

  @Test("of many candidates all are in the table, and only those that stand out have their sentence on the first page")
  func manyCandidates() async throws {
    let small = ReportTests.contents()
    let contents = CaseContents(
      name: small.name, suspect: small.suspect,
      candidates: small.candidates + small.cohort.prefix(3) + small.cohort.prefix(3),
      cohort: small.cohort + small.candidates, transcripts: small.transcripts, lineage: small.lineage, seed: small.seed)
    let report = try await ReportTests.report(contents)
    let markdown = try report.markdown()
    #expect(markdown.contains("one of these 7 models?"))
    #expect(RatioWording.several(7).contains("one of 140 or more in at most 5 % of such cases"))
    #expect(!markdown.contains("- ○ ") && markdown.contains("- ◆ "))
    let lines = markdown.split(separator: "\n")
    let head = try #require(lines.firstIndex { $0.hasPrefix("| candidate |") })
    let rows = lines[(head + 2)...].prefix { $0.hasPrefix("| ") }.map { $0.split(separator: " ") }
    let scores = rows.compactMap { Double($0[3].replacingOccurrences(of: "−", with: "-")) }
    #expect(scores.count == 7 && scores == scores.sorted(by: >))
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
}
