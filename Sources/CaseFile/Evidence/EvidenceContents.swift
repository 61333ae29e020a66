/// What an analysis reads, from evidence in place of the case file.
extension EvidenceVerification {
  /// - Throws: `CaseFileError.custody` if something of it is missing or withheld.
  package func contents() throws -> CaseContents {
    func defective() -> CaseFileError { .custody(file: source.name, .noEvidence) }
    guard isComplete, let stored = log.frozen?["measurement"], let circumstances = log.circumstances,
      let suspect = CaseStore.name(stored["suspect"]), let seed = stored["seed"]?.string.flatMap(UInt64.init)
    else { throw defective() }
    let models =
      [stored["suspect"]].compactMap(\.self) + (stored["candidates"]?.array ?? []) + (stored["cohort"]?.array ?? [])
    var planned: [ModelID: Int] = [:]
    try source.forEachLine(of: "plan.jsonl") { line, _ in
      if let item = JSONValue(parsing: Array(line)).flatMap(PlannedItem.init(json:)) {
        planned[item.model, default: 0] += 1
      }
    }
    var responses = planned.mapValues { _ in [Response]() }
    var endpoints: [ModelID: EndpointFacts] = [:]
    var attempts = log.attempts[...]
    try source.forEachLine(of: "outcomes.jsonl") { line, _ in
      guard let attempt = attempts.popFirst() else { throw defective() }
      endpoints[attempt.model, default: EndpointFacts()].outcomes[attempt.outcome, default: 0] += 1
      guard !attempt.isFailed else { return }
      guard let answer = JSONValue(parsing: Array(line)).flatMap(Answer.init(json:)) else { throw defective() }
      endpoints[attempt.model, default: EndpointFacts()].add(answer)
      responses[attempt.model, default: []].append(
        Response(prompt: attempt.probe, sample: attempt.sample, text: answer.text, tokens: answer.tokens))
    }
    var capabilities: [ModelID: [CapabilityFinding]] = [:]
    for record in log.others where record.kind == .capability {
      if let stored = StoredCapabilities(record: record.json) { capabilities[stored.model] = stored.findings }
    }
    return CaseContents(
      name: circumstances["name"]?.string ?? "", suspect: suspect,
      candidates: (stored["candidates"]?.array ?? []).compactMap(CaseStore.name),
      cohort: (stored["cohort"]?.array ?? []).compactMap(CaseStore.name),
      transcripts: responses.reduce(into: [:]) { $0[$1.key] = Transcript(model: $1.key, counted: $1.value) },
      lineage: CaseStore.lineage(circumstances), probes: try probes(), seed: seed,
      run: RunSummary(
        endpoints: models.compactMap { model in
          CaseStore.name(model).map {
            endpoints[$0, default: EndpointFacts()].summary($0, model, planned[$0] ?? 0, capabilities[$0] ?? [])
          }
        },
        firstAttempt: log.attempts.map(\.startedText).min(), lastAttempt: log.attempts.map(\.endedText).max(),
        chainHead: try log.attempts.last?.hash ?? genesis(stored), configuration: Digest(of: stored.canonical).hex,
        custody: custody()),
      ledger: try ledger(), commission: Commission(json: circumstances["commission"]))
  }

  private func ledger() throws -> AttemptLedger {
    var commitments: [PromptID: Digest] = [:]
    try source.forEachLine(of: "commitments.jsonl") { line, _ in
      let json = JSONValue(parsing: Array(line))
      guard let probe = json?["probe"]?.string, let leaf = json?["leaf"]?.string.flatMap(Digest.init(hex:)) else {
        return
      }
      commitments[PromptID(probe)] = leaf
    }
    return AttemptLedger(
      attempts: log.attempts.map {
        .init(
          number: $0.number, model: $0.model, probe: $0.probe, sample: $0.sample, outcome: $0.outcome,
          started: $0.startedText, ended: $0.endedText, hash: $0.hash)
      }, commitments: commitments)
  }

  /// What the report states of the method that it was made with.
  package var analysis: (method: Int?, calibration: Digest?) {
    let made = log.others.last { $0.kind == .analysis }?.json["analysis"] ?? log.frozen?["analysis"]
    return (made?["method"]?.integer, made?["calibration_sha256"]?.string.flatMap(Digest.init(hex:)))
  }

  /// The bytes of a file of the evidence; none if it is not there.
  package func file(_ path: String) throws -> [UInt8] { try source.bytes(path) }

  private func probes() throws -> [PromptID: Probe] {
    var probes: [PromptID: Probe] = [:]
    try source.forEachLine(of: "revealed.jsonl") { line, _ in
      guard let text = JSONValue(parsing: Array(line))?["text"]?.string else { return }
      for probe in try ProbeSet.parse(Array((text + "\n").utf8), file: source.name).probes { probes[probe.id] = probe }
    }
    return probes
  }

  private func custody() -> CustodySummary? {
    let heads = SignedHeads(source, paths: Set((try? source.paths()) ?? []), log: log, keys: [])
    return log.custody.summary(
      heads.heads.map { head in
        .init(
          head.checkpoint, key: head.note.signatures.first?.name ?? "", cosigned: head.cosigned,
          stamps: head.stamps.map { ($0.authority, $0.response) })
      })
  }

  private func genesis(_ stored: JSONValue) throws -> String {
    var plan: [PlannedItem] = []
    try source.forEachLine(of: "plan.jsonl") { line, _ in
      if let item = JSONValue(parsing: Array(line)).flatMap(PlannedItem.init(json:)) { plan.append(item) }
    }
    return HashChain.genesis(protocolDigest: Digest(of: stored.canonical), plan: plan).hex
  }

  /// What answers of one endpoint declare.
  private struct EndpointFacts {
    var outcomes: [String: Int] = [:]
    private var models: Set<String> = []
    private var fingerprints: Set<String> = []
    private var pasted = 0

    mutating func add(_ answer: Answer) {
      if answer.isPasted { pasted += 1 }
      if let model = answer.declaredModel { models.insert(model) }
      if let fingerprint = answer.fingerprint { fingerprints.insert(fingerprint) }
    }

    func summary(
      _ id: ModelID, _ model: JSONValue, _ planned: Int, _ capabilities: [CapabilityFinding]
    ) -> RunSummary.Endpoint {
      func sorted(_ texts: Set<String>) -> [String] { texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
      return RunSummary.Endpoint(
        model: id, dialect: model["dialect"]?.string ?? "", url: model["url"]?.string ?? "",
        requestedModel: model["served_model"]?.string ?? "", declaredModels: sorted(models),
        declaredFingerprints: sorted(fingerprints), planned: planned, attempts: outcomes.values.reduce(0, +),
        outcomes: outcomes, pasted: pasted == 0 ? nil : pasted, capabilities: capabilities)
    }
  }
}
