import Cases
import Formats
import Foundation
import Monitoring
import Probing

/// What people write: configurations, and what they name.
extension FuzzReader {
  static func configurations(_ seeds: SeedFiles) throws -> [FuzzReader] {
    // Files that the configurations of the seeds name.
    let probes = try seeds["probes"]
    try Data(probes[0]).write(to: URL(fileURLWithPath: "\(Workplace.folder)/probes.jsonl"))
    try Data(try seeds["prices"][0]).write(to: URL(fileURLWithPath: "\(Workplace.folder)/prices.yaml"))
    return [
      FuzzReader("case-yaml", seeds: try seeds["case-yaml"]) { bytes in
        let configuration = try CaseConfigurationReader.parse(bytes, file: "\(Workplace.folder)/case.yaml")
        guard Set(configuration.models.map(\.id)).count == configuration.models.count, configuration.timeout > .zero,
          let items = configuration.plannedItems
        else { throw FuzzFault(description: "a configuration that cannot be planned") }
        _ = configuration.measurementProtocol.canonical
        guard items < 2_000 else { return }
        let plan = Plan.items(of: configuration)
        do { _ = try Estimate(of: plan, configuration: configuration).cost } catch is ProbingError { return }
      },
      FuzzReader("check-yaml", file: "check.yaml", seeds: try seeds["check-yaml"]) { file in
        let configuration = try MonitorConfigurationReader.read(file: file)
        _ = configuration.suite.canonical
      },
      FuzzReader("study-yaml", file: "study.yaml", seeds: try seeds["study-yaml"]) {
        _ = try StudyReader.read(file: $0)
      },
      FuzzReader("prices", seeds: try seeds["prices"]) { bytes in
        let prices = try PriceListReader.parse(bytes, file: "prices.yaml")
        let price = prices.price(of: Endpoint(url: "https://api.example.com/v1", model: "gpt-x"))
        _ = price?.cost(prompt: .max, completion: .max).text
      },
      FuzzReader("probes", seeds: probes) { bytes in
        let set = try ProbeSet.parse(bytes, file: "probes.jsonl")
        _ = ProbeSetReview(of: [set, set]).findings.count
        _ = set.probes.map(\.canonicalLine)
      },
      FuzzReader("template", seeds: try seeds["template"]) { bytes in
        for template in try ProbeTemplate.parse(bytes, file: "t.json") {
          _ = try template.expand(seed: 1, count: min(3, template.variants), file: "t.json")
        }
      },
      FuzzReader("words", seeds: try seeds["words"]) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        _ = DurationWords.parse(text)
        _ = Cost(text)?.text
        _ = NetworkTime(text)
        _ = Endpoint.host(of: text)
      },
    ]
  }
}
