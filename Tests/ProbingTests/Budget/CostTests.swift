import Cases
import Probing
import Testing

@Suite("Costs")
struct CostTests {
  private let bench: Bench

  init() throws { bench = try Bench() }

  /// Prompts 2 and answers 10 a million, in EUR.
  private static let prices = "currency: EUR\nprices: [{model: '*', prompt: 2, completion: 10}]"

  private func prices(_ yaml: String = CostTests.prices) throws -> PriceList {
    try PriceListReader.parse(Array(yaml.utf8), file: "prices.yaml")
  }

  @Test("money is reserved before a call: the limit holds even if every answer is as long as it may be")
  func limit() async throws {
    // An answer of the server takes 5 prompt tokens and 3 of its own: 40 µEUR. At worst 44 and 20: 288 µEUR.
    let limit = try #require(Cost("0.0006"))
    try await FaultServer.run(answering: { _ in .answer() }) { port, log in
      let budget = Budget(maxCost: limit, prices: try prices())
      let result = try await bench.run(try bench.configuration(port: port, budget: budget))
      #expect(result.stop == .budget(.cost(limit)))
      #expect(result.cost <= limit && result.answered == log.requests.count)
      #expect(result.cost == Cost(picounits: 40_000_000 * result.answered))
      // 7 answers leave 320 µEUR, 8 leave 280: the ninth is not asked.
      #expect(result.answered == 8)
      let again = try await bench.run(try bench.configuration(port: port, budget: budget))
      #expect(again.stop == .budget(.cost(limit)) && log.requests.count == 8, "earlier runs count")
      let larger = Budget(maxCost: Cost("1"), prices: try prices())
      #expect(try await bench.run(try bench.configuration(port: port, budget: larger)).stop == .complete)
    }
  }

  @Test("an unknown price and two currencies are errors before anything is asked, and before anything is planned")
  func unknown() async throws {
    try await FaultServer.run(answering: { _ in .answer() }) { port, log in
      for (yaml, error) in [
        (
          "currency: EUR\nprices: [{model: '[st]', prompt: 1, completion: 1}]",
          ProbingError.priceUnknown(["s", "t", "a", "b", "c", "d"].map { ModelID($0) })
        ),
        (
          "currency: EUR\nprices: [{model: s, prompt: 1, completion: 1, currency: USD}, {host: '127.*', prompt: 1, completion: 1}]",
          .currenciesDiffer(["EUR", "USD"])
        ),
      ] {
        let configuration = try bench.configuration(
          port: port, budget: Budget(maxCost: Cost("1"), prices: try prices(yaml)))
        await #expect(throws: error) { try await bench.run(configuration) }
        #expect(throws: error) { try Estimate(of: Plan.items(of: configuration), configuration: configuration) }
      }
      #expect(log.requests.isEmpty)
    }
  }

  @Test("the estimate of a host is the sum of its calls; one unknown price makes it unknown")
  func estimate() throws {
    let known = try bench.configuration(port: 1, budget: Budget(prices: try prices()))
    let estimate = try Estimate(of: Plan.items(of: known), configuration: known)
    // 24 calls; prompts of 18 tokens (8 + 3 and 4 + 3), at most 44; answers of 0, 10 and 20.
    let cost = try #require(estimate.cost)
    #expect(cost.currency == "EUR")
    #expect(cost.range.low.picounits == 24 * 18 * 2_000_000)
    #expect(cost.range.expected.picounits == 24 * (18 * 2_000_000 + 10 * 10_000_000))
    #expect(cost.range.worst.picounits == 24 * (44 * 2_000_000 + 20 * 10_000_000))
    let partly = try bench.configuration(
      port: 1, ports: ["d": 2],
      budget: Budget(prices: try prices("currency: EUR\nprices: [{host: '*:1', prompt: 2, completion: 10}]")))
    let unknown = try Estimate(of: Plan.items(of: partly), configuration: partly)
    #expect(unknown.cost == nil && unknown.hosts["http://127.0.0.1:2"]?.cost == nil)
    #expect(unknown.hosts["http://127.0.0.1:1"]?.cost != nil)
  }
}
