import ArgumentParser
import Cases
import Formats
import Terminal

/// Limits on the command line: each overrides that of the configuration.
struct BudgetOptions: ParsableArguments {
  @Option(help: "Calls that all runs of the case may take together, up to \(Limits.calls.upperBound).")
  var maxCalls: Int?

  @Option(help: "Tokens that all runs of the case may take together, up to \(Limits.budgetTokens.upperBound).")
  var maxTokens: Int?

  @Option(help: "Money that all runs of the case may take together, in the currency of the prices: below a million.")
  var maxCost: String?

  @Option(help: "Time that this run may take, such as 90s, 5m or 2h; up to a year.")
  var maxTime: String?

  @Option(help: ArgumentHelp("Prices of a million tokens (YAML), by model or host.", valueName: "file"))
  var prices: String?

  /// What is given, by its key in a configuration.
  var given: [(key: String, value: String)] {
    [
      ("budget.max_calls", maxCalls.map(String.init)), ("budget.max_tokens", maxTokens.map(String.init)),
      ("budget.max_cost", maxCost), ("budget.max_time", maxTime), ("budget.prices", prices),
    ].compactMap { key, value in value.map { (key, $0) } }
  }

  /// - Throws: `UsageError`, or `FileError` for the price list.
  func budget() throws -> Budget {
    try OptionBounds.check(maxCalls, "--max-calls", in: Limits.calls)
    try OptionBounds.check(maxTokens, "--max-tokens", in: Limits.budgetTokens)
    return Budget(
      maxCalls: maxCalls, maxTokens: maxTokens,
      maxCost: try maxCost.map {
        guard let cost = Cost($0) else {
          throw UsageError.badValue(
            option: "--max-cost", value: $0, expected: "an amount below a million, such as 5 or 2.50")
        }
        return cost
      },
      maxTime: try maxTime.map {
        guard let time = DurationWords.parse($0) else {
          throw UsageError.badValue(
            option: "--max-time", value: $0, expected: "a time up to a year, such as 90s, 5m or 2h")
        }
        return time
      },
      prices: try prices.map { try PriceListReader.read(file: $0) } ?? PriceList())
  }
}
