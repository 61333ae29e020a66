import ArgumentParser
import CaseFile
import Monitoring

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put retort check to the test: years without a change, and changes of known size.",
    discussion: """
      Endpoints of which everything is known are checked by the very rule that decides a real check. Writes README.md \
      with how many years saw a false alarm, and how often changes were found.
      """)

  @Option(help: "Years without a change, of 52 weekly runs each: \(Limits.words(Limits.simulations)).")
  var years = 2_000

  @Option(help: "Checks of each change, \(Limits.words(Limits.simulations)).")
  var trials = 1_000

  @Option(help: "Seed of all draws.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "Folder for README.md.")
  var output: String

  @Flag(help: "Print the figures as JSON on standard output.")
  var json = false

  func run() throws {
    try OptionBounds.check(years, "--years", in: Limits.simulations)
    try OptionBounds.check(trials, "--trials", in: Limits.simulations)
    try SimulationText(years: years, trials: trials, seed: seed).write(to: output, json: json)
  }
}
