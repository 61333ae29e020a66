package import Cases
package import Formats

/// How an endpoint is watched for a change of its model: the contents of a `check.yaml`, checked.
package struct MonitorConfiguration: Hashable, Sendable {
  /// A bound on false alarms: with probability `atMost` at most one or more in any `runs` checks in a row.
  package struct FalseAlarms: Hashable, Sendable {
    package let atMost: Double
    package let runs: Int

    package init(atMost: Double = 0.05, runs: Int = 52) {
      self.atMost = atMost
      self.runs = runs
    }

    package var isWithinLimits: Bool {
      (0.0001...0.5).contains(atMost) && (1...10_000).contains(runs)
        && atMost / Double(runs) >= Limits.falseAlarmLevel
    }
  }

  /// Differences that do not matter to the user, however surely they are there.
  package struct Floors: Hashable, Sendable {
    /// Distance of answers, from 0 to 1.
    package let answers: Double
    /// Mean difference of log-probabilities, in nats.
    package let logprobs: Double

    package init(answers: Double = 0.002, logprobs: Double = 0.01) {
      self.answers = answers
      self.logprobs = logprobs
    }
  }

  /// That of the endpoint, where a file has several.
  package let name: String
  package let seed: UInt64
  package let endpoint: Endpoint
  package let probeSets: [ProbeSet]
  /// Answers to a probe in a session, and the size that a check is planned by, where the probe does not say otherwise.
  package let samples: Int
  package let sampling: Sampling
  package let falseAlarms: FalseAlarms
  package let floors: Floors
  /// Answers that are asked for, tokens, cost and time of a whole check, its confirmation included.
  package var budget: Budget
  /// Attempts of a whole check, those that failed included; nil is half as many again as calls.
  package let maxAttempts: Int?
  package let concurrency: Int
  package let timeout: Duration
  /// Whether more answers without text than in the baseline end a check with 1.
  package let gatesOutcomes: Bool
  /// What the user expects of single probes, in the order of the file.
  package let expectations: [Expectation]
  /// Probes that are neither asked nor compared for the time being; the baseline keeps them.
  package let quarantine: Set<PromptID>
  /// What of the answers is compared, of probes of which that is not their words.
  package let readings: [PromptID: AnswerReading]
  /// Whether another form of the answers than in the baseline ends a check with 1.
  package let gatesForm: Bool
  /// What ends a check with 1 whatever the answers say.
  package let limits: CheckLimits

  package init(
    name: String, seed: UInt64 = 1, endpoint: Endpoint, probeSets: [ProbeSet], samples: Int = 8,
    sampling: Sampling = standardSampling, falseAlarms: FalseAlarms = FalseAlarms(), floors: Floors = Floors(),
    budget: Budget = Budget(maxCalls: standardCalls), maxAttempts: Int? = nil, concurrency: Int = 4,
    timeout: Duration = .seconds(60), gatesOutcomes: Bool = false,
    expectations: [Expectation] = [],
    quarantine: Set<PromptID> = [], readings: [PromptID: AnswerReading] = [:], gatesForm: Bool = false,
    limits: CheckLimits = CheckLimits()
  ) {
    self.readings = readings
    self.gatesForm = gatesForm
    self.limits = limits
    self.name = name
    self.seed = seed
    self.endpoint = endpoint
    self.probeSets = probeSets
    self.samples = samples
    self.sampling = sampling
    self.falseAlarms = falseAlarms
    self.floors = floors
    self.budget = budget
    self.maxAttempts = maxAttempts
    self.concurrency = concurrency
    self.timeout = timeout
    self.gatesOutcomes = gatesOutcomes
    self.expectations = expectations
    self.quarantine = quarantine
  }

  /// A model's own distribution, of short answers.
  package static let standardSampling = Sampling(temperature: 1, topP: 1, maxTokens: 16, logprobs: false)

  /// Calls that a check takes at most where the configuration sets no number.
  package static let standardCalls = 320

  package var probes: [Probe] { probeSets.flatMap(\.probes) }

  package var borderProbes: Set<PromptID> {
    Set(probes.filter { $0.category == BorderSessions.category }.map(\.id))
  }

  /// From this temperature on a model that draws its answers says now this, now that.
  private static let drawing = 0.7
  /// Probes of this category are there to have many answers: those of `Probes/check.jsonl`.
  private static let variedCategory = "check-diffuse"

  /// Probes that are asked at a temperature at which answers are drawn.
  package var drawnProbes: Set<PromptID> {
    Set(probes.filter { $0.temperature ?? sampling.temperature >= Self.drawing }.map(\.id))
  }

  /// Of these, those that are there to have many answers.
  package var variedProbes: Set<PromptID> {
    drawnProbes.intersection(probes.filter { $0.category == Self.variedCategory }.map(\.id))
  }

  package func samples(of probe: Probe) -> Int { probe.samples ?? samples }

  /// What must be equal for two runs to be comparable: what is asked, how it is sampled, and how it is spoken. Address and name
  /// of the model are not part of it: that they changed is a finding.
  package var suite: JSONValue {
    .compact([
      // A suite of an older version has none.
      "keys": readings.isEmpty
        ? .null
        : .object(
          Dictionary(firstOf: readings.map { ($0.key.rawValue, JSONValue.string($0.value.rawValue)) })),
      "dialect": .string(endpoint.dialect.rawValue),
      "probes": .array(probeSets.map { .string($0.digest.hex) }),
      Self.byProbe: digestsByProbe,
      "sampling": .object([
        "temperature": .number(sampling.temperature), "top_p": .number(sampling.topP),
        "max_tokens": .integer(sampling.maxTokens), "logprobs": .bool(sampling.logprobs),
      ]),
    ])
  }

  /// The case in which the answers of one run are kept like those of any other.
  ///
  /// - Parameters:
  ///   - samples: answers to ask for, by probe; probes without a number are not asked.
  ///   - seed: of the order and of the requests. Runs that share it would share their chance.
  ///   - budget: what is left for this run.
  package func runCase(samples: [PromptID: Int], seed: UInt64, budget: Budget) throws -> CaseConfiguration {
    let lines = probes.compactMap { probe in
      samples[probe.id].map { count in
        Probe(
          id: probe.id, prompt: probe.prompt, system: probe.system, category: probe.category, language: probe.language,
          samples: count, maxTokens: probe.maxTokens, temperature: probe.temperature, reads: probe.reads
        ).canonicalLine
      }
    }
    return CaseConfiguration(
      name: name, seed: seed, suspect: CaseConfiguration.Model(id: Self.model, endpoint: endpoint), candidates: [],
      cohort: [], probeSets: [try ProbeSet.parse(Array(lines.joined().utf8), file: "\(name).jsonl")],
      samples: self.samples, sampling: sampling, budget: budget, concurrency: concurrency, timeout: timeout)
  }

  /// Under this name the case of a run has the model.
  package static let model = ModelID("watched")
}
