import CaseFile
package import Formats
import Foundation
package import Monitoring

/// The figures of `Reports/check`.
package struct SimulationText {
  private let years: Int
  private let trials: Int
  private let seed: UInt64
  private let own: CheckSimulation.Alarms
  private let shared: CheckSimulation.Alarms
  private let power: [CheckSimulation.Power]

  /// - Parameters:
  ///   - years: series without a change, and `trials` changes of each kind, as they were asked for.
  ///   - own: alarms with a baseline for each series, and `shared` with one for all.
  package init(
    years: Int, trials: Int, seed: UInt64, own: CheckSimulation.Alarms, shared: CheckSimulation.Alarms,
    power: [CheckSimulation.Power]
  ) {
    self.years = years
    self.trials = trials
    self.seed = seed
    self.own = own
    self.shared = shared
    self.power = power
  }

  package var markdown: String {
    let design = CheckSimulation.Design.standard
    func percent(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }
    func row(_ name: String, _ alarms: CheckSimulation.Alarms) -> String {
      """
      | \(name) | \(alarms.series) × \(alarms.runs) | \(alarms.confirmations) | \(alarms.alarms) | \(alarms.withAlarm) | **\(percent(alarms.rate))** (\(percent(alarms.interval.lowerBound)) to \(percent(alarms.interval.upperBound))) |
      """
    }
    let lines =
      [
        "# How often `retort check` is wrong, and what it finds", "",
        """
        Made by `make simulate` (`retort simulate --years \(years) --trials \(trials) --seed \(seed)`): simulated endpoints, the real rule. \
        \(design.peaked) peaked probes (one answer in 97 % of the cases) × \(design.peakedSamples) and \(design.diffuse) diffuse ones (8 answers, Dirichlet ½) × \(design.diffuseSamples), \(design.sessions) sessions for the baseline, at most \(design.maxCalls) calls a check, promise: at most 5 % of all series of 52 runs see a false alarm. \
        Intervals are exact, 95 %.
        """, "",
        "## Years without a change", "",
        "| baseline | years × runs | asked again | alarms | years with an alarm | share |",
        "|---|---|---|---|---|---|", row("one for each year, kept for its 52 runs", own),
        row("one, kept for all", shared), "", "## Changes", "",
        "| change | screened | found in one check | found within four | calls a check |", "|---|---|---|---|---|",
      ]
      + power.map {
        """
        | \($0.change) | \(percent($0.screened)) | **\(percent($0.found))** (\(percent($0.interval.lowerBound)) to \(percent($0.interval.upperBound))) | \(percent($0.foundInFour)) | \(String(format: "%.0f", $0.calls)) |
        """
      } + [
        "", "Each row is \(trials) endpoints, each with a baseline and a change of its own.",
        "Quantisation, temperature and system prompt are stand-ins of the size that their rows name, not real models.",
        "",
      ]
    return lines.joined(separator: "\n")
  }

  package func document(tool: String) -> JSONValue {
    func json(_ alarms: CheckSimulation.Alarms, _ baseline: String) -> JSONValue {
      .object([
        "baseline": .string(baseline), "series": .integer(alarms.series), "runs": .integer(alarms.runs),
        "confirmations": .integer(alarms.confirmations), "alarms": .integer(alarms.alarms),
        "series_with_alarm": .integer(alarms.withAlarm),
        "interval": .array([.number(alarms.interval.lowerBound), .number(alarms.interval.upperBound)]),
      ])
    }
    return .document(
      "retort.simulation/1", tool: tool,
      [
        "seed": .string(String(seed)),
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
