import Cases
import Formats
import Foundation
import Likelihood
import Rendering
import Reporting
import TestSupport
import Testing

/// Words of models in the report: which are shown, and that none is where none is wanted.
@Suite("Excerpts")
struct ExcerptTests {
  /// Runs of five words of any answer, as they would stand in any rendering.
  static func grams(_ contents: CaseContents) -> Set<String> {
    contents.transcripts.values.reduce(into: []) { grams, transcript in
      for response in transcript.responses {
        let words = response.text.split(separator: " ")
        for start in words.indices.dropLast(4) { grams.insert(words[start..<start + 5].joined(separator: " ")) }
      }
    }
  }

  static func contains(_ text: String, _ grams: Set<String>) -> Bool {
    let words = text.split { !$0.isLetter && !$0.isNumber }
    return words.indices.dropLast(4).contains { grams.contains(words[$0..<$0 + 5].joined(separator: " ")) }
  }

  @Test("without excerpts no five words of any answer or probe stand in any rendering; with them they do")
  func without() async throws {
    let contents = ReportSectionTests.contents()
    let grams = Self.grams(contents)
    let bare = try await ReportFixtures.report(contents, calibration: try Calibration.shipped(), excerpts: false)
    let full = try await ReportFixtures.report(contents, calibration: try Calibration.shipped())
    for text in try ReportFixtures.renderings(bare) {
      #expect(!Self.contains(text, grams))
      #expect(!text.contains("Question number"))
    }
    for text in try ReportFixtures.renderings(full) {
      #expect(Self.contains(text, grams))
      #expect(text.contains("Question number"))
    }
    #expect(try bare.markdown().contains("Texts are left out of this report"))
  }

  @Test("the answers shown are those of the probe that adds most, the middle one and the one that adds least")
  func rule() async throws {
    let contents = ReportSectionTests.contents()
    let explained = try await PairExplanation(
      suspect: contents.suspect, candidate: contents.candidates[0], cohort: contents.cohort,
      transcripts: contents.transcripts, lineage: contents.lineage, limit: 100)
    let json = try #require(JSONValue(parsing: try await ReportFixtures.report(contents).json()))
    let shown = try #require(json["candidates"]?.array?.first?["evidence"]?["shown"]?.array)
    #expect(shown.map { $0["choice"]?.string } == ["strongest", "median", "weakest"])
    let adds = shown.compactMap { $0["adds"]?.number }
    let carried = explained.probes.map(\.carries).sorted(by: >)
    #expect(carried.count == 40)
    for (found, expected) in zip(adds, [carried[0], carried[19], carried[39]]) {
      #expect(abs(found - expected) < 1e-5, "\(found) \(expected)")
    }
    #expect(shown[0]["probe"]?.string == explained.probes[0].prompt.rawValue)
    // The strongest is copied word for word: all of it is marked. The weakest is not.
    #expect(shown[0]["suspect"]?["shared"]?.integer == shown[0]["suspect"]?["units"]?.integer)
    #expect((shown[2]["suspect"]?["shared"]?.integer ?? 99) < (shown[2]["suspect"]?["units"]?.integer ?? 0))
    let html = try await ReportFixtures.report(contents).html()
    #expect(html.contains("<mark>v1w"))
  }

  @Test("of many candidates only the nearest are looked into, and the others say so")
  func nearest() async throws {
    let contents = ReportFixtures.contents(models: ReportFixtures.names(12), candidates: 6, prompts: 30) {
      ReportFixtures.voice($0, $1)
    }
    let report = try await ReportFixtures.report(contents)
    let json = try #require(JSONValue(parsing: try report.json()))
    let candidates = try #require(json["candidates"]?.array)
    let looked = candidates.filter { $0["evidence"] != nil }.compactMap { $0["combined"]?["score"]?.number }
    let others = candidates.filter { $0["evidence"] == nil }.compactMap { $0["combined"]?["score"]?.number }
    #expect(looked.count == 3 && others.count == 3)
    #expect((looked.min() ?? 0) >= (others.max() ?? 1))
    #expect(try report.markdown().components(separatedBy: "are not looked into here").count == 4)
  }
}
