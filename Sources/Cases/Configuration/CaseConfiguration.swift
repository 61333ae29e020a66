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

  package let name: String
  /// Fixes the order of the run, the `seed` of every request and the bootstrap.
  package let seed: UInt64
  package let suspect: Model
  package let candidates: [Model]
  package let cohort: [Model]
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

  package init(
    name: String, seed: UInt64, suspect: Model, candidates: [Model], cohort: [Model], probeSets: [ProbeSet],
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
  package var models: [Model] { [suspect] + candidates + cohort }

  /// All probes, in the order of their files.
  package var probes: [Probe] { probeSets.flatMap(\.probes) }

  package var lineage: Lineage {
    Lineage(Dictionary(models.map { ($0.id, $0.lineage) }, uniquingKeysWith: { first, _ in first }))
  }

  package func samples(of probe: Probe) -> Int { probe.samples ?? samples }

  /// Requests of the plan; nil if they are more than `Limits` allows.
  package var plannedItems: Int? {
    let models = 1 + candidates.count + cohort.count
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
