package import Cases
import Formats

/// The follow-up case in which the endpoints of a case are given each other's answers: a case file of its own, with its own
/// protocol, log and chain, since the plan of a case is frozen before its answers are known.
package struct LikelihoodCase: Sendable {
  /// Answers of each model that are put to all.
  package let answers: Int
  /// Bytes of an answer that are given, cut between characters: what follows says the same at a price.
  package let longest: Int

  package init(answers: Int = 40, longest: Int = 1_000) {
    self.answers = answers
    self.longest = longest
  }

  /// First samples of all models to prompts that all answered, drawn by the case's seed, and the references to them.
  ///
  /// - Returns: by prompt; models in the order of the case, a reference last.
  package func given(
    _ configuration: CaseConfiguration, transcripts: [ModelID: Transcript], references: Transcript?
  ) -> [GivenAnswer] {
    let models = configuration.models.map(\.id)
    var texts: [PromptID: [ModelID: Response]] = [:]
    for model in models {
      for response in transcripts[model]?.responses ?? [] where isUsable(response.text) {
        if texts[response.prompt]?[model] == nil { texts[response.prompt, default: [:]][model] = response }
      }
    }
    let known = Set(configuration.probes.map(\.id))
    var prompts = texts.filter { $0.value.count == models.count && known.contains($0.key) }.keys.sorted()
    var generator = ScheduleGenerator(seed: configuration.seed)
    prompts = generator.shuffled(prompts).prefix(max(answers, 1)).sorted()
    let written = Dictionary(grouping: references?.responses ?? [], by: \.prompt)
    return prompts.flatMap { prompt in
      var given = models.compactMap { model in
        texts[prompt]?[model].map {
          GivenAnswer(text: cut($0.text), model: model, prompt: prompt, sample: $0.sample)
        }
      }
      if let reference = written[prompt]?.first(where: { isUsable($0.text) }) {
        given.append(GivenAnswer(text: cut(reference.text), model: nil, prompt: prompt, sample: reference.sample))
      }
      return given
    }
  }

  /// The case: models, limits and seed of the one that it follows.
  package func configuration(of configuration: CaseConfiguration, given: [GivenAnswer]) throws -> CaseConfiguration {
    let bases = Self.bases(of: configuration)
    let asked = configuration.models.count + bases.count
    let (items, overflow) = given.count.multipliedReportingOverflow(by: asked)
    guard !overflow, items <= Limits.plannedItems else {
      throw ProbingError.planTooLarge(answers: given.count, models: asked)
    }
    let probes = Dictionary(configuration.probes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let lines = given.compactMap { given -> String? in
      guard let probe = probes[given.prompt] else { return nil }
      let owner = given.model.map { "of:\($0)" } ?? "reference"
      return Probe(
        id: PromptID("\(given.prompt) \(given.sample) \(owner)"), prompt: probe.prompt, system: probe.system,
        category: probe.category, language: probe.language, samples: 1, maxTokens: given.text.utf8.count + 1,
        temperature: 0, reads: ["likelihood"], given: given
      ).canonicalLine
    }
    let name = "\(configuration.name).likelihood"
    return CaseConfiguration(
      name: name, seed: configuration.seed, suspect: configuration.suspect, candidates: configuration.candidates,
      cohort: configuration.cohort + bases.map(CaseConfiguration.Member.asked),
      probeSets: [try ProbeSet.parse(Array(lines.joined().utf8), file: "\(name).jsonl")], samples: 1,
      sampling: Sampling(temperature: 0, topP: 1, logprobs: true, topLogprobs: 1, promptLogprobs: true),
      budget: configuration.budget, concurrency: configuration.concurrency, timeout: configuration.timeout)
  }

  /// The models that those of the case were tuned from, where they are served: by the names that `ModelID.base` gives.
  package static func bases(of configuration: CaseConfiguration) -> [CaseConfiguration.Model] {
    configuration.models.compactMap { model in
      model.baseEndpoint.map { .init(id: model.id.base, endpoint: $0) }
    }
  }

  /// What says something, and holds no mark of a character that was cut.
  private func isUsable(_ text: String) -> Bool {
    text.utf8.contains { $0 > 0x20 } && !text.unicodeScalars.contains("\u{FFFD}")
  }

  private func cut(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var bytes = 0
    for scalar in text.unicodeScalars {
      bytes += UTF8.width(scalar)
      guard bytes <= longest else { break }
      scalars.append(scalar)
    }
    return String(scalars)
  }
}
