package import Cases
import Formats

/// The follow-up case in which the endpoints of a case are given each other's answers: a case file of its own, with its own
/// protocol, log and chain, since the plan of a case is frozen before its answers are known.
package struct LikelihoodCase: Sendable {
  /// Answers of each model that are put to all.
  package let answers: Int
  /// Bytes of an answer that are given, cut between characters: what follows says the same at a price.
  package let longest: Int
  /// Which answers of candidates are put in the plain spelling as well.
  package let spellings: SpellingPlan
  /// Whether all but the suspect and its base are taken by their answers alone.
  package let suspectOnly: Bool

  package init(
    answers: Int = 40, longest: Int = 1_000, spellings: SpellingPlan = SpellingPlan(), suspectOnly: Bool = false
  ) {
    self.answers = answers
    self.longest = longest
    self.spellings = spellings
    self.suspectOnly = suspectOnly
  }

  /// The models that are asked: those of the case that have an endpoint which can tell likelihoods, and their bases.
  ///
  /// - Throws: `ProbingError` where one that is needed cannot tell them. With the suspect's base as reference nobody else is
  ///   needed; without it each is compared with each.
  package func asked(_ configuration: CaseConfiguration) throws(ProbingError) -> [CaseConfiguration.Model] {
    func cannotTell(_ model: CaseConfiguration.Model) -> Bool { model.endpoint.dialect.dialect.givenAnswers == nil }
    let hasReference = configuration.suspect.asked?.baseEndpoint != nil
    let recorded = configuration.recorded.map(\.id)
    let silent = hasReference ? recorded.filter { $0 == configuration.suspect.id } : recorded
    guard silent.isEmpty else { throw .notAsked(silent) }
    if suspectOnly, !hasReference { throw .notAsked([configuration.suspect.id.base]) }
    let models = configuration.models.filter { model in
      if model.id == configuration.suspect.id { return true }
      return !suspectOnly && !(hasReference && cannotTell(model))
    }
    let all = models + Self.bases(of: models)
    let unable = all.filter(cannotTell).map(\.id)
    guard unable.isEmpty else { throw .noLikelihood(unable) }
    return all
  }

  /// First samples of all members to prompts that all answered, drawn by the case's seed, the references to them, and answers
  /// of candidates in the plain spelling.
  ///
  /// - Returns: by prompt; models in the order of the case, then a reference, then plain spellings.
  /// - Throws: `ProbingError` if a member answered nothing, or somebody else did.
  package func given(
    _ configuration: CaseConfiguration, transcripts: [ModelID: Transcript], references: Transcript?
  ) throws(ProbingError) -> [GivenAnswer] {
    let models = configuration.members.map(\.id)
    if let stranger = transcripts.keys.sorted().first(where: { !models.contains($0) }) { throw .unknownOwner(stranger) }
    let known = Set(configuration.probes.map(\.id))
    var texts: [PromptID: [ModelID: Response]] = [:]
    for model in models {
      var hasAnswered = false
      for response in transcripts[model]?.responses ?? []
      where known.contains(response.prompt) && isUsable(response.text) {
        hasAnswered = true
        if texts[response.prompt]?[model] == nil { texts[response.prompt, default: [:]][model] = response }
      }
      guard hasAnswered else { throw .noAnswers(of: model) }
    }
    var prompts = texts.filter { $0.value.count == models.count }.keys.sorted()
    guard !prompts.isEmpty else { throw .noCommonAnswers }
    var generator = ScheduleGenerator(seed: configuration.seed)
    prompts = generator.shuffled(prompts).prefix(max(answers, 1)).sorted()
    let written = Dictionary(grouping: references?.responses ?? [], by: \.prompt)
    let given = prompts.flatMap { prompt in
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
    let languages = Dictionary(
      firstOf: configuration.probes.compactMap { probe in probe.language.map { (probe.id, $0) } })
    let plain = Dictionary(
      grouping: spellings.plain(given, of: configuration.candidates.map(\.id), languages: languages).filter {
        isUsable($0.text)
      }, by: \.prompt)
    return Dictionary(grouping: given, by: \.prompt).sorted { $0.key < $1.key }.flatMap { $1 + (plain[$0] ?? []) }
  }

  /// The case: models, limits and seed of the one that it follows; who is not asked has the answers that are put.
  ///
  /// - Parameter transcripts: of the case that it follows.
  package func configuration(
    of configuration: CaseConfiguration, given: [GivenAnswer], transcripts: [ModelID: Transcript] = [:]
  ) throws -> CaseConfiguration {
    let asked = try asked(configuration)
    let (items, overflow) = given.count.multipliedReportingOverflow(by: asked.count)
    guard !overflow, items <= Limits.plannedItems else {
      throw ProbingError.planTooLarge(answers: given.count, models: asked.count)
    }
    let probes = Dictionary(firstOf: configuration.probes.map { ($0.id, $0) })
    let lines = given.compactMap { given -> String? in
      guard let probe = probes[given.prompt] else { return nil }
      return Probe(
        id: Self.probe(of: given), prompt: probe.prompt, system: probe.system,
        category: probe.category, language: probe.language, samples: 1, maxTokens: given.text.utf8.count + 1,
        temperature: 0, reads: ["likelihood"], given: given
      ).canonicalLine
    }
    let name = "\(configuration.name).likelihood"
    let set = try ProbeSet.parse(Array(lines.joined().utf8), file: "\(name).jsonl")
    let names = Set(asked.map(\.id))
    func member(_ member: CaseConfiguration.Member) throws -> CaseConfiguration.Member {
      names.contains(member.id)
        ? member : .recorded(try recorded(member, given, set, transcripts[member.id]))
    }
    return CaseConfiguration(
      name: name, seed: configuration.seed, suspect: configuration.suspect,
      candidates: try configuration.candidates.map(member),
      cohort: try configuration.cohort.map(member)
        + Self.bases(of: asked).map(CaseConfiguration.Member.asked),
      probeSets: [set], samples: 1,
      sampling: Sampling(temperature: 0, topP: 1, logprobs: true, topLogprobs: 1, promptLogprobs: true),
      budget: configuration.budget, concurrency: configuration.concurrency, timeout: configuration.timeout)
  }

  /// The models that those of the case were tuned from, where they are served: by the names that `ModelID.base` gives.
  package static func bases(of models: [CaseConfiguration.Model]) -> [CaseConfiguration.Model] {
    models.compactMap { model in
      model.baseEndpoint.map { .init(id: model.id.base, endpoint: $0) }
    }
  }

  private static func probe(of given: GivenAnswer) -> PromptID {
    let owner = given.model.map { "of:\($0)" } ?? "reference"
    return PromptID("\(given.prompt) \(given.sample) \(owner)" + (given.plain.map { " plain:\($0.spelling)" } ?? ""))
  }

  /// A member that is not asked: its answers as they are put, uncut.
  private func recorded(
    _ member: CaseConfiguration.Member, _ given: [GivenAnswer], _ set: ProbeSet, _ transcript: Transcript?
  ) throws -> CaseConfiguration.RecordedModel {
    var whole: [PromptID: [Int: Response]] = [:]
    for response in transcript?.responses ?? [] { whole[response.prompt, default: [:]][response.sample] = response }
    let lines = given.filter { $0.model == member.id && $0.plain == nil }.map { given in
      Response(
        prompt: Self.probe(of: given), sample: 0, text: whole[given.prompt]?[given.sample]?.text ?? given.text
      ).canonicalLine
    }
    let (file, bytes) = ("\(member.id).jsonl", Array(lines.joined().utf8))
    let stated = member.recorded?.recording
    let origin = stated?.origin ?? Recording.Origin()
    let from = stated.map { "\($0.file), SHA-256 \($0.digest.hex)" } ?? "the case that this one follows"
    return CaseConfiguration.RecordedModel(
      id: member.id,
      recording: Recording(
        file: file, bytes: bytes,
        origin: Recording.Origin(
          by: origin.by, date: origin.date, from: origin.from.map { "\($0); \(from)" } ?? from,
          temperature: origin.temperature, topP: origin.topP, maxTokens: origin.maxTokens, template: origin.template),
        matching: try RecordedAnswers(to: set.probes).read(bytes, file: file, model: member.id).matching),
      lineage: member.lineage)
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
