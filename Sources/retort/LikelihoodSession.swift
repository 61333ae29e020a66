import CaseFile
import Foundation
import Likelihood
import Probing

/// `retort likelihood`: every endpoint of a case is given answers of all its models; what they find likely is kept in a case
/// file of its own, beside the first.
struct LikelihoodSession {
  let source: String?
  let plan: LikelihoodCase
  let references: String?
  let released: [ModelID: String]
  let limits: BudgetOptions
  let custody: RunCustody?
  let progress: ProgressMode
  let json: Bool

  func run() async throws {
    let file: String
    if let source, source.hasSuffix(".retort") {
      file = source
    } else {
      file = try await ask()
    }
    let store = try CaseStore.open(at: file)
    let findings: LikelihoodFindings
    do {
      findings = LikelihoodFindings(try store.contents(), try store.givenAnswers(), released: released)
      try store.close()
    } catch {
      try? store.close()
      throw error
    }
    if json {
      try StandardOutput.json(findings.document(tool: Version.tool))
    } else {
      try StandardOutput.say(findings.lines)
    }
  }

  /// - Returns: the file with what was answered.
  private func ask() async throws -> String {
    let choice = try ConfigurationChoice(source)
    choice.tell()
    var configuration = try CaseConfigurationReader.read(file: choice.file)
    configuration.budget = configuration.budget.overridden(by: try limits.budget())
    let base = choice.base(ofCase: configuration.name)
    guard FileBytes.exists("\(base).retort") else { throw UsageError.noAnswersYet(file: "\(base).retort") }
    let unable = configuration.models.filter { $0.endpoint.dialect.givenAnswerWay == nil }.map(\.id)
    guard unable.isEmpty else { throw ProbingError.noLikelihood(unable) }
    let written = try references.map { try TranscriptReader.read(file: $0, model: ModelID("reference")) }
    let given = plan.given(configuration, transcripts: try transcripts("\(base).retort"), references: written)
    guard !given.isEmpty else { throw LikelihoodError.noCommonPrompts }
    let follow = try plan.configuration(of: configuration, given: try await taken(given, apart: configuration))
    let file = "\(base).likelihood.retort"
    try await CaseSession(
      configuration: follow, file: file, output: "", json: json,
      resume: "retort likelihood \(ShellWord.quoted(choice.file))", progress: progress, checks: false,
      custody: custody, plansAnalysis: false, reports: false
    ).probe()
    return file
  }

  private func transcripts(_ file: String) throws -> [ModelID: Transcript] {
    let store = try CaseStore.open(at: file)
    defer { try? store.close() }
    return try store.contents().transcripts
  }

  /// The answers with their tokens, by the tokeniser of each endpoint that is made to say them; an answer that one of these
  /// cannot say is left out for all.
  private func taken(_ given: [GivenAnswer], apart configuration: CaseConfiguration) async throws -> [GivenAnswer] {
    let transport = HTTPTransport(connections: 1)
    var tokens = given.map { _ in [ModelID: [Int]?]() }
    do {
      for model in configuration.models where model.endpoint.dialect.givenAnswerWay == .grammar {
        let found = try await GivenTokens(
          model, transport: transport, environment: ProcessInfo.processInfo.environment, timeout: configuration.timeout
        ).tokens(of: given.map(\.text))
        for (place, list) in found.enumerated() { tokens[place][model.id] = .some(list) }
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
        text: given.text, model: given.model, prompt: given.prompt, sample: given.sample, tokens: known)
    }
    if kept.count < given.count {
      Talk.say("\(given.count - kept.count) answers left out: an endpoint's tokens of them are parts of characters")
    }
    guard !kept.isEmpty else { throw LikelihoodError.noCommonPrompts }
    return kept
  }
}
