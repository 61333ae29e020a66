import Cases
import Formats
import Yams

/// Reads `check.yaml`. Every mistake is reported with its file, line and column; nothing is guessed and no key ignored.
package enum MonitorConfigurationReader {
  private static let keys = [
    "name", "seed", "endpoint", "probes", "samples", "sampling", "false_alarms", "floor", "budget", "concurrency",
    "timeout",
  ]

  /// - Throws: `FileError`; `.configuration` for what is wrong in the file itself.
  package static func read(file: String) throws -> MonitorConfiguration {
    let root = try YAMLDocument.root(FileBytes.read(file), file: file)
    let reading = ConfigurationReading(file: file)
    let top = try YAMLMapping(root, path: "", file: file, known: keys)
    let fileName = file.split(separator: "/").last.map(String.init) ?? file
    let ending = [".yaml", ".yml"].first(where: fileName.hasSuffix)?.count ?? 0
    let configuration = MonitorConfiguration(
      name: try top.node("name").map { try top.name($0, "name") } ?? String(fileName.dropLast(ending)),
      seed: try top.unsigned("seed") ?? 1,
      endpoint: try EndpointReader(file: file, omitting: reading.omitted(top)).endpoint(
        top.required("endpoint"), path: "endpoint"),
      probeSets: try reading.probeSets(top), samples: try top.integer("samples", in: Limits.watchedSamples) ?? 8,
      sampling: try reading.sampling(top, standard: MonitorConfiguration.standardSampling),
      falseAlarms: try falseAlarms(top), floors: try floors(top),
      budget: Budget(maxCalls: MonitorConfiguration.standardCalls).overridden(by: try reading.budget(top)),
      concurrency: try top.integer("concurrency", in: Limits.concurrency) ?? 4,
      timeout: try top.duration("timeout") ?? .seconds(60))
    for probe in configuration.probes where !Limits.watchedSamples.contains(max(4, configuration.samples(of: probe))) {
      throw top.error(
        at: top.node("probes") ?? root,
        .outOfRange(field: "samples of the probe \(probe.id)", allowed: Limits.words(Limits.watchedSamples)))
    }
    let answers = configuration.probeSets.flatMap(\.probes).reduce(0) { $0 + ($1.samples ?? configuration.samples) }
    guard answers <= Limits.plannedItems else {
      throw top.error(at: top.node("probes") ?? root, .planTooLarge(models: 1, limit: Limits.plannedItems))
    }
    return configuration
  }

  private static func falseAlarms(_ top: YAMLMapping) throws -> MonitorConfiguration.FalseAlarms {
    let standard = MonitorConfiguration.FalseAlarms()
    guard let node = top.node("false_alarms") else { return standard }
    let fields = try YAMLMapping(node, path: "false_alarms", file: top.file, known: ["at_most", "per"])
    let atMost = try fields.number("at_most", in: 0.0001...0.5) ?? standard.atMost
    guard let perNode = fields.node("per") else {
      return try checked(MonitorConfiguration.FalseAlarms(atMost: atMost, runs: standard.runs), fields, node)
    }
    let words = try fields.string(perNode, fields.field("per")).split(separator: " ")
    guard words.count == 2, ["run", "runs"].contains(words[1]), let runs = Int(words[0]), (1...10_000).contains(runs)
    else {
      throw fields.error(
        at: perNode, .wrongType(field: fields.field("per"), expected: "a number of runs such as 52 runs"))
    }
    return try checked(MonitorConfiguration.FalseAlarms(atMost: atMost, runs: runs), fields, node)
  }

  /// The permutations that a confirmation needs grow as the level falls.
  private static func checked(
    _ alarms: MonitorConfiguration.FalseAlarms, _ fields: YAMLMapping, _ node: Node
  ) throws -> MonitorConfiguration.FalseAlarms {
    guard alarms.isWithinLimits else {
      throw fields.error(
        at: node,
        .outOfRange(field: "false_alarms.at_most divided by its runs", allowed: "0.00001 or more"))
    }
    return alarms
  }

  private static func floors(_ top: YAMLMapping) throws -> MonitorConfiguration.Floors {
    let standard = MonitorConfiguration.Floors()
    guard let node = top.node("floor") else { return standard }
    let fields = try YAMLMapping(node, path: "floor", file: top.file, known: ["answers", "logprobs"])
    return MonitorConfiguration.Floors(
      answers: try fields.number("answers", in: 0...1) ?? standard.answers,
      logprobs: try fields.number("logprobs", in: 0...10) ?? standard.logprobs)
  }
}
