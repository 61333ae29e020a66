import CaseFile
package import Formats
import Foundation
package import Monitoring

/// The figures of `Reports/check`.
package struct SimulationText {
  /// What came of one world of endpoints.
  package struct Figures {
    package let world: CheckSimulation.World
    /// With a baseline for each series.
    package let own: CheckSimulation.Alarms
    /// With one for all.
    package let shared: CheckSimulation.Alarms
    package let power: [CheckSimulation.Power]

    package init(
      world: CheckSimulation.World, own: CheckSimulation.Alarms, shared: CheckSimulation.Alarms,
      power: [CheckSimulation.Power]
    ) {
      self.world = world
      self.own = own
      self.shared = shared
      self.power = power
    }
  }

  private let years: Int
  private let trials: Int
  private let seed: UInt64
  private let figures: [Figures]

  /// - Parameter years: series without a change, and `trials` changes of each kind, as they were asked for.
  package init(years: Int, trials: Int, seed: UInt64, figures: [Figures]) {
    self.years = years
    self.trials = trials
    self.seed = seed
    self.figures = figures
  }

  package var markdown: String {
    let design = CheckSimulation.Design.standard
    func percent(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }
    func row(_ name: String, _ alarms: CheckSimulation.Alarms) -> String {
      """
      | \(name) | \(alarms.series) × \(alarms.runs) | \(alarms.confirmations) | \(alarms.alarms) | \(alarms.withAlarm) | **\(percent(alarms.rate))** (\(percent(alarms.interval.lowerBound)) to \(percent(alarms.interval.upperBound))) | \(String(format: "%.0f", alarms.calls)) |
      """
    }
    var lines = [
      "# How often `retort check` is wrong, and what it finds", "",
      """
      Made by `make simulate` (`retort simulate --years \(years) --trials \(trials) --seed \(seed)`): simulated endpoints, the real rule. \
      \(design.peaked) peaked probes (one answer in 97 % of the cases and more) × \(design.peakedSamples) and \(design.diffuse) diffuse ones × \(design.diffuseSamples), \(design.sessions) sessions for the baseline, at most \(design.maxCalls) answers a check, promise: at most 5 % of all series of 52 runs see a false alarm. \
      Intervals are exact, 95 %.
      """, "",
    ]
    for figures in figures {
      lines += [
        "## Diffuse probes with \(figures.world.rawValue)", "",
      ]
      if let border = Self.border(design.with(figures.world)) { lines += [border, ""] }
      lines += [
        "| years without a change: the baseline | years × runs | asked again | alarms | years with an alarm | share | calls a check |",
        "|---|---|---|---|---|---|---|", row("one for each year, kept for its 52 runs", figures.own),
        row("one, kept for all", figures.shared), "",
        "| change | screened | found in one check | found within four | calls a check |", "|---|---|---|---|---|",
      ]
      lines += figures.power.map {
        """
        | \($0.change) | \(percent($0.screened)) | **\(percent($0.found))** (\(percent($0.interval.lowerBound)) to \(percent($0.interval.upperBound))) | \(percent($0.foundInFour)) | \(String(format: "%.0f", $0.calls)) |
        """
      }
      lines.append("")
    }
    lines += [
      "Each row of changes is \(trials) endpoints, each with a baseline and a change of its own.",
      "Quantisation, temperature and system prompt are stand-ins of the size that their rows name, not real models.",
      "",
    ]
    return lines.joined(separator: "\n")
  }

  /// What a world with border inputs is like; nil for one without.
  private static func border(_ design: CheckSimulation.Design) -> String? {
    guard design.border > 0 else { return nil }
    return """
      \(design.diffuse) diffuse probes × \(design.diffuseSamples) and \(design.border) border inputs × \(design.borderSamples), found among 3,000 candidates by 2 answers each and 10 more where they differ. \
      The noise of a request is 0.05 on the gap of the two logits, what a session adds to it for all its requests 0.02; noise on all log-probabilities is on both logits.
      """
  }

  package func document(tool: String) -> JSONValue {
    func json(_ alarms: CheckSimulation.Alarms, _ baseline: String, _ world: CheckSimulation.World) -> JSONValue {
      .object([
        "world": .string(world.rawValue), "baseline": .string(baseline), "series": .integer(alarms.series),
        "runs": .integer(alarms.runs), "confirmations": .integer(alarms.confirmations),
        "alarms": .integer(alarms.alarms), "series_with_alarm": .integer(alarms.withAlarm),
        "calls": .number(alarms.calls),
        "interval": .array([.number(alarms.interval.lowerBound), .number(alarms.interval.upperBound)]),
      ])
    }
    return .document(
      "retort.simulation/1", tool: tool,
      [
        "seed": .string(String(seed)),
        "false_alarms": .array(
          figures.flatMap { [json($0.own, "one a series", $0.world), json($0.shared, "one for all", $0.world)] }),
        "power": .array(
          figures.flatMap { figures in
            figures.power.map {
              .object([
                "world": .string(figures.world.rawValue), "change": .string($0.change), "trials": .integer($0.trials),
                "screened": .number($0.screened), "found": .number($0.found), "found_in_four": .number($0.foundInFour),
                "calls": .number($0.calls),
                "interval": .array([.number($0.interval.lowerBound), .number($0.interval.upperBound)]),
              ])
            }
          }),
      ])
  }
}
