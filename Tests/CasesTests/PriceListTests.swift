import Cases
import Formats
import Testing

@Suite("Prices")
struct PriceListTests {
  private func read(_ yaml: String) throws -> PriceList {
    try PriceListReader.parse(Array(yaml.utf8), file: "prices.yaml")
  }

  private func endpoint(_ model: String, _ url: String = "https://api.example.com/v1") -> Endpoint {
    Endpoint(url: url, model: model)
  }

  @Test("the first entry that fits counts; a star stands for any text; hosts fit with and without scheme")
  func order() throws {
    let list = try read(
      """
      currency: EUR
      prices:
        - {model: gpt-4o-mini*, prompt: 0.15, completion: 0.6}
        - {model: gpt-4o*, host: api.example.com, prompt: 2.5, completion: 10, currency: USD}
        - {host: "http://127.0.0.1*", prompt: 0, completion: 0}
      """)
    #expect(
      list.price(of: endpoint("gpt-4o-mini-2024")) == Price(prompt: 150_000, completion: 600_000, currency: "EUR"))
    #expect(list.price(of: endpoint("gpt-4o"))?.currency == "USD")
    #expect(list.price(of: endpoint("gpt-4o", "https://other.example.com/v1")) == nil)
    #expect(list.price(of: endpoint("x", "http://127.0.0.1:8080/v1"))?.prompt == 0)
    #expect(list.price(of: endpoint("x")) == nil)
  }

  @Test(
    "amounts are exact, and written rounded up",
    arguments: [
      ("5", 5_000_000_000_000, "5.0000"), ("0.1", 100_000_000_000, "0.1000"), ("0.00001", 10_000_000, "0.000010"),
      ("2.123456789012", 2_123_456_789_012, "2.1235"), ("0", 0, "0.0000"),
    ])
  func amounts(text: String, picounits: Int, written: String) throws {
    let cost = try #require(Cost(text))
    #expect(cost.picounits == picounits && cost.text == written)
  }

  @Test(
    "what is no amount is none", arguments: ["", "-1", "1e3", "1,5", ".5", "5.", "1000000", "0.1234567890123", "٣"])
  func noAmount(text: String) { #expect(Cost(text) == nil) }

  @Test("sums that leave the range stay at its end")
  func overflow() {
    let price = Price(prompt: .max, completion: 1, currency: "EUR")
    #expect(price.cost(prompt: 2, completion: 5) == Cost(picounits: .max))
  }

  @Test(
    "mistakes are told with line and column",
    arguments: [
      ("prices: []", ConfigurationDefect.tooFew(field: "prices", found: 0, atLeast: 1)),
      ("prices: [{model: a, prompt: 1, completion: 1}]", .missing(field: "prices[0].currency")),
      ("currency: E\nprices: [{prompt: 1, completion: 1}]", .missing(field: "prices[0].model")),
      ("currency: E\nprices: [{model: a, prompt: 1}]", .missing(field: "prices[0].completion")),
      (
        "currency: E\nprices: [{model: a, prompt: -1, completion: 1}]",
        .wrongType(
          field: "prices[0].prompt",
          expected: "a price below 100000 such as 2.50, with at most 6 digits behind the point")
      ),
      ("currency: E\nprises: []", .unknownKey("prises", nearest: "prices")), ("", .emptyDocument),
    ])
  func defects(yaml: String, defect: ConfigurationDefect) {
    #expect {
      try read(yaml)
    } throws: { error in
      guard case FileError.configuration(_, _, _, let found)? = error as? FileError else { return false }
      return found == defect
    }
  }

  @Test("limits of the command line override those of the file, one by one")
  func overriding() throws {
    let prices = try read("currency: E\nprices: [{model: a, prompt: 1, completion: 1}]")
    let file = Budget(maxCalls: 1, maxTokens: 2, maxCost: Cost("3"), maxTime: .seconds(4), prices: prices)
    #expect(file.overridden(by: Budget()) == file)
    #expect(
      file.overridden(by: Budget(maxCalls: 9))
        == Budget(maxCalls: 9, maxTokens: 2, maxCost: Cost("3"), maxTime: .seconds(4), prices: prices))
    #expect(Budget().overridden(by: file) == file)
  }
}
