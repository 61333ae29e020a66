import Cases
import Terminal

/// Dates of release on the command line: `NAME=YYYY-MM-DD`.
enum ReleaseDates {
  static func read(_ stated: [String]) throws -> [ModelID: String] {
    try stated.reduce(into: [:]) { dates, text in
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      let date = String(parts.last ?? "")
      let name = parts.dropLast().joined(separator: "=")
      let numbers = date.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count > 1, !name.isEmpty, numbers.map(\.count) == [4, 2, 2],
        numbers.joined().utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        let month = Int(numbers[1]), let day = Int(numbers[2]), (1...12).contains(month), (1...31).contains(day)
      else {
        throw UsageError.badValue(option: "--released", value: text, expected: "NAME=YYYY-MM-DD")
      }
      dates[ModelID(name)] = date
    }
  }
}
