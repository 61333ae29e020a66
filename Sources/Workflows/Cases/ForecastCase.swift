package import Cases
import Formats
package import Likelihood
import Probing

/// What a case will be able to say, told before anything is asked: a pure function of the configuration and the calibration.
///
/// What depends on the answers is left open: how long they are, and whether all come.
package struct ForecastCase: Sendable {
  /// What of one candidate can be known beforehand.
  package struct Pair: Hashable, Sendable {
    package let candidate: ModelID
    /// Probes that suspect and candidate will both have answered.
    package let prompts: Int
    /// Models of the cohort that are related to neither.
    package let unrelated: Int
    /// Models that leave the cohort of this pair, and why.
    package let leftOut: [CohortSelection.Omission]
    /// Of whom neither developer nor base is stated.
    package let unstated: [ModelID]
    /// Why there will be no ratio; empty if one is possible.
    package let reasons: [Calibration.Refusal]
    /// Probes of which both will have two answers or more, as the test for one model under two names needs.
    package let repeated: Int
    /// Both will have one answer to each probe because the probes themselves say so.
    package let isFixedByProbes: Bool
  }

  package struct Findings: Hashable, Sendable {
    package let pairs: [Pair]
    /// Alternatives whose ratio can speak for either side, and those of which the calibration knows too little.
    package let told: [Alternative]
    package let untold: [Alternative]
    /// What the mean answer of suspect and candidate must have.
    package let minimumCharacters: Int
    /// Whether every model may be asked how likely it finds given answers, as far as addresses and dialects tell.
    package let hasLikelihoods: Bool
    /// Models whose answers were recorded before.
    package let recorded: Int
  }

  private let configuration: CaseConfiguration
  private let calibration: Calibration

  package init(_ configuration: CaseConfiguration, calibration: Calibration) {
    self.configuration = configuration
    self.calibration = calibration
  }

  /// By the calibration that ships.
  package init(_ configuration: CaseConfiguration) throws {
    self.init(configuration, calibration: try .shipped())
  }

  /// Of an answer, while nothing but its limit in tokens is known: tokens of European languages have four or so.
  private static let charactersOfToken = 4
  private static let withoutSpaces = ["ja", "zh", "th", "lo", "km", "my"]

  /// - Throws: what reading recorded answers throws.
  package func run() throws -> Findings {
    let answered = try configuration.members.reduce(into: [ModelID: Answered]()) {
      $0[$1.id] = try self.answered($1)
    }
    let suspect = configuration.suspect
    let pairs = configuration.candidates.map { candidate in
      pair(suspect, candidate, answered)
    }
    let (told, untold) = alternatives
    return Findings(
      pairs: pairs, told: told, untold: untold, minimumCharacters: calibration.validity.minimumCharacters,
      hasLikelihoods: configuration.recorded.isEmpty
        && configuration.models.allSatisfy { model in
          switch model.endpoint.dialect.dialect.givenAnswers {
          case .echo: true
          // Of servers that leave a model no other words there is one, and no vendor has it.
          case .grammar: KnownVendors.vendor(of: model.endpoint.url) == nil
          case nil: false
          }
        },
      recorded: configuration.recorded.count)
  }

  /// Answers to each probe, and their mean length where it is known.
  private struct Answered {
    let samples: [PromptID: Int]
    let characters: Double
  }

  private func answered(_ member: CaseConfiguration.Member) throws -> Answered {
    guard let recorded = member.recorded else {
      let longest = configuration.probes.map { configuration.maxTokens(of: $0) }.max() ?? 0
      return Answered(
        samples: Dictionary(firstOf: configuration.probes.map { ($0.id, configuration.samples(of: $0)) }),
        characters: Double(longest * Self.charactersOfToken))
    }
    let responses = try RecordedAnswers(to: configuration.probes).read(
      recorded.recording.bytes, file: recorded.recording.file, model: recorded.id
    ).transcript.responses
    let characters = responses.reduce(0) { $0 + $1.text.unicodeScalars.count }
    return Answered(
      samples: Dictionary(responses.map { ($0.prompt, 1) }, uniquingKeysWith: +),
      characters: Double(characters) / Double(max(responses.count, 1)))
  }

  private func pair(
    _ suspect: CaseConfiguration.Member, _ candidate: CaseConfiguration.Member, _ answered: [ModelID: Answered]
  ) -> Pair {
    let selection = CohortSelection(
      from: configuration.cohort.map(\.id), suspect: suspect.id, candidate: candidate.id,
      lineage: configuration.lineage)
    let (one, other) = (answered[suspect.id], answered[candidate.id])
    let common = Set((one?.samples ?? [:]).keys).intersection((other?.samples ?? [:]).keys)
    let members = selection.members.filter { model in
      (answered[model]?.samples ?? [:]).keys.contains(where: common.contains)
    }
    let languages = configuration.probes.filter { common.contains($0.id) }.compactMap(\.language)
    let setting = Calibration.Setting(
      prompts: common.count, cohort: members.count, characters: min(one?.characters ?? 0, other?.characters ?? 0),
      withoutSpaces: 2 * languages.count { Self.withoutSpaces.contains(String($0.prefix(2))) } > common.count,
      lineage: StatedLineage(
        selection, suspect: suspect.id, candidate: candidate.id, lineage: configuration.lineage))
    let repeated = common.count { (one?.samples[$0] ?? 0) > 1 && (other?.samples[$0] ?? 0) > 1 }
    return Pair(
      candidate: candidate.id, prompts: common.count, unrelated: members.count, leftOut: selection.omitted,
      unstated: selection.unstated,
      reasons: calibration.refusals(in: setting), repeated: repeated,
      isFixedByProbes: repeated == 0 && configuration.samples > 1
        && configuration.probes.allSatisfy { $0.samples == 1 })
  }

  private var alternatives: (told: [Alternative], untold: [Alternative]) {
    let fits = Dictionary(firstOf: calibration.fits.map { ($0.alternative, $0.bounds) })
    let told = Alternative.allCases.filter { fits[$0]?.canTell ?? false }
    return (told, Alternative.allCases.filter { !told.contains($0) && !$0.isArgued && !$0.isOfDirection })
  }
}
