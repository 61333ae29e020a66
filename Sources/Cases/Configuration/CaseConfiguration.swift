import Formats

/// What a case asks of whom: the contents of `case.yaml`, checked.
package struct CaseConfiguration: Hashable, Sendable {
  /// A model with the endpoint that serves it and what is stated about where it comes from.
  package struct Model: Hashable, Sendable {
    package let id: ModelID
    package let endpoint: Endpoint
    package let lineage: Lineage.Entry
    /// Where the base that it was tuned from is served: asked by `retort likelihood` only.
    package let baseEndpoint: Endpoint?

    package init(
      id: ModelID, endpoint: Endpoint, lineage: Lineage.Entry = Lineage.Entry(), baseEndpoint: Endpoint? = nil
    ) {
      self.id = id
      self.endpoint = endpoint
      self.lineage = lineage
      self.baseEndpoint = baseEndpoint
    }
  }

  /// A model whose answers were recorded before the case: nothing is asked of it.
  package struct RecordedModel: Hashable, Sendable {
    package let id: ModelID
    package let recording: Recording
    package let lineage: Lineage.Entry

    package init(id: ModelID, recording: Recording, lineage: Lineage.Entry = Lineage.Entry()) {
      self.id = id
      self.recording = recording
      self.lineage = lineage
    }
  }

  /// A model of the case, by how its answers come into it.
  package enum Member: Hashable, Sendable {
    case asked(Model)
    case recorded(RecordedModel)

    package var id: ModelID {
      switch self {
      case .asked(let model): model.id
      case .recorded(let model): model.id
      }
    }

    package var lineage: Lineage.Entry {
      switch self {
      case .asked(let model): model.lineage
      case .recorded(let model): model.lineage
      }
    }

    package var asked: Model? { if case .asked(let model) = self { model } else { nil } }
    package var recorded: RecordedModel? { if case .recorded(let model) = self { model } else { nil } }
  }

  package let name: String
  /// Fixes the order of the run, the `seed` of every request and the bootstrap.
  package let seed: UInt64
  package let suspect: Member
  package let candidates: [Member]
  package let cohort: [Member]
  package let probeSets: [ProbeSet]
  /// Samples of each probe that does not say otherwise.
  package let samples: Int
  package let sampling: Sampling
  package var budget: Budget
  /// Requests in flight to one host.
  package let concurrency: Int
  /// Longest time of one attempt.
  package let timeout: Duration
  package let commission: Commission

  /// A case all of whose models are asked.
  package init(
    name: String, seed: UInt64, suspect: Model, candidates: [Model], cohort: [Model], probeSets: [ProbeSet],
    samples: Int = 1, sampling: Sampling = Sampling(), budget: Budget = Budget(), concurrency: Int = 4,
    timeout: Duration = .seconds(120), commission: Commission = Commission()
  ) {
    self.init(
      name: name, seed: seed, suspect: .asked(suspect), candidates: candidates.map(Member.asked),
      cohort: cohort.map(Member.asked), probeSets: probeSets, samples: samples, sampling: sampling, budget: budget,
      concurrency: concurrency, timeout: timeout, commission: commission)
  }

  package init(
    name: String, seed: UInt64, suspect: Member, candidates: [Member], cohort: [Member], probeSets: [ProbeSet],
    samples: Int = 1, sampling: Sampling = Sampling(), budget: Budget = Budget(), concurrency: Int = 4,
    timeout: Duration = .seconds(120), commission: Commission = Commission()
  ) {
    self.name = name
    self.seed = seed
    self.suspect = suspect
    self.candidates = candidates
    self.cohort = cohort
    self.probeSets = probeSets
    self.samples = samples
    self.sampling = sampling
    self.budget = budget
    self.concurrency = concurrency
    self.timeout = timeout
    self.commission = commission
  }

  /// Suspect, candidates, cohort, in this order.
  package var members: [Member] { [suspect] + candidates + cohort }

  /// Those that are asked, in the same order.
  package var models: [Model] { members.compactMap(\.asked) }

  /// Those whose answers were recorded before, in the same order.
  package var recorded: [RecordedModel] { members.compactMap(\.recorded) }

  /// All probes, in the order of their files.
  package var probes: [Probe] { probeSets.flatMap(\.probes) }

  package var lineage: Lineage {
    Lineage(Dictionary(firstOf: members.map { ($0.id, $0.lineage) }))
      .withNamesSpelledAlike
  }

  package func samples(of probe: Probe) -> Int { probe.samples ?? samples }

  /// Requests of the plan; nil if they are more than `Limits` allows.
  package var plannedItems: Int? {
    let models = self.models.count
    var items = 0
    for set in probeSets {
      for probe in set.probes {
        let (product, overflow) = samples(of: probe).multipliedReportingOverflow(by: models)
        guard !overflow, product <= Limits.plannedItems - items else { return nil }
        items += product
      }
    }
    return items
  }

  package func maxTokens(of probe: Probe) -> Int { probe.maxTokens ?? sampling.maxTokens }

  /// The case's sampling, at the probe's temperature and length where it has its own.
  package func sampling(of probe: Probe) -> Sampling {
    Sampling(
      temperature: probe.temperature ?? sampling.temperature, topP: sampling.topP, maxTokens: maxTokens(of: probe),
      logprobs: sampling.logprobs, topLogprobs: sampling.topLogprobs, promptLogprobs: sampling.promptLogprobs)
  }
}

/// Sampling parameters. All of them are sent with every request: what is not sent, a server decides by itself.
package struct Sampling: Hashable, Sendable {
  package let temperature: Double
  package let topP: Double
  package let maxTokens: Int
  package let logprobs: Bool
  /// Alternatives asked for beside each token where log-probabilities are: servers default to anything from none to 20.
  package let topLogprobs: Int
  /// Whether the log-probabilities of the prompt's own tokens are asked for: the likelihood of a text under a model.
  package let promptLogprobs: Bool

  package init(
    temperature: Double = 0.7, topP: Double = 1, maxTokens: Int = 256, logprobs: Bool = false, topLogprobs: Int = 5,
    promptLogprobs: Bool = false
  ) {
    self.temperature = temperature
    self.topP = topP
    self.maxTokens = maxTokens
    self.logprobs = logprobs
    self.topLogprobs = topLogprobs
    self.promptLogprobs = promptLogprobs
  }
}
