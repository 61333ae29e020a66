import Cases
import Formats
import Yams

/// Reads `check.yaml`. Every mistake is reported with its file, line and column; nothing is guessed and no key ignored.
package enum MonitorConfigurationReader {
  private static let keys = [
    "name", "seed", "endpoint", "probes", "samples", "sampling", "false_alarms", "floor", "budget", "concurrency",
    "timeout", "outcomes", "expect", "quarantine", "endpoints", "key", "form", "limits",
  ]
  static let attemptsKey = "max_attempts"

  /// - Parameter name: of the endpoint, where the file has several.
  /// - Throws: `FileError`; `.configuration` for what is wrong in the file itself; `MonitoringError.noSuchEndpoint`.
  package static func read(file: String, named name: String? = nil) throws -> MonitorConfiguration {
    let all = try self.all(file: file)
    if all.count == 1 { return all[0] }
    guard let own = all.first(where: { $0.name == name }) else {
      throw MonitoringError.noSuchEndpoint(name ?? "", file: file, known: all.map(\.name))
    }
    return own
  }

  /// One for each endpoint; several share the bound on false alarms.
  package static func all(file: String) throws -> [MonitorConfiguration] {
    let root = try YAMLDocument.root(FileBytes.read(file), file: file)
    let top = try YAMLMapping(root, path: "", file: file, known: keys)
    let endpoints = try endpoints(top, ConfigurationReading(file: file))
    return try endpoints.map { try configuration(top, root, of: $0.endpoint, named: $0.name, among: endpoints.count) }
  }

  private static func configuration(
    _ top: YAMLMapping, _ root: Node, of endpoint: Endpoint, named name: String?, among endpoints: Int
  ) throws -> MonitorConfiguration {
    let reading = ConfigurationReading(file: top.file)
    let fileName = top.file.split(separator: "/").last.map(String.init) ?? top.file
    let ending = [".yaml", ".yml"].first(where: fileName.hasSuffix)?.count ?? 0
    let probeSets = try reading.probeSets(top)
    let probes = probeSets.flatMap(\.probes)
    let configuration = MonitorConfiguration(
      name: try name ?? top.node("name").map { try top.name($0, "name") } ?? String(fileName.dropLast(ending)),
      seed: try top.unsigned("seed") ?? 1, endpoint: endpoint, probeSets: probeSets,
      samples: try top.integer("samples", in: Limits.watchedSamples) ?? 8,
      sampling: try reading.sampling(top, standard: MonitorConfiguration.standardSampling),
      falseAlarms: try falseAlarms(top, among: endpoints), floors: try floors(top),
      budget: Budget(maxCalls: MonitorConfiguration.standardCalls).overridden(
        by: try reading.budget(top, alsoKnown: [attemptsKey])),
      maxAttempts: try maxAttempts(top),
      concurrency: try top.integer("concurrency", in: Limits.concurrency) ?? 4,
      timeout: try top.duration("timeout") ?? .seconds(60), gatesOutcomes: try gates(top, "outcomes"),
      expectations: try expectations(top, probes), quarantine: try quarantine(top, probes),
      readings: try readings(top, probes), gatesForm: try gates(top, "form"), limits: try limits(top))
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

  /// `gate`, or `tell`, which is what happens anyway.
  private static func gates(_ top: YAMLMapping, _ key: String) throws -> Bool {
    guard let node = top.node(key) else { return false }
    let word = try top.string(node, key)
    guard ["gate", "tell"].contains(word) else {
      throw top.error(at: node, .wrongType(field: key, expected: "gate or tell"))
    }
    return word == "gate"
  }

  /// Probes by their ids; not all of them.
  private static func quarantine(_ top: YAMLMapping, _ probes: [Probe]) throws -> Set<PromptID> {
    guard let node = top.node("quarantine") else { return [] }
    guard case .sequence(let entries) = node else {
      throw top.error(at: node, .wrongType(field: "quarantine", expected: "a list of probes"))
    }
    let known = Set(probes.map(\.id))
    var ids: Set<PromptID> = []
    for entry in entries {
      let id = PromptID(try top.string(entry, "quarantine"))
      guard known.contains(id) else {
        throw top.error(at: entry, .wrongType(field: "quarantine", expected: "a probe that is asked"))
      }
      ids.insert(id)
    }
    guard ids.count < known.count else {
      throw top.error(at: node, .wrongType(field: "quarantine", expected: "not all of the probes"))
    }
    return ids
  }

  private static func maxAttempts(_ top: YAMLMapping) throws -> Int? {
    guard let node = top.node("budget") else { return nil }
    let fields = try YAMLMapping(
      node, path: "budget", file: top.file, known: ConfigurationReading.budgetKeys + [attemptsKey])
    return try fields.integer(attemptsKey, in: Limits.calls)
  }

  /// Each of several endpoints has its part of the bound.
  private static func falseAlarms(
    _ top: YAMLMapping, among endpoints: Int
  ) throws -> MonitorConfiguration.FalseAlarms {
    let all = try falseAlarms(top)
    let own = MonitorConfiguration.FalseAlarms(atMost: all.atMost / Double(endpoints), runs: all.runs)
    guard own.isWithinLimits else {
      throw top.error(
        at: try top.required(top.node("false_alarms") == nil ? "endpoints" : "false_alarms"),
        .outOfRange(field: "false_alarms.at_most divided by its runs and the endpoints", allowed: "0.00001 or more"))
    }
    return own
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
