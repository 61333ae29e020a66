import Formats

/// What an analysis reads: who is asked about, what was answered, and what is known of the models.
///
/// Everything after it is a pure function of this value, a seed and a calibration.
package struct CaseContents: Sendable {
  package let name: String
  package let suspect: ModelID
  package let candidates: [ModelID]
  package let cohort: [ModelID]
  /// One for each model named above.
  package let transcripts: [ModelID: Transcript]
  package let lineage: Lineage
  /// Texts of the probes where they are known, by prompt.
  package let probes: [PromptID: Probe]
  package let seed: UInt64
  /// What the run recorded beside the answers; nil for recorded transcripts.
  package let run: RunSummary?
  /// Its attempts one by one; nil for recorded transcripts.
  package let ledger: AttemptLedger?
  package let commission: Commission
  /// nil where the whole cohort that was given is compared.
  package let draw: CohortDraw?

  package init(
    name: String, suspect: ModelID, candidates: [ModelID], cohort: [ModelID], transcripts: [ModelID: Transcript],
    lineage: Lineage, probes: [PromptID: Probe] = [:], seed: UInt64, run: RunSummary? = nil,
    ledger: AttemptLedger? = nil, commission: Commission = Commission(), draw: CohortDraw? = nil
  ) {
    self.name = name
    self.suspect = suspect
    self.candidates = candidates
    self.cohort = cohort
    self.transcripts = transcripts
    self.lineage = lineage
    self.probes = probes
    self.seed = seed
    self.run = run
    self.ledger = ledger
    self.commission = commission
    self.draw = draw
  }
}

/// What a run recorded beside the answers themselves.
package struct RunSummary: Hashable, Codable, Sendable {
  /// Attempts of one model by what came of them.
  package struct Endpoint: Hashable, Codable, Sendable {
    package let model: ModelID
    package let dialect: String
    package let url: String
    /// What the endpoint was asked for, and what it said it is: declared, never proof.
    package let requestedModel: String
    package let declaredModels: [String]
    package let declaredFingerprints: [String]
    package let planned: Int
    package let attempts: Int
    /// Counted responses by outcome (`ok`, `empty`, `truncated`, `refused`, `filtered`) and failures (`failed`).
    package let outcomes: [String: Int]
    /// Answers that a person pasted; nil where an endpoint gave all.
    package let pasted: Int?
    /// Responses in which a key was found that the endpoint had been sent, and masked; nil if there are none.
    package let redacted: Int?
    /// Answers that are copies of another sample of the same probe, and are not analysed; nil if there are none.
    package let copies: Int?
    /// Answers in which something else than text came in place of an answer, by what it was; nil if there are none. They are
    /// kept, and not analysed.
    package let withoutText: [String: Int]?
    /// Parameters that its requests did not have; nil where they had all.
    package let omitted: [String]?
    /// What the endpoint was seen to do with what it was asked for; empty if it was not checked.
    package let capabilities: [CapabilityFinding]

    enum CodingKeys: String, CodingKey {
      case model, dialect, url, planned, attempts, outcomes, pasted, redacted, copies, omitted, capabilities
      case withoutText = "without_text"
      case requestedModel = "requested_model"
      case declaredModels = "declared_models"
      case declaredFingerprints = "declared_fingerprints"
    }

    package init(
      model: ModelID, dialect: String, url: String, requestedModel: String, declaredModels: [String],
      declaredFingerprints: [String], planned: Int, attempts: Int, outcomes: [String: Int],
      pasted: Int? = nil, redacted: Int? = nil, copies: Int? = nil, withoutText: [String: Int]? = nil,
      omitted: [String]? = nil,
      capabilities: [CapabilityFinding] = []
    ) {
      self.model = model
      self.dialect = dialect
      self.url = url
      self.requestedModel = requestedModel
      self.declaredModels = declaredModels
      self.declaredFingerprints = declaredFingerprints
      self.planned = planned
      self.attempts = attempts
      self.outcomes = outcomes
      self.pasted = pasted
      self.redacted = redacted
      self.copies = copies
      self.withoutText = withoutText
      self.omitted = omitted
      self.capabilities = capabilities
    }
  }

  /// Answers that were recorded before the case, of a model that was not asked.
  package struct Recorded: Hashable, Codable, Sendable {
    package let model: ModelID
    /// Its name, without folders.
    package let file: String
    package let sha256: String
    package let matching: Recording.Matching
    /// As the operator states it.
    package let origin: Recording.Origin

    /// - Parameter json: as the protocol has it.
    init(model: ModelID, json: JSONValue) {
      func count(_ name: String) -> Int { json[name]?.integer ?? 0 }
      self.model = model
      file = json["file"]?.string ?? ""
      sha256 = json["sha256"]?.string ?? ""
      matching = Recording.Matching(
        answers: count("answers"), probes: count("probes"), byPrompt: count("by_prompt"), leftOut: count("left_out"))
      origin = Recording.Origin(
        by: json["by"]?.string, date: json["date"]?.string, from: json["from"]?.string,
        temperature: json["temperature"]?.number, topP: json["top_p"]?.number, maxTokens: json["max_tokens"]?.integer,
        template: json["template"]?.string)
    }
  }

  /// What the requests of a case asked for.
  package struct AskedSampling: Hashable, Codable, Sendable {
    package let temperature: Double
    package let topP: Double
    package let maxTokens: Int

    enum CodingKeys: String, CodingKey {
      case temperature
      case topP = "top_p"
      case maxTokens = "max_tokens"
    }

    /// nil unless the protocol says it.
    init?(json: JSONValue?) {
      guard let temperature = json?["temperature"]?.number, let topP = json?["top_p"]?.number,
        let maxTokens = json?["max_tokens"]?.integer
      else { return nil }
      self.temperature = temperature
      self.topP = topP
      self.maxTokens = maxTokens
    }
  }

  package let endpoints: [Endpoint]
  /// Models that were not asked; nil where all were.
  package let recorded: [Recorded]?
  /// Of the requests to all others; nil where nothing was recorded, or nothing asked.
  package let sampling: AskedSampling?
  /// UTC, RFC 3339; nil while there is no attempt.
  package let firstAttempt: String?
  package let lastAttempt: String?
  /// Hash of the last row of the chain: it fixes every attempt before it.
  package let chainHead: String
  /// SHA-256 of the configuration that the run was planned from.
  package let configuration: String
  /// nil for a case that was begun without a log.
  package let custody: CustodySummary?

  enum CodingKeys: String, CodingKey {
    case endpoints, configuration, custody, recorded, sampling
    case firstAttempt = "first_attempt"
    case lastAttempt = "last_attempt"
    case chainHead = "chain_head"
  }

  package init(
    endpoints: [Endpoint], firstAttempt: String?, lastAttempt: String?, chainHead: String, configuration: String,
    custody: CustodySummary? = nil, recorded: [Recorded]? = nil, sampling: AskedSampling? = nil
  ) {
    self.recorded = recorded
    self.sampling = sampling
    self.endpoints = endpoints
    self.firstAttempt = firstAttempt
    self.lastAttempt = lastAttempt
    self.chainHead = chainHead
    self.configuration = configuration
    self.custody = custody
  }
}

extension CaseContents {
  /// The same case with other answers.
  package func with(transcripts: [ModelID: Transcript]) -> CaseContents {
    CaseContents(
      name: name, suspect: suspect, candidates: candidates, cohort: cohort, transcripts: transcripts, lineage: lineage,
      probes: probes, seed: seed, run: run, ledger: ledger, commission: commission, draw: draw)
  }
}
