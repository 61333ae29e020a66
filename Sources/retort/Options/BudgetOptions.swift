import ArgumentParser
import Cases
import Formats

/// Limits on the command line: each overrides that of the configuration.
struct BudgetOptions: ParsableArguments {
  @Option(help: "Calls that all runs of the case may take together.")
  var maxCalls: Int?

  @Option(help: "Tokens that all runs of the case may take together.")
  var maxTokens: Int?

  @Option(help: "Money that all runs of the case may take together, in the currency of the prices.")
  var maxCost: String?

  @Option(help: "Time that this run may take, such as 90s, 5m or 2h.")
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
    func positive(_ value: Int?, _ option: String) throws -> Int? {
      guard let value else { return nil }
      guard value >= 1 else { throw UsageError.badValue(option: option, value: "\(value)", expected: "1 or more") }
      return value
    }
    return Budget(
      maxCalls: try positive(maxCalls, "--max-calls"), maxTokens: try positive(maxTokens, "--max-tokens"),
      maxCost: try maxCost.map {
        guard let cost = Cost($0) else {
          throw UsageError.badValue(option: "--max-cost", value: $0, expected: "an amount such as 5 or 2.50")
        }
        return cost
      },
      maxTime: try maxTime.map {
        guard let time = DurationWords.parse($0) else {
          throw UsageError.badValue(option: "--max-time", value: $0, expected: "a time such as 90s, 5m or 2h")
        }
        return time
      },
      prices: try prices.map { try PriceListReader.read(file: $0) } ?? PriceList())
  }
}
