import CResources
import CaseFile
package import Cases
import Formats
package import Likelihood
package import Probing
package import Validation

/// Gives every endpoint of a case answers of all its models, and keeps what they find likely in a case file of its own,
/// beside the first.
package struct AskLikelihoods: Sendable {
  private let configuration: CaseConfiguration
  /// Path of the case's files, without their endings.
  private let base: String
  private let plan: LikelihoodCase
  private let references: String?
  private let environment: [String: String]
  private let custody: RunCustody?
  private let tool: String

  /// - Parameters:
  ///   - base: path of the case's files without their endings.
  ///   - references: texts that no model of the case wrote, laid out as a transcript.
  ///   - environment: where keys are looked up.
  package init(
    _ configuration: CaseConfiguration, base: String, plan: LikelihoodCase, references: String?,
    environment: [String: String], custody: RunCustody?, tool: String
  ) {
    self.configuration = configuration
    self.base = base
    self.plan = plan
    self.references = references
    self.environment = environment
    self.custody = custody
    self.tool = tool
  }

  /// Texts that a model's endpoint has taken apart, and all that it has to.
  package typealias Parting = (model: ModelID, done: Int, all: Int)

  /// - Parameters:
  ///   - ask: how the case is asked.
  ///   - parting: called before each text that an endpoint takes apart into its tokens.
  ///   - leftOut: called with the number of answers that some endpoint cannot be made to say, if there are any.
  /// - Returns: the file with what was answered.
  /// - Throws: `IncompleteRun` if an item is left without an answer.
  package func run(
    asking ask: @escaping Asker = { try await $0.run() }, parting: (Parting) -> Void = { _ in },
    leftOut: (Int) -> Void = { _ in }
  ) async throws -> String {
    guard FileBytes.exists("\(base).retort") else { throw WorkflowError.noAnswersYet(file: "\(base).retort") }
    let asked = try plan.asked(configuration)
    let written = try references.map { try TranscriptReader.read(file: $0, model: ModelID("reference")) }
    let transcripts = try CaseStore.withOpen(at: "\(base).retort") { try $0.contents().transcripts }
    let given = try plan.given(configuration, transcripts: transcripts, references: written)
    let file = Self.file(ofCase: base)
    let kept = try await tokenised(given, by: asked, known: try Self.planned(in: file), parting: parting)
    if kept.count < given.count { leftOut(given.count - kept.count) }
    guard !kept.isEmpty else { throw ProbingError.noCommonAnswers }
    let result = try await ask(
      AskCase(
        try plan.configuration(of: configuration, given: kept, transcripts: transcripts), file: file,
        environment: environment, tool: tool,
        weighing: .none, checks: false, custody: custody))
    guard result.stop == .complete else { throw IncompleteRun(result) }
    return file
  }

  /// The answers as an earlier run put them; none where there was no run.
  private static func planned(in file: String) throws -> [GivenAnswer] {
    guard try CaseStore.exists(at: file) else { return [] }
    return try CaseStore.withOpen(at: file) { try $0.probes() }.values.compactMap(\.given)
  }

  /// - Parameter base: path of the case's files, without their endings.
  static func file(ofCase base: String) -> String { "\(base).likelihood.retort" }

  /// What a file that `run` gave says of the case's pairs, and what the suspect's base adds where it was asked.
  ///
  /// - Parameter released: dates of release as they were stated.
  package static func findings(
    in file: String, released: [ModelID: String] = [:]
  ) throws -> (likelihoods: LikelihoodFindings, reference: ReferenceFindings?) {
    try CaseStore.withOpen(at: file) { store in
      let (contents, given) = (try store.contents(), try store.givenAnswers())
      if let stranger = LikelihoodFindings.stranger(among: given, in: contents) {
        throw ProbingError.unknownOwner(stranger)
      }
      let findings = LikelihoodFindings(contents, given, released: released)
      if let silent = findings.silent { throw ProbingError.noLikelihoodTold(silent.model, responses: silent.responses) }
      return (findings, ReferenceFindings(contents, given, calibration: try .shipped()))
    }
  }

  /// The spellings that come with the program: `Probes/spellings.json`.
  package static func shippedSpellings() throws -> [Spelling] {
    try Spelling.catalogue(embedded_spellings().bytes, file: "spellings.json")
  }

  /// The answers with their tokens, by the tokeniser of each endpoint that is made to say them; an answer that one of these
  /// cannot say is left out for all.
  ///
  /// - Parameter known: as they were put before: they are not taken apart again, so that a run goes on with the plan that it
  ///   began with.
  private func tokenised(
    _ given: [GivenAnswer], by models: [CaseConfiguration.Model], known: [GivenAnswer], parting: (Parting) -> Void
  ) async throws -> [GivenAnswer] {
    let parted = Dictionary(
      known.map { ($0.text, $0.tokens) }, uniquingKeysWith: { one, other in one.merging(other) { first, _ in first } })
    let transport = try HTTPTransport(connections: 1, environment: environment)
    var tokens = given.map { _ in [ModelID: [Int]?]() }
    do {
      for model in models where model.endpoint.dialect.dialect.givenAnswers == .grammar {
        for (place, answer) in given.enumerated() {
          if let list = parted[answer.text]?[model.id] { tokens[place][model.id] = .some(list) }
        }
        let missing = given.indices.filter { tokens[$0][model.id] == nil }
        // Who has nothing left to take apart needs no key.
        if missing.isEmpty { continue }
        let found = try await GivenTokens(
          model, guarding: models, transport: transport, environment: environment,
          timeout: configuration.timeout
        ).tokens(of: missing.map { given[$0].text }) { parting((model.id, $0, missing.count)) }
        for (place, list) in zip(missing, found) { tokens[place][model.id] = .some(list) }
      }
    } catch {
      await transport.shutdown()
      throw error
    }
    await transport.shutdown()
    let kept = zip(given, tokens).compactMap { given, tokens -> GivenAnswer? in
      let known = tokens.compactMapValues(\.self)
      guard known.count == tokens.count else { return nil }
      return GivenAnswer(
        text: given.text, model: given.model, prompt: given.prompt, sample: given.sample, plain: given.plain,
        tokens: known)
    }
    // A plain spelling says nothing without the text as it was written.
    let written = Set(kept.filter { $0.plain == nil }.map(Written.init))
    return kept.filter { $0.plain == nil || written.contains(Written($0)) }
  }

  private struct Written: Hashable {
    let model: ModelID?
    let prompt: PromptID
    let sample: Int

    init(_ given: GivenAnswer) { (model, prompt, sample) = (given.model, given.prompt, given.sample) }
  }
}
