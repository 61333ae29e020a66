import CaseFile
package import Cases
package import Formats

/// What `retort init` wrote, and what comes next.
package enum DraftText {
  package static func lines(
    _ file: String, _ probes: String, _ configuration: CaseConfiguration, forecast: ForecastText
  ) -> [String] {
    let keys = Set(
      configuration.models.compactMap { model -> String? in
        if case .environment(let name)? = model.endpoint.key { return name }
        return nil
      }
    ).sorted()
    let calls = configuration.plannedItems ?? 0
    return [
      "wrote \(file) and used the probes of \(probes): \(calls) calls, to \(configuration.models.count) of \(configuration.members.count) models"
    ] + forecast.lines + keys.map { "export \($0)=…" } + [
      """
      next: state developer and base of each model in \(file)\(configuration.recorded.isEmpty ? "" : " and in the lineage.csv of recorded answers"), then
      """,
      "  retort doctor \(ShellWord.quoted(file))",
      "  retort run \(ShellWord.quoted(file)) --dry-run",
      "  retort run \(ShellWord.quoted(file))",
    ]
  }

  package static func checkLines(_ file: String, _ probes: String) -> [String] {
    [
      "wrote \(file) and \(probes)",
      "next:",
      "  retort baseline create \(ShellWord.quoted(file)) --gap 6h -o baseline.json",
      "  retort baseline approve baseline.json --by NAME --reason TEXT",
      "  retort check baseline.json",
    ]
  }

  package static func document(_ file: String, _ probes: String, forecast: ForecastText?, tool: String) -> JSONValue {
    .compactDocument(
      "retort.draft/1", tool: tool,
      [
        "configuration": .string(file), "probes": .string(probes), "forecast": forecast?.json ?? .null,
      ])
  }
}
