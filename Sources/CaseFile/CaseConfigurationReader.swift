import Yams

/// Reads `case.yaml`. Every mistake is reported with its file, line and column; nothing is guessed and no key ignored.
package enum CaseConfigurationReader {
  /// - Throws: `CaseFileError`; `.configuration` for what is wrong in the file itself.
  package static func read(file: String) throws -> CaseConfiguration {
    try parse(FileBytes.read(file), file: file)
  }

  /// - Parameter file: names the text in errors; paths in the configuration are relative to its folder.
  package static func parse(_ bytes: [UInt8], file: String) throws -> CaseConfiguration {
    try Reading(file: file).configuration(YAMLDocument.root(bytes, file: file))
  }
}

/// One pass over a document of this format or of a kindred one.
struct Reading {
  let file: String

  static let topKeys = [
    "name", "seed", "suspect", "candidates", "cohort", "probes", "samples", "sampling", "budget", "concurrency",
    "timeout",
  ]
  static let modelKeys = ["model", "endpoint", "developer", "base", "family", "trained_on"]
  static let endpointKeys = [
    "url", "model", "dialect", "key_env", "key_file", "token_limit_field", "concurrency", "api_version",
    "provider",
  ]

  func configuration(_ root: Node) throws -> CaseConfiguration {
    let top = try YAMLMapping(root, path: "", file: file, known: Self.topKeys)
    let suspect = try model(top.required("suspect"), path: "suspect")
    let candidates = try models(top, "candidates", atLeast: 1)
    let cohort = try models(top, "cohort", atLeast: 4)
    try checkNames([suspect] + candidates + cohort, top)
    let fileName = file.split(separator: "/").last.map(String.init) ?? file
    let ending = [".yaml", ".yml"].first(where: fileName.hasSuffix)?.count ?? 0
    return CaseConfiguration(
      name: try top.string("name") ?? String(fileName.dropLast(ending)),
      seed: try top.unsigned("seed") ?? { throw top.error(at: root, .missing(field: "seed")) }(),
      suspect: suspect.model, candidates: candidates.map(\.model), cohort: cohort.map(\.model),
      probeSets: try probeSets(top),
      samples: try top.integer("samples", atLeast: 1) ?? 1,
      sampling: try sampling(top),
      budget: try budget(top),
      concurrency: try top.integer("concurrency", atLeast: 1) ?? 4,
      timeout: try top.duration("timeout") ?? .seconds(120))
  }

  private typealias Named = (model: CaseConfiguration.Model, mark: YAMLPosition)

  private func models(_ top: YAMLMapping, _ key: String, atLeast least: Int) throws -> [Named] {
    let node = try top.required(key)
    let nodes = try top.sequence(key) ?? []
    guard nodes.count >= least else {
      throw top.error(at: node, .tooFew(field: key, found: nodes.count, atLeast: least))
    }
    return try nodes.enumerated().map { try model($1, path: "\(key)[\($0)]") }
  }

  private func model(_ node: Node, path: String) throws -> Named {
    let fields = try YAMLMapping(node, path: path, file: file, known: Self.modelKeys)
    let nameNode = try fields.required("model")
    let name = try fields.string(nameNode, fields.field("model"))
    let teachers = try (fields.sequence("trained_on") ?? []).enumerated().map {
      ModelID(try fields.string($1, "\(path).trained_on[\($0)]"))
    }
    let model = CaseConfiguration.Model(
      id: ModelID(name), endpoint: try endpoint(fields.required("endpoint"), path: "\(path).endpoint"),
      lineage: Lineage.Entry(
        developer: try fields.string("developer"), base: try fields.string("base"),
        family: try fields.string("family"), teachers: teachers))
    return (model, YAMLPosition(nameNode))
  }

  func endpoint(_ node: Node, path: String) throws -> Endpoint {
    let fields = try YAMLMapping(node, path: path, file: file, known: Self.endpointKeys)
    let urlNode = try fields.required("url")
    var url = try fields.string(urlNode, fields.field("url"))
    while url.hasSuffix("/") { url.removeLast() }
    guard Endpoint.host(of: url) != nil else { throw fields.error(at: urlNode, .badURL(field: fields.field("url"))) }
    var key: Endpoint.KeyReference?
    if let keyNode = fields.node("key_env") {
      let name = try fields.string(keyNode, fields.field("key_env"))
      guard isVariableName(name) else { throw fields.error(at: keyNode, .literalKey(field: fields.field("key_env"))) }
      key = .environment(name)
    }
    if let keyNode = fields.node("key_file") {
      guard key == nil else { throw fields.error(at: keyNode, .conflictingKeys("key_env", "key_file")) }
      key = .file(resolved(try fields.string(keyNode, fields.field("key_file"))))
    }
    return Endpoint(
      url: url, model: try fields.requiredString("model"),
      dialect: try fields.choice("dialect", of: Endpoint.DialectName.self) ?? .openAIChat, key: key,
      tokenLimitField: try fields.choice("token_limit_field", of: Endpoint.TokenLimitField.self) ?? .maxTokens,
      concurrency: try fields.integer("concurrency", atLeast: 1), apiVersion: try apiVersion(fields),
      provider: try fields.string("provider"))
  }

  /// It goes into the URL: letters, digits, `.` and `-` only.
  private func apiVersion(_ fields: YAMLMapping) throws -> String? {
    guard let node = fields.node("api_version") else { return nil }
    let version = try fields.string(node, fields.field("api_version"))
    guard !version.isEmpty, version.utf8.allSatisfy({ $0 < 0x80 }),
      version.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" })
    else {
      throw fields.error(
        at: node, .outOfRange(field: fields.field("api_version"), allowed: "letters, digits, . and -"))
    }
    return version
  }

  /// Upper case, digits and `_`, as names of variables are; keys have lower-case letters or `-`.
  private func isVariableName(_ name: String) -> Bool {
    name.utf8.allSatisfy {
      ($0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z")) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
        || $0 == UInt8(ascii: "_")
    } && !(name.utf8.first.map { $0 <= UInt8(ascii: "9") } ?? true)
  }

  private func checkNames(_ models: [Named], _ top: YAMLMapping) throws {
    var first: [ModelID: Int] = [:]
    for (model, mark) in models {
      if let line = first.updateValue(mark.line, forKey: model.id) {
        throw top.error(at: mark, .modelNamedTwice(model.id, firstLine: line))
      }
    }
  }

  func probeSets(_ top: YAMLMapping) throws -> [ProbeSet] {
    let node = try top.required("probes")
    let nodes = try top.sequence("probes") ?? []
    guard !nodes.isEmpty else { throw top.error(at: node, .tooFew(field: "probes", found: 0, atLeast: 1)) }
    var firstFile: [PromptID: String] = [:]
    return try nodes.enumerated().map { index, node in
      let path = resolved(try top.string(node, "probes[\(index)]"))
      let set: ProbeSet
      do {
        set = try ProbeSet.read(file: path)
      } catch CaseFileError.unreadable(let file, let reason) {
        throw top.error(at: node, .probeSetUnreadable(file: file, reason: reason))
      }
      for probe in set.probes {
        if let first = firstFile.updateValue(path, forKey: probe.id) {
          throw top.error(at: node, .repeatedProbe(probe.id, file: path, firstFile: first))
        }
      }
      return set
    }
  }

  func sampling(_ top: YAMLMapping, standard: Sampling = Sampling()) throws -> Sampling {
    guard let node = top.node("sampling") else { return standard }
    let fields = try YAMLMapping(
      node, path: "sampling", file: file, known: ["temperature", "top_p", "max_tokens", "logprobs"])
    return Sampling(
      temperature: try fields.number("temperature", in: 0...2) ?? standard.temperature,
      topP: try fields.number("top_p", in: 0...1) ?? standard.topP,
      maxTokens: try fields.integer("max_tokens", atLeast: 1) ?? standard.maxTokens,
      logprobs: try fields.bool("logprobs") ?? standard.logprobs)
  }

  func budget(_ top: YAMLMapping) throws -> Budget {
    guard let node = top.node("budget") else { return Budget() }
    let fields = try YAMLMapping(
      node, path: "budget", file: file, known: ["max_calls", "max_tokens", "max_cost", "max_time", "prices"])
    return Budget(
      maxCalls: try fields.integer("max_calls", atLeast: 1), maxTokens: try fields.integer("max_tokens", atLeast: 1),
      maxCost: try fields.cost("max_cost"), maxTime: try fields.duration("max_time"),
      prices: try fields.string("prices").map { try PriceListReader.read(file: resolved($0)) } ?? PriceList())
  }

  /// A path of the configuration, relative to its folder.
  func resolved(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let slash = file.lastIndex(of: "/") else { return path }
    return String(file[...slash]) + path
  }
}
