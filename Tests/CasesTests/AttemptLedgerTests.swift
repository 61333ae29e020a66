import Cases
import Testing

@Suite("The attempts of a run as a report lists them")
struct AttemptLedgerTests {
  private static func entry(_ number: Int, _ model: String, second: Int, failed: Bool = false) -> AttemptLedger.Entry {
    func time(_ second: Int) -> String {
      "2026-11-25T00:\(second < 600 ? "0" : "")\(second / 60):\(two(second % 60)).000Z"
    }
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return .init(
      number: number, model: ModelID(model), probe: PromptID("p\(number)"), sample: 0,
      outcome: failed ? "failed" : "ok", started: time(second), ended: time(second + 1), hash: "\(number)")
  }

  @Test("a timeline's spans are equal and reach from the first beginning to the last end")
  func timeline() throws {
    // 100 s in all: ten spans of 10 s.
    let ledger = AttemptLedger(
      attempts: [
        Self.entry(1, "b", second: 0), Self.entry(2, "a", second: 9), Self.entry(3, "b", second: 10),
        Self.entry(4, "a", second: 49, failed: true), Self.entry(5, "a", second: 50), Self.entry(6, "b", second: 99),
      ], commitments: [:])
    let found = try #require(ledger.timeline(spans: 10))
    #expect(found.first.hasSuffix("00:00.000Z") && found.last.hasSuffix("01:40.000Z") && found.milliseconds == 100_000)
    #expect(found.rows.map(\.model) == [ModelID("b"), ModelID("a")])
    #expect(found.rows.map(\.answered) == [[1, 1, 0, 0, 0, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 1, 0, 0, 0, 0]])
    #expect(found.rows.map(\.failed) == [[Int](repeating: 0, count: 10), [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]])
    #expect(AttemptLedger(attempts: [], commitments: [:]).timeline(spans: 10) == nil)
  }
}
