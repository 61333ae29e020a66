import CaseFile
package import Cases
import Custody
package import Formats

/// What an analysis reads, from evidence in place of the case file.
extension EvidenceVerification {
  /// - Throws: `EvidenceError.noEvidence` if something of it is missing or withheld.
  package func contents() throws -> CaseContents {
    func defective() -> EvidenceError { .noEvidence(file: source.name) }
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
    var answers = CountedAnswers()
    var endpoints: [ModelID: EndpointFacts] = [:]
    var outcomes = EvidenceLines(source, "outcomes.jsonl")
    var entries: [AttemptLedger.Entry] = []
    _ = try EvidenceLog(source, marking: []) { attempt in
      guard let line = try outcomes.next() else { throw defective() }
      entries.append(
        .init(
          number: attempt.number, model: attempt.item.model, probe: attempt.item.probe, sample: attempt.item.sample,
          outcome: attempt.outcome, started: attempt.startedText, ended: attempt.endedText, hash: attempt.hash.hex))
      let model = attempt.item.model
      endpoints[model, default: EndpointFacts()].outcomes[attempt.outcome, default: 0] += 1
      if attempt.isRedacted { endpoints[model, default: EndpointFacts()].redacted += 1 }
      guard !attempt.isFailed else { return }
      guard let answer = JSONValue(parsing: Array(line.bytes)).flatMap(Answer.init(json:)) else { throw defective() }
      endpoints[model, default: EndpointFacts()].add(answer)
      answers.add(
        model: model, probe: attempt.item.probe, sample: attempt.item.sample, answer,
        storedHeaders: attempt.json["response_headers"])
    }
    var capabilities: [ModelID: [CapabilityFinding]] = [:]
    for record in log.others where record.kind == .capability {
      if let stored = StoredCapabilities(record: record.json) { capabilities[stored.model] = stored.findings }
    }
    let copies = answers.copies
    return CaseContents(
      name: circumstances["name"]?.string ?? "", suspect: suspect,
      candidates: (stored["candidates"]?.array ?? []).compactMap(CaseStore.name),
      cohort: (stored["cohort"]?.array ?? []).compactMap(CaseStore.name),
      transcripts: answers.transcripts(of: planned.keys, without: copies),
      lineage: CaseStore.lineage(circumstances), probes: probes.revealed, seed: seed,
      run: RunSummary(
        endpoints: models.compactMap { model in
          CaseStore.name(model).map {
            endpoints[$0, default: EndpointFacts()].summary(
              $0, model, planned[$0] ?? 0, capabilities[$0] ?? [], copies: copies.count(of: $0),
              withoutText: answers.withoutText(of: $0))
          }
        },
        firstAttempt: log.span?.first, lastAttempt: log.span?.last,
        chainHead: try log.lastAttempt?.hash.hex ?? genesis(stored), configuration: Digest(of: stored.canonical).hex,
        custody: custody()),
      ledger: AttemptLedger(attempts: entries, commitments: probes.leaves),
      commission: Commission(json: circumstances["commission"]))
  }

  /// What endpoints said of the answers that they were given, in the order of the attempts; empty in a case of other probes.
  package func givenAnswers() throws -> [(model: ModelID, given: GivenAnswer, answer: Answer)] {
    var found: [(model: ModelID, given: GivenAnswer, answer: Answer)] = []
    var outcomes = EvidenceLines(source, "outcomes.jsonl")
    _ = try EvidenceLog(source, marking: []) { attempt in
      guard let line = try outcomes.next(), !attempt.isFailed, let given = probes.revealed[attempt.item.probe]?.given,
        let answer = JSONValue(parsing: Array(line.bytes)).flatMap(Answer.init(json:))
      else { return }
      found.append((attempt.item.model, given, answer))
    }
    return found
  }

  /// What the report states of the method that it was made with.
  package var analysis: (method: Int?, calibration: Digest?) {
    let made = log.others.last { $0.kind == .analysis }?.json["analysis"] ?? log.frozen?["analysis"]
    return (made?["method"]?.integer, made?["calibration_sha256"]?.string.flatMap(Digest.init(hex:)))
  }

  /// The bytes of a file of the evidence; none if it is not there.
  package func file(_ path: String) throws -> [UInt8] { try source.bytes(path) }

  private func custody() -> CustodySummary? {
    log.custody.summary(
      heads.heads.map { head in
        .init(
          head.checkpoint, key: head.note.signatures.first?.name ?? "", cosigned: head.cosigned,
          stamps: head.stamps.map { ($0.authority, $0.response) })
      })
  }

  private func genesis(_ stored: JSONValue) throws -> String {
    var genesis = HashChain.Genesis(protocolDigest: Digest(of: stored.canonical))
    try source.forEachLine(of: "plan.jsonl") { line, _ in
      if let item = JSONValue(parsing: Array(line)).flatMap(PlannedItem.init(json:)) { genesis.add(item) }
    }
    return genesis.finished.hex
  }

  /// What answers of one endpoint declare.
  private struct EndpointFacts {
    var outcomes: [String: Int] = [:]
    var redacted = 0
    private var models: Set<String> = []
    private var fingerprints: Set<String> = []
    private var pasted = 0

    mutating func add(_ answer: Answer) {
      if answer.isPasted { pasted += 1 }
      if let model = answer.declaredModel { models.insert(model) }
      if let fingerprint = answer.fingerprint { fingerprints.insert(fingerprint) }
    }

    func summary(
      _ id: ModelID, _ model: JSONValue, _ planned: Int, _ capabilities: [CapabilityFinding], copies: Int?,
      withoutText: [String: Int]?
    ) -> RunSummary.Endpoint {
      func sorted(_ texts: Set<String>) -> [String] { texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
      return RunSummary.Endpoint(
        model: id, dialect: model["dialect"]?.string ?? "", url: model["url"]?.string ?? "",
        requestedModel: model["served_model"]?.string ?? "", declaredModels: sorted(models),
        declaredFingerprints: sorted(fingerprints), planned: planned, attempts: outcomes.values.reduce(0, +),
        outcomes: outcomes, pasted: pasted == 0 ? nil : pasted, redacted: redacted == 0 ? nil : redacted,
        copies: copies, withoutText: withoutText, omitted: model["omit"]?.array?.compactMap(\.string),
        capabilities: capabilities)
    }
  }
}
