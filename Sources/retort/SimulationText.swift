import CaseFile
import Foundation
import Monitoring

/// `retort simulate`: the figures of `Reports/check`.
struct SimulationText {
  let years: Int
  let trials: Int
  let seed: UInt64

  private static let runs = 52

  func write(to folder: String, json: Bool) throws {
    let simulation = CheckSimulation(seed: seed)
    let own = simulation.alarms(series: years, runs: Self.runs, sharesBaseline: false)
    Talk.say("years without a change, a baseline each: \(own.withAlarm) of \(own.series) with an alarm")
    let shared = simulation.alarms(series: years, runs: Self.runs, sharesBaseline: true)
    Talk.say("the same with one baseline: \(shared.withAlarm) of \(shared.series) with an alarm")
    let power = simulation.power(trials: trials)
    try FileBytes.write(markdown(own, shared, power).utf8, to: "\(folder)/README.md")
    Talk.say("figures: \(folder)/README.md")
    if json {
      try StandardOutput.json(document(own, shared, power))
    } else {
      try StandardOutput.write(markdown(own, shared, power))
    }
  }

  private func markdown(
    _ own: CheckSimulation.Alarms, _ shared: CheckSimulation.Alarms, _ power: [CheckSimulation.Power]
  ) -> String {
    let design = CheckSimulation.Design.standard
    func percent(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }
    func row(_ name: String, _ alarms: CheckSimulation.Alarms) -> String {
      "| \(name) | \(alarms.series) × \(alarms.runs) | \(alarms.confirmations) | \(alarms.alarms) | \(alarms.withAlarm) | "
        + "**\(percent(alarms.rate))** (\(percent(alarms.interval.lowerBound)) to \(percent(alarms.interval.upperBound))) |"
    }
    let lines =
      [
        "# How often `retort check` is wrong, and what it finds", "",
        "Made by `make simulate` (`retort simulate --years \(years) --trials \(trials) --seed \(seed)`): simulated endpoints, the real rule. "
          + "\(design.peaked) peaked probes (one answer in 97 % of the cases) × \(design.peakedSamples) and \(design.diffuse) diffuse ones "
          + "(8 answers, Dirichlet ½) × \(design.diffuseSamples), \(design.sessions) sessions for the baseline, at most \(design.maxCalls) calls a "
          + "check, promise: at most 5 % of all series of 52 runs see a false alarm. Intervals are exact, 95 %.", "",
        "## Years without a change", "",
        "| baseline | years × runs | asked again | alarms | years with an alarm | share |",
        "|---|---|---|---|---|---|", row("one for each year, kept for its 52 runs", own),
        row("one, kept for all", shared), "", "## Changes", "",
        "| change | screened | found in one check | found within four | calls a check |", "|---|---|---|---|---|",
      ]
      + power.map {
        "| \($0.change) | \(percent($0.screened)) | **\(percent($0.found))** (\(percent($0.interval.lowerBound)) to "
          + "\(percent($0.interval.upperBound))) | \(percent($0.foundInFour)) | \(String(format: "%.0f", $0.calls)) |"
      } + [
        "", "Each row is \(trials) endpoints, each with a baseline and a change of its own.",
        "Quantisation, temperature and system prompt are stand-ins of the size that their rows name, not real models.",
        "",
      ]
    return lines.joined(separator: "\n")
  }

  private func document(
    _ own: CheckSimulation.Alarms, _ shared: CheckSimulation.Alarms, _ power: [CheckSimulation.Power]
  ) -> JSONValue {
    func json(_ alarms: CheckSimulation.Alarms, _ baseline: String) -> JSONValue {
      .object([
        "baseline": .string(baseline), "series": .integer(alarms.series), "runs": .integer(alarms.runs),
        "confirmations": .integer(alarms.confirmations), "alarms": .integer(alarms.alarms),
        "series_with_alarm": .integer(alarms.withAlarm),
        "interval": .array([.number(alarms.interval.lowerBound), .number(alarms.interval.upperBound)]),
      ])
    }
    return .object([
      "schema": .string("retort.simulation/1"), "tool": .string(Version.tool), "seed": .string(String(seed)),
      "false_alarms": .array([json(own, "one a series"), json(shared, "one for all")]),
      "power": .array(
        power.map {
          .object([
            "change": .string($0.change), "trials": .integer($0.trials), "screened": .number($0.screened),
            "found": .number($0.found), "found_in_four": .number($0.foundInFour), "calls": .number($0.calls),
            "interval": .array([.number($0.interval.lowerBound), .number($0.interval.upperBound)]),
          ])
        }),
    ])
  }
}
