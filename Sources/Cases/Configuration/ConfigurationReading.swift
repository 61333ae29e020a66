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
  static let modelKeys = [
    "model", "endpoint", "base_endpoint", "transcripts", "recorded", "developer", "base", "family", "trained_on",
  ]
  /// Of a candidate.
  static let candidateKeys = modelKeys + ["group"]
  /// Of an entry of the cohort that stands for every model of a folder.
  static let folderKeys = ["transcripts", "recorded", "lineage", "corpus"]

  func configuration(_ root: Node) throws -> CaseConfiguration {
    let top = try YAMLMapping(root, path: "", file: file, known: Self.topKeys)
    let omitted = try omitted(top)
    var suspect = try member(top.required("suspect"), path: "suspect", omitting: omitted)
    var candidates = try members(top, "candidates", atLeast: 1, known: Self.candidateKeys, omitting: omitted)
    var cohort = try cohort(top, beside: [suspect] + candidates, omitting: omitted)
    let stated = [suspect] + candidates + cohort
    try checkNames(stated, top)
    // What the configuration says of one model, and a table of another, must be seen to be the same.
    let lineage = Lineage(Dictionary(firstOf: stated.map { ($0.id, $0.lineage) })).withNamesSpelledAlike
    suspect = suspect.with(lineage[suspect.id])
    candidates = candidates.map { $0.with(lineage[$0.id]) }
    cohort = cohort.map { $0.with(lineage[$0.id]) }
    let probeSets = try probeSets(top)
    let recordings = RecordingReader(answering: probeSets.flatMap(\.probes))
    let fileName = file.unicodeScalars.split(separator: "/").last.map(String.init) ?? file
    let ending = [".yaml", ".yml"].first(where: fileName.hasSuffix)?.count ?? 0
    let configuration = CaseConfiguration(
      name: try top.node("name").map { try top.name($0, "name") } ?? String(fileName.dropLast(ending)),
      seed: try top.unsigned("seed") ?? { throw top.error(at: root, .missing(field: "seed")) }(),
      suspect: try recordings.member(suspect, top), candidates: try candidates.map { try recordings.member($0, top) },
      cohort: try cohort.map { try recordings.member($0, top) },
      probeSets: probeSets,
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

  private func members(
    _ top: YAMLMapping, _ key: String, atLeast least: Int, known keys: [String],
    omitting omitted: Set<SamplingParameter>
  ) throws -> [StatedMember] {
    let node = try top.required(key)
    let nodes = try top.sequence(key) ?? []
    guard nodes.count >= least else {
      throw top.error(at: node, .tooFew(field: key, found: nodes.count, atLeast: least))
    }
    return try nodes.enumerated().map { try member($1, path: "\(key)[\($0)]", known: keys, omitting: omitted) }
  }

  /// A folder of transcripts stands for every model in it that the case does not name elsewhere.
  private func cohort(
    _ top: YAMLMapping, beside others: [StatedMember], omitting omitted: Set<SamplingParameter>
  ) throws -> [StatedMember] {
    let least = 4
    let node = try top.required("cohort")
    let nodes = (try top.sequence("cohort") ?? []).enumerated().map { (path: "cohort[\($0)]", node: $1) }
    let isFolder = nodes.map { folder($0.node) != nil }
    let named = try zip(nodes, isFolder).filter { !$1 }.map {
      try member($0.0.node, path: $0.0.path, omitting: omitted)
    }
    var known = Set((others + named).map(\.id))
    var members: [StatedMember] = []
    var left = named[...]
    for (entry, isFolder) in zip(nodes, isFolder) {
      guard isFolder else {
        if let next = left.popFirst() { members.append(next) }
        continue
      }
      let found = try folderMembers(entry.node, path: entry.path, leavingOut: known)
      known.formUnion(found.map(\.id))
      members += found
    }
    guard members.count >= least else {
      throw top.error(at: node, .tooFew(field: "cohort", found: members.count, atLeast: least))
    }
    return members
  }

  /// The folder that an entry names in place of one model; nil for any other entry.
  private func folder(_ node: Node) -> String? {
    guard case .mapping(let mapping) = node, mapping["model"] == nil,
      case .scalar(let scalar)? = mapping["transcripts"]
    else { return nil }
    let path = resolved(scalar.string)
    return FileBytes.isFolder(path) ? path : nil
  }

  private func folderMembers(
    _ node: Node, path: String, leavingOut known: Set<ModelID>
  ) throws -> [StatedMember] {
    let fields = try YAMLMapping(node, path: path, file: file, known: Self.folderKeys)
    let stated = try fields.required("transcripts")
    let folder = resolved(try fields.string(stated, fields.field("transcripts")))
    let files = try TranscriptFolder.files(of: folder, leavingOut: known)
    let beside = "\(folder)/lineage.csv"
    let table = try fields.string("lineage").map { resolved($0) } ?? (FileBytes.exists(beside) ? beside : nil)
    let lineage = try lineage(table, fields)
    let origin = try origin(fields)
    return files.sorted { $0.key < $1.key }.map { model, file in
      StatedMember(
        id: model, mark: YAMLPosition(stated), lineage: lineage[model] ?? Lineage.Entry(),
        source: .recorded(file: file, origin: origin))
    }
  }

  /// - Parameter table: nil where there is none.
  private func lineage(_ table: String?, _ fields: YAMLMapping) throws -> Lineage {
    let corpus = try fields.string("corpus")
    guard let table else {
      if corpus != nil, let node = fields.node("corpus") {
        throw fields.error(at: node, .missing(field: fields.field("lineage")))
      }
      return Lineage()
    }
    do {
      return try LineageReader.read(file: table, corpus: corpus)
    } catch CasesError.unknownCorpus(let value, _, let known) {
      guard let node = fields.node("corpus"), !known.isEmpty else {
        throw CasesError.unknownCorpus(value, file: table, known: known)
      }
      throw fields.error(at: node, .unknownValue(field: fields.field("corpus"), value: value, known: known))
    }
  }

  private func member(
    _ node: Node, path: String, known keys: [String] = modelKeys, omitting omitted: Set<SamplingParameter>
  ) throws -> StatedMember {
    let fields = try YAMLMapping(node, path: path, file: file, known: keys)
    let nameNode = try fields.required("model")
    let name = try fields.name(nameNode, fields.field("model"))
    let teachers = try (fields.sequence("trained_on") ?? []).enumerated().map { number, node in
      let place = "\(path).trained_on[\(number)]"
      let teacher = ModelID(try fields.string(node, place))
      guard !Lineage.isNobody(teacher) else {
        throw fields.error(
          at: node, .outOfRange(field: place, allowed: "a model; leave it out where none is documented"))
      }
      return teacher
    }
    return StatedMember(
      id: ModelID(name), mark: YAMLPosition(nameNode),
      lineage: Lineage.Entry(
        developer: try fields.string("developer"), base: try fields.string("base"),
        family: try fields.string("family"), teachers: teachers,
        group: try fields.node("group").map { try fields.name($0, fields.field("group")) }),
      source: try source(fields, path: path, omitting: omitted))
  }

  private func source(
    _ fields: YAMLMapping, path: String, omitting omitted: Set<SamplingParameter>
  ) throws -> StatedMember.Source {
    guard let node = fields.node("transcripts") else {
      if let node = fields.node("recorded") {
        throw fields.error(at: node, .missing(field: fields.field("transcripts")))
      }
      let reader = EndpointReader(file: file, omitting: omitted)
      return .endpoint(
        try reader.endpoint(fields.required("endpoint"), path: "\(path).endpoint"),
        base: try fields.node("base_endpoint").map { try reader.endpoint($0, path: "\(path).base_endpoint") })
    }
    for key in ["endpoint", "base_endpoint"] where fields.node(key) != nil {
      throw fields.error(at: node, .conflictingKeys(fields.field(key), fields.field("transcripts")))
    }
    return .recorded(
      file: resolved(try fields.string(node, fields.field("transcripts"))), origin: try origin(fields))
  }

  /// Who recorded the answers, and how.
  private func origin(_ fields: YAMLMapping) throws -> Recording.Origin {
    guard let node = fields.node("recorded") else { return Recording.Origin() }
    let stated = try YAMLMapping(
      node, path: fields.field("recorded"), file: file, known: Recording.Origin.CodingKeys.allCases.map(\.rawValue))
    let date = try stated.string("date")
    if let date, let node = stated.node("date"), !Self.isDate(date) {
      throw stated.error(
        at: node, .wrongType(field: stated.field("date"), expected: "a day, month or year, such as 2024-03-31"))
    }
    return Recording.Origin(
      by: try stated.string("by"), date: date, from: try stated.string("from"),
      temperature: try stated.number("temperature", in: 0...2), topP: try stated.number("top_p", in: 0...1),
      maxTokens: try stated.integer("max_tokens", in: Limits.tokens), template: try stated.string("template"))
  }

  /// `2024`, `2024-03` or `2024-03-31`, in digits.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return (1...3).contains(parts.count)
      && zip(parts, [4, 2, 2]).allSatisfy { part, length in
        part.count == length && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }
  }

  private func checkNames(_ models: [StatedMember], _ top: YAMLMapping) throws {
    var first: [ModelID: Int] = [:]
    for model in models {
      // The base is asked under a name of its own.
      for id in [model.id] + (model.source.base == nil ? [] : [model.id.base]) {
        if let line = first.updateValue(model.mark.line, forKey: id) {
          throw top.error(at: model.mark, .modelNamedTwice(id.rawValue, firstLine: line))
        }
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
        set = try ProbeSet.read(file: path, atMost: Limits.probes - firstFile.count)
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

  package static let budgetKeys = ["max_calls", "max_tokens", "max_cost", "max_time", "prices"]

  package func budget(_ top: YAMLMapping, alsoKnown more: [String] = []) throws -> Budget {
    guard let node = top.node("budget") else { return Budget() }
    let fields = try YAMLMapping(
      node, path: "budget", file: file, known: Self.budgetKeys + more)
    return Budget(
      maxCalls: try fields.integer("max_calls", in: Limits.calls),
      maxTokens: try fields.integer("max_tokens", in: Limits.budgetTokens),
      maxCost: try fields.cost("max_cost"), maxTime: try fields.duration("max_time"),
      prices: try fields.string("prices").map { try PriceListReader.read(file: resolved($0)) } ?? PriceList())
  }

  /// A path of the configuration, relative to its folder.
  package func resolved(_ path: String) -> String { PathWords.resolved(path, relativeTo: file) }
}
