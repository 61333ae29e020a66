package import Formats
import Yams

/// One pass over a document of this format or of a kindred one.
package struct ConfigurationReading {
  let file: String

  package init(file: String) {
    self.file = file
  }

  static let topKeys = [
    "name", "seed", "suspect", "candidates", "cohort", "probes", "samples", "sampling", "budget", "concurrency",
    "timeout", "commission",
  ]
  static let modelKeys = ["model", "endpoint", "developer", "base", "family", "trained_on"]

  func configuration(_ root: Node) throws -> CaseConfiguration {
    let top = try YAMLMapping(root, path: "", file: file, known: Self.topKeys)
    let omitted = try omitted(top)
    let suspect = try model(top.required("suspect"), path: "suspect", omitting: omitted)
    let candidates = try models(top, "candidates", atLeast: 1, omitting: omitted)
    let cohort = try models(top, "cohort", atLeast: 4, omitting: omitted)
    try checkNames([suspect] + candidates + cohort, top)
    let fileName = file.split(separator: "/").last.map(String.init) ?? file
    let ending = [".yaml", ".yml"].first(where: fileName.hasSuffix)?.count ?? 0
    let configuration = CaseConfiguration(
      name: try top.node("name").map { try top.name($0, "name") } ?? String(fileName.dropLast(ending)),
      seed: try top.unsigned("seed") ?? { throw top.error(at: root, .missing(field: "seed")) }(),
      suspect: suspect.model, candidates: candidates.map(\.model), cohort: cohort.map(\.model),
      probeSets: try probeSets(top),
      samples: try top.integer("samples", in: Limits.samples) ?? 1,
      sampling: try sampling(top),
      budget: try budget(top),
      concurrency: try top.integer("concurrency", in: Limits.concurrency) ?? 4,
      timeout: try top.duration("timeout") ?? .seconds(120),
      commission: try commission(top))
    guard configuration.plannedItems != nil else {
      throw top.error(
        at: top.node("probes") ?? root,
        .planTooLarge(models: configuration.models.count, limit: Limits.plannedItems))
    }
    return configuration
  }

  private func commission(_ top: YAMLMapping) throws -> Commission {
    guard let node = top.node("commission") else { return Commission() }
    let fields = try YAMLMapping(node, path: "commission", file: file, known: Commission.keys)
    let alternative = try fields.string("alternative")
    if let alternative, let place = fields.node("alternative"), !Commission.alternatives.contains(alternative) {
      throw fields.error(
        at: place,
        .unknownValue(field: "commission.alternative", value: alternative, known: Commission.alternatives))
    }
    return Commission(
      by: try fields.string("by"), question: try fields.string("question"),
      information: try fields.string("information"), withheld: try fields.string("withheld"),
      conflicts: try fields.string("conflicts"), alternative: alternative)
  }

  private typealias Named = (model: CaseConfiguration.Model, mark: YAMLPosition)

  private func models(
    _ top: YAMLMapping, _ key: String, atLeast least: Int, omitting omitted: Set<SamplingParameter>
  ) throws -> [Named] {
    let node = try top.required(key)
    let nodes = try top.sequence(key) ?? []
    guard nodes.count >= least else {
      throw top.error(at: node, .tooFew(field: key, found: nodes.count, atLeast: least))
    }
    return try nodes.enumerated().map { try model($1, path: "\(key)[\($0)]", omitting: omitted) }
  }

  private func model(_ node: Node, path: String, omitting omitted: Set<SamplingParameter>) throws -> Named {
    let fields = try YAMLMapping(node, path: path, file: file, known: Self.modelKeys)
    let nameNode = try fields.required("model")
    let name = try fields.name(nameNode, fields.field("model"))
    let teachers = try (fields.sequence("trained_on") ?? []).enumerated().map {
      ModelID(try fields.string($1, "\(path).trained_on[\($0)]"))
    }
    let model = CaseConfiguration.Model(
      id: ModelID(name),
      endpoint: try EndpointReader(file: file, omitting: omitted).endpoint(
        fields.required("endpoint"), path: "\(path).endpoint"),
      lineage: Lineage.Entry(
        developer: try fields.string("developer"), base: try fields.string("base"),
        family: try fields.string("family"), teachers: teachers))
    return (model, YAMLPosition(nameNode))
  }

  private func checkNames(_ models: [Named], _ top: YAMLMapping) throws {
    var first: [ModelID: Int] = [:]
    for (model, mark) in models {
      if let line = first.updateValue(mark.line, forKey: model.id) {
        throw top.error(at: mark, .modelNamedTwice(model.id.rawValue, firstLine: line))
      }
    }
  }

  package func probeSets(_ top: YAMLMapping) throws -> [ProbeSet] {
    let node = try top.required("probes")
    let nodes = try top.sequence("probes") ?? []
    guard !nodes.isEmpty else { throw top.error(at: node, .tooFew(field: "probes", found: 0, atLeast: 1)) }
    var firstFile: [PromptID: String] = [:]
    return try nodes.enumerated().map { index, node in
      let path = resolved(try top.string(node, "probes[\(index)]"))
      let set: ProbeSet
      do {
        set = try ProbeSet.read(file: path)
      } catch FileError.unreadable(let file, let reason) {
        throw top.error(at: node, .probeSetUnreadable(file: file, reason: reason))
      }
      for probe in set.probes {
        if let first = firstFile.updateValue(path, forKey: probe.id) {
          throw top.error(at: node, .repeatedProbe(probe.id.rawValue, file: path, firstFile: first))
        }
      }
      return set
    }
  }

  /// The value of a parameter that is left out of all requests.
  private static let omission = "omit"
  private static let samplingKeys = [
    "temperature", "top_p", "max_tokens", "logprobs", "top_logprobs", "prompt_logprobs", "seed", "n", "stream_options",
  ]

  /// Parameters that `sampling` says `omit` of.
  package func omitted(_ top: YAMLMapping) throws -> Set<SamplingParameter> {
    guard let node = top.node("sampling") else { return [] }
    let fields = try YAMLMapping(node, path: "sampling", file: file, known: Self.samplingKeys)
    return Set(SamplingParameter.allCases.filter { isOmitted($0.rawValue, fields) })
  }

  private func isOmitted(_ key: String, _ fields: YAMLMapping) -> Bool {
    guard case .scalar(let scalar)? = fields.node(key) else { return false }
    return scalar.string == Self.omission
  }

  package func sampling(_ top: YAMLMapping, standard: Sampling = Sampling()) throws -> Sampling {
    guard let node = top.node("sampling") else { return standard }
    let fields = try YAMLMapping(node, path: "sampling", file: file, known: Self.samplingKeys)
    func read<Value>(_ key: String, _ read: (String) throws -> Value?) throws -> Value? {
      isOmitted(key, fields) ? nil : try read(key)
    }
    for key in ["seed", "n", "stream_options"] {
      guard let node = fields.node(key), !isOmitted(key, fields) else { continue }
      throw fields.error(at: node, .outOfRange(field: fields.field(key), allowed: Self.omission))
    }
    return Sampling(
      temperature: try read("temperature") { try fields.number($0, in: 0...2) } ?? standard.temperature,
      topP: try read("top_p") { try fields.number($0, in: 0...1) } ?? standard.topP,
      maxTokens: try read("max_tokens") { try fields.integer($0, in: Limits.tokens) } ?? standard.maxTokens,
      logprobs: try read("logprobs") { try fields.bool($0) } ?? standard.logprobs,
      topLogprobs: try fields.integer("top_logprobs", in: Limits.alternatives) ?? standard.topLogprobs,
      promptLogprobs: try fields.bool("prompt_logprobs") ?? standard.promptLogprobs)
  }

  package func budget(_ top: YAMLMapping) throws -> Budget {
    guard let node = top.node("budget") else { return Budget() }
    let fields = try YAMLMapping(
      node, path: "budget", file: file, known: ["max_calls", "max_tokens", "max_cost", "max_time", "prices"])
    return Budget(
      maxCalls: try fields.integer("max_calls", in: Limits.calls),
      maxTokens: try fields.integer("max_tokens", in: Limits.budgetTokens),
      maxCost: try fields.cost("max_cost"), maxTime: try fields.duration("max_time"),
      prices: try fields.string("prices").map { try PriceListReader.read(file: resolved($0)) } ?? PriceList())
  }

  /// A path of the configuration, relative to its folder.
  func resolved(_ path: String) -> String { PathWords.resolved(path, besides: file) }
}
