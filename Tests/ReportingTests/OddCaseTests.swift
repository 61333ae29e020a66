import Formats
import Foundation
import Likelihood
import Rendering
import Reporting
import TestSupport
import Testing

/// Cases at the edge: each renders a true report, or ends with the reason.
@Suite("Odd cases")
struct OddCaseTests {
  @Test("one probe: scores, no claim beyond them, and one pair of answers")
  func oneProbe() async throws {
    let contents = ReportFixtures.contents(models: ReportFixtures.names(8), prompts: 1) { ReportFixtures.voice($0, $1) }
    let report = try await ReportFixtures.report(contents, calibration: try Calibration.shipped())
    for text in try ReportFixtures.renderings(report) {
      #expect(text.contains("1 common prompts, 100 are needed"))
      #expect(!text.contains("nan") && !text.contains("inf,"))
    }
    let json = try #require(JSONValue(parsing: try report.json()))
    #expect(json["candidates"]?.array?.first?["evidence"]?["shown"]?.array?.count == 1)
    if IndependentPython.isHere {
      #expect(try Schemas.violations(of: String(decoding: try report.json(), as: UTF8.self), "result") == "")
    }
  }

  @Test("a suspect that answered nothing, or no cohort: the reason, not a report")
  func nothing() async throws {
    let silent = ReportFixtures.contents(models: ReportFixtures.names(8), prompts: 5) { place, prompt in
      place == 0 ? nil : ReportFixtures.voice(place, prompt)
    }
    await #expect(throws: LikelihoodError.noCommonPrompts) { try await ReportFixtures.report(silent) }
    let blank = ReportFixtures.contents(models: ReportFixtures.names(8), prompts: 5) { _, _ in " \n" }
    await #expect(throws: LikelihoodError.noCommonPrompts) { try await ReportFixtures.report(blank) }
    let alone = ReportFixtures.contents(models: ["suspect", "teacher"], prompts: 5) { ReportFixtures.voice($0, $1) }
    await #expect(throws: LikelihoodError.cohortTooSmall(given: 0, needed: 4)) {
      try await ReportFixtures.report(alone)
    }
  }

  @Test("a candidate with the suspect's own answers: they are the same to the byte, and the report says it first")
  func same() async throws {
    let contents = ReportFixtures.contents(models: ReportFixtures.names(8), prompts: 30) { place, prompt in
      ReportFixtures.voice(max(place, 1), prompt, words: 30)
    }
    let report = try await ReportFixtures.report(contents, calibration: try ReportTests.calibration())
    let markdown = try report.markdown()
    #expect(markdown.contains("30 of 30 with teacher"))
    #expect(markdown.contains("one model under two names"))
    for text in try ReportFixtures.renderings(report) { #expect(WordingTests.claims(text) == []) }
  }

  @Test(
    "500 models: a report below 5 MB that fits on a phone",
    .enabled(if: HeadlessBrowser.isHere, "\(HeadlessBrowser.note)"))
  func manyModels() async throws {
    let names = ReportFixtures.names(500)
    let contents = ReportFixtures.contents(
      models: names, candidates: 8, prompts: 6, ledger: ReportFixtures.ledger(models: names, prompts: 6),
      run: ReportFixtures.run(models: names, prompts: 6)
    ) { ReportFixtures.voice($0, $1, words: 12) }
    let report = try await ReportFixtures.report(contents, calibration: try Calibration.shipped(), replicates: 10)
    for text in try ReportFixtures.renderings(report) { #expect(text.utf8.count < 5_000_000, "\(text.utf8.count)") }
    let html = try report.html()
    for found in try HeadlessBrowser.layouts(of: html, widths: [390]) { #expect(found.scrollWidth <= found.width) }
    #expect(html.contains("474 more stand in result.json") || html.contains("more stand in result.json"))
    #expect(html.contains("477 more</text>"))
  }

  @Test("10,000 attempts: every rendering stays below 5 MB, and grows by less than the attempts")
  func manyAttempts() async throws {
    func sizes(_ prompts: Int) async throws -> [Int] {
      let names = ReportFixtures.names(20)
      let contents = ReportFixtures.contents(
        models: names, candidates: 3, prompts: prompts,
        ledger: ReportFixtures.ledger(models: names, prompts: prompts, failing: 9),
        run: ReportFixtures.run(models: names, prompts: prompts)
      ) { ReportFixtures.voice($0, $1, words: 120) }
      let report = try await ReportFixtures.report(contents, calibration: try Calibration.shipped(), replicates: 20)
      return try ReportFixtures.renderings(report).map(\.utf8.count)
    }
    let large = try await sizes(500)
    let small = try await sizes(50)
    for (large, small) in zip(large, small) {
      #expect(large < 5_000_000 && large < 3 * small, "\(large) \(small)")
    }
  }
}
