import Formats
import TestSupport
import Testing

@Suite("Budgets on the command line")
struct BudgetCommandTests {
  private static let prices = "currency: EUR\nprices: [{host: '127.0.0.1*', prompt: 2, completion: 10}]\n"

  @Test("a dry run tells tokens and cost of each host, and the limits that hold")
  func dryRun() throws {
    let folder = try CommandTests.folder()
    let file = try CommandTests.configuration(port: 9, in: folder, extra: "budget: {max_calls: 7, max_tokens: 5000}")
    try FileBytes.write(Self.prices.utf8, to: "\(folder)/prices.yaml")
    let plain = try CommandTests.retort(["run", file, "--dry-run"])
    #expect(plain.output.contains("cost: unknown (give prices with --prices FILE)"), "\(plain.output)\(plain.errors)")
    let priced = try CommandTests.retort(
      ["run", file, "--dry-run", "--prices", "\(folder)/prices.yaml", "--max-cost", "1.5", "--max-calls", "9"])
    #expect(priced.status == 0, "\(priced.errors)")
    // 18 prompts of 10 tokens, at most 30; answers of at most 40.
    #expect(priced.output.contains("cost: 0.00036 to 0.0083 EUR, about 0.0040"), "\(priced.output)")
    for words in ["budget: 9 calls", "budget: 5000 tokens", "budget: 1.5000 EUR"] {
      #expect(priced.output.contains(words), "\(priced.output)")
    }
    let json = try CommandTests.retort(
      ["run", file, "--dry-run", "--prices", "\(folder)/prices.yaml", "--max-time", "90s", "--json"])
    if IndependentPython.isHere { #expect(try Schemas.violations(of: json.output, "estimate") == "") }
    #expect(JSONValue(parsing: json.output)?["budget"]?["seconds"] == .integer(90))
    #expect(JSONValue(parsing: json.output)?["hosts"]?.array?.first?["cost"]?["currency"]?.string == "EUR")
  }

  @Test("a limit of cost without prices is an error before the run, and no case file is made")
  func unknownPrice() throws {
    let folder = try CommandTests.folder()
    let file = try CommandTests.configuration(port: 9, in: folder)
    let outcome = try CommandTests.retort(["run", file, "--max-cost", "1"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("no price for s, t, a, b, c, d"), "\(outcome.errors)")
    #expect(!FileBytes.exists("\(folder)/case.retort"))
  }

  @Test(
    "values that cannot be are usage errors",
    arguments: [
      (["--max-calls", "0"], "1 to 1000000000"), (["--max-cost", "-1"], "--max-cost"),
      (["--max-cost", "1,5"], "an amount"),
      (["--max-time", "5"], "90s, 5m or 2h"), (["--max-time", "0s"], "90s, 5m or 2h"),
    ])
  func badValues(arguments: [String], words: String) throws {
    let folder = try CommandTests.folder()
    let outcome = try CommandTests.retort(
      ["run", try CommandTests.configuration(port: 9, in: folder), "--dry-run"] + arguments)
    #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
  }
}
