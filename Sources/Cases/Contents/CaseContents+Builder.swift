package import Formats

extension CaseContents {
  /// Gathers the contents of a case from its protocol, its plan and its attempts, wherever they are kept: an analysis of
  /// evidence must read what one of the case file reads.
  package struct Builder {
    private let measurement: JSONValue
    private let circumstances: JSONValue
    private let suspect: ModelID
    private let seed: UInt64
    private var planned: [ModelID: Int] = [:]
    private var entries: [AttemptLedger.Entry] = []
    private var answers: CountedAnswers
    /// nil where all tokens are read.
    private let asked: [ModelID: AskedTokens]?
    private var endpoints: [ModelID: EndpointFacts] = [:]
    private var times: (first: String, last: String)?
    private var recorded: [ModelID: Transcript] = [:]

    /// nil unless the measurement, which the protocol fixes, names a suspect and a seed.
    ///
    package init?(measurement: JSONValue, circumstances: JSONValue, reading: StoredReading = .present) {
      guard let suspect = Self.name(measurement["suspect"]),
        let seed = measurement["seed"]?.string.flatMap(UInt64.init)
      else { return nil }
      self.measurement = measurement
      self.circumstances = circumstances
      self.suspect = suspect
      self.seed = seed
      answers = CountedAnswers(reading: reading)
      asked = reading == .before0_8 ? nil : AskedTokens.all(in: measurement)
    }

    package mutating func add(planned item: PlannedItem) {
      planned[item.model, default: 0] += 1
    }

    /// - Parameters:
    ///   - answer: nil if the attempt failed.
    ///   - storedHeaders: of the response, as the case keeps them: caches say there that they answered.
    package mutating func add(
      _ attempt: AttemptLedger.Entry, isRedacted: Bool, answer: Answer?, storedHeaders: JSONValue?
    ) {
      entries.append(attempt)
      times = (min(times?.first ?? attempt.started, attempt.started), max(times?.last ?? attempt.ended, attempt.ended))
      endpoints[attempt.model, default: EndpointFacts()].add(attempt.outcome, isRedacted: isRedacted, answer: answer)
      guard let answer else { return }
      answers.add(
        model: attempt.model, probe: attempt.probe, sample: attempt.sample, answer.reading(asked?[attempt.model]),
        storedHeaders: storedHeaders)
    }

    /// Answers that were recorded before the case, of a model that the measurement says so of.
    package mutating func add(recorded transcript: Transcript) { recorded[transcript.model] = transcript }

    /// - Parameters:
    ///   - capabilities: what the checks of endpoints found.
    ///   - chainHead: hash of the last attempt; of the plan if there is none.
    package func finished(
      probes: [PromptID: Probe], commitments: [PromptID: Digest], capabilities: [ModelID: [CapabilityFinding]],
      chainHead: Digest, custody: CustodySummary?
    ) -> CaseContents {
      let candidates = measurement["candidates"]?.array ?? []
      let cohort = measurement["cohort"]?.array ?? []
      let models = [measurement["suspect"]].compactMap(\.self) + candidates + cohort
      let copies = answers.copies
      let recordings = recordedModels(models)
      let prompts = probes.mapValues(\.prompt)
      let isMixed = recordings.map { $0.count < models.count } ?? false
      return CaseContents(
        name: circumstances["name"]?.string ?? "", suspect: suspect, candidates: candidates.compactMap(Self.name),
        cohort: cohort.compactMap(Self.name),
        transcripts: answers.transcripts(of: planned.keys, without: copies).merging(recorded) { own, _ in own }
          .mapValues { $0.knowing(prompts) },
        lineage: lineage, probes: probes, seed: seed,
        run: RunSummary(
          endpoints: models.compactMap { model in
            guard model["recorded"] == nil else { return nil }
            return Self.name(model).map { name in
              endpoints[name, default: EndpointFacts()].summary(
                name, model, planned: planned[name] ?? 0, capabilities: capabilities[name] ?? [],
                copies: copies.count(of: name), withoutText: answers.withoutText(of: name))
            }
          },
          firstAttempt: times?.first, lastAttempt: times?.last, chainHead: chainHead.hex,
          configuration: Digest(of: measurement.canonical).hex, custody: custody,
          recorded: recordings, sampling: isMixed ? .init(json: measurement["sampling"]) : nil),
        ledger: AttemptLedger(attempts: entries, commitments: commitments),
        commission: Commission(json: circumstances["commission"]))
    }

    /// nil where all were asked.
    private func recordedModels(_ models: [JSONValue]) -> [RunSummary.Recorded]? {
      let found = models.compactMap { model -> RunSummary.Recorded? in
        guard let name = Self.name(model), let stated = model["recorded"] else { return nil }
        return RunSummary.Recorded(model: name, json: stated)
      }
      return found.isEmpty ? nil : found
    }

    private var lineage: Lineage {
      var entries: [ModelID: Lineage.Entry] = [:]
      for model in circumstances["models"]?.array ?? [] {
        guard let name = Self.name(model) else { continue }
        entries[name] = Lineage.Entry(
          developer: model["developer"]?.string, base: model["base"]?.string, family: model["family"]?.string,
          teachers: (model["trained_on"]?.array ?? []).compactMap { $0.string.map { ModelID($0) } },
          group: model["group"]?.string)
      }
      return Lineage(entries)
    }

    private static func name(_ model: JSONValue?) -> ModelID? { (model?["model"]?.string).map { ModelID($0) } }
  }
}

extension CaseContents {
  /// The files of recorded answers that a measurement names, with the digests of their bytes.
  package static func recordings(in measurement: JSONValue) -> [(model: ModelID, file: String, digest: Digest)] {
    let models =
      [measurement["suspect"]].compactMap(\.self) + (measurement["candidates"]?.array ?? [])
      + (measurement["cohort"]?.array ?? [])
    return models.compactMap { model in
      guard let name = model["model"]?.string,
        let digest = model["recorded"]?["sha256"]?.string.flatMap(Digest.init(lowerHex:))
      else { return nil }
      return (ModelID(name), model["recorded"]?["file"]?.string ?? "", digest)
    }
  }
}

/// What came of the attempts of one endpoint, and what its answers declare.
private struct EndpointFacts {
  private var outcomes: [String: Int] = [:]
  private var redacted = 0
  private var pasted = 0
  private var models: Set<String> = []
  private var fingerprints: Set<String> = []

  mutating func add(_ outcome: String, isRedacted: Bool, answer: Answer?) {
    outcomes[outcome, default: 0] += 1
    if isRedacted { redacted += 1 }
    guard let answer else { return }
    if answer.isPasted { pasted += 1 }
    if let model = answer.declaredModel { models.insert(model) }
    if let fingerprint = answer.fingerprint { fingerprints.insert(fingerprint) }
  }

  func summary(
    _ name: ModelID, _ model: JSONValue, planned: Int, capabilities: [CapabilityFinding], copies: Int?,
    withoutText: [String: Int]?
  ) -> RunSummary.Endpoint {
    func sorted(_ texts: Set<String>) -> [String] { texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    return RunSummary.Endpoint(
      model: name, dialect: model["dialect"]?.string ?? "", url: model["url"]?.string ?? "",
      requestedModel: model["served_model"]?.string ?? "", declaredModels: sorted(models),
      declaredFingerprints: sorted(fingerprints), planned: planned, attempts: outcomes.values.reduce(0, +),
      outcomes: outcomes, pasted: pasted == 0 ? nil : pasted, redacted: redacted == 0 ? nil : redacted,
      copies: copies, withoutText: withoutText, omitted: model["omit"]?.array?.compactMap(\.string),
      capabilities: capabilities)
  }
}
