import Cases
import Foundation
import Monitoring
import Testing

/// Model Equality Testing decided on these answers by its own code (`Tests/Reference/met.py`): the same level, another kernel.
@Suite("Decisions beside those of a peer")
struct PeerDecisionTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      let name: String
      let first: [[String]]
      let second: [[String]]
      let p: Double
      let rejects: Bool
    }
    let level: Double
    let cases: [Case]
  }

  private static func records(_ answers: [[String]]) -> [PromptID: ProbeRecord] {
    var records: [PromptID: ProbeRecord] = [:]
    for (number, texts) in answers.enumerated() {
      records[PromptID("p\(number)")] = ProbeRecord(
        texts.enumerated().map {
          RecordedAnswer(response: Response(prompt: PromptID("p\(number)"), sample: $0.offset, text: $0.element))
        }, stratum: .diffuse)
    }
    return records
  }

  @Test("the same decision at the same level, on answers of one source and of two")
  func decisions() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Reference/met.json")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    #expect(reference.cases.contains { $0.rejects } && reference.cases.contains { !$0.rejects })
    // One run of one stratum at the peer's level.
    let rule = CheckRule(
      falseAlarms: .init(atMost: reference.level, runs: 1), strata: [.diffuse], floors: [:], seed: 1)
    for one in reference.cases {
      let blocks = ProbeComparison(Self.records(one.first), baseline: Self.records(one.second)).blocks
      let finding = try #require(rule.confirm(blocks, run: 1, permutations: 1_999).first)
      #expect((finding.pValue <= reference.level) == one.rejects, "\(one.name): \(finding.pValue), the peer \(one.p)")
    }
  }
}
