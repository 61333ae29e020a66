import Foundation
import Testing

/// Whole numbers of the command line: each has bounds, its help states them, and what is beyond them is told in one line.
@Suite("Bounds of options")
struct OptionBoundsTests {
  struct Option: Sendable, CustomTestStringConvertible {
    let command: [String]
    let name: String
    let allowed: String
    /// What the help says.
    let help: String
    var testDescription: String { "\(command.joined(separator: " ")) \(name)" }
  }

  private static let options = [
    Option(command: ["channels", "nowhere"], name: "--replicates", allowed: "0 to 10000", help: "up to 10000"),
    Option(command: ["channels", "nowhere"], name: "--nearest", allowed: "1 to 1000000", help: "up to 1000000"),
    Option(command: ["channels", "nowhere"], name: "--top", allowed: "0 to 1000000", help: "up to 1000000"),
    Option(command: ["explain", "nowhere"], name: "--top", allowed: "0 to 1000000", help: "up to 1000000"),
    Option(command: ["review", "nowhere"], name: "--top", allowed: "0 to 1000000", help: "up to 1000000"),
    Option(command: ["tree", "nowhere", "-o", "x"], name: "--replicates", allowed: "0 to 10000", help: "up to 10000"),
    Option(command: ["same", "nowhere"], name: "--permutations", allowed: "19 to 100000", help: "19 to 100000"),
    Option(command: ["simulate", "-o", "x"], name: "--years", allowed: "1 to 1000000", help: "1 to 1000000"),
    Option(command: ["simulate", "-o", "x"], name: "--trials", allowed: "1 to 1000000", help: "1 to 1000000"),
    Option(
      command: ["probes", "expand", "nowhere", "--seed", "1", "-o", "x"], name: "--count", allowed: "1 to 1000000",
      help: "1 to 1000000"),
    Option(command: ["likelihood", "nowhere"], name: "--answers", allowed: "1 to 10000", help: "1 to 10000"),
    Option(command: ["likelihood", "nowhere"], name: "--longest", allowed: "1 to 1000000", help: "1 to 1000000"),
    Option(
      command: ["embed", "nowhere", "--url", "http://127.0.0.1:1/v1", "--model", "m", "-o", "x"], name: "--batch",
      allowed: "1 to 10000", help: "1 to 10000"),
    Option(
      command: ["baseline", "create", "nowhere", "-o", "x"], name: "--sessions", allowed: "3 to 50", help: "3 to 50"),
    Option(
      command: ["cosign", "nowhere", "--key", "k"], name: "--since", allowed: "0 to 1000000000", help: "0 to 1000000000"
    ),
    Option(command: ["check", "nowhere"], name: "--max-calls", allowed: "1 to 1000000000", help: "up to 1000000000"),
    Option(
      command: ["check", "nowhere"], name: "--max-tokens", allowed: "1 to 1000000000000000",
      help: "up to 1000000000000000"),
    Option(command: ["serve", "nowhere"], name: "--port", allowed: "0 to 65535", help: "0 to 65535"),
  ]

  @Test("a number beyond its bounds is refused at once, in one line, with the bounds", arguments: options)
  func bounds(option: Option) throws {
    let upper = try #require(option.allowed.split(separator: " ").last.flatMap { Int($0) })
    for value in [Int.max, upper + 1] {
      let end = try CommandTests.retort(option.command + [option.name, String(value)])
      #expect(end.status == 64, "\(value): \(end.status) \(end.errors)")
      #expect(end.errors.contains("\(option.name) \(value): must be \(option.allowed)"), "\(end.errors)")
      #expect(end.errors.split(separator: "\n").count == 1)
    }
    let words = option.command.prefix { !$0.hasPrefix("-") && $0 != "nowhere" }
    let help = try CommandTests.retort(Array(words) + ["--help"]).output
    #expect(help.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(option.help), "\(help)")
  }
}
