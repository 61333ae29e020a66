import ArgumentParser
import Formats
import Monitoring
import Reporting
import Terminal

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Put retort check to the test: years without a change, and changes of known size.",
    discussion: """
      Endpoints of which everything is known are checked by the very rule that decides a real check. \
      Writes README.md with how many years saw a false alarm, and how often changes were found.\(HelpExamples.of("simulate"))
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
    let runs = 52
    let figures = CheckSimulation.World.allCases.map { world in
      let simulation = CheckSimulation(design: .standard.with(world), seed: seed)
      let own = simulation.alarms(series: years, runs: runs, sharesBaseline: false)
      Talk.say(
        "\(world.rawValue): years without a change, a baseline each: \(own.withAlarm) of \(own.series) with an alarm")
      let shared = simulation.alarms(series: years, runs: runs, sharesBaseline: true)
      Talk.say("\(world.rawValue): the same with one baseline: \(shared.withAlarm) of \(shared.series) with an alarm")
      return SimulationText.Figures(
        world: world, own: own, shared: shared, power: simulation.power(trials: trials))
    }
    let text = SimulationText(years: years, trials: trials, seed: seed, figures: figures)
    try FileBytes.write(text.markdown.utf8, to: "\(output)/README.md")
    Talk.say("figures: \(output)/README.md")
    try json ? StandardOutput.json(text.document(tool: Version.tool)) : StandardOutput.write(text.markdown)
  }
}
