package import Cases
package import Likelihood
import LinearAlgebra
import Similarity
import Statistics

/// What likelihoods of a case's answers say of its candidates where the suspect's base was asked too.
package struct ReferenceFindings: Sendable {
  package enum Refusal: Error, Hashable, Sendable {
    case tooFewOthers(found: Int, needed: Int)
    case tooFewAnswers(found: Int, needed: Int)
    /// The base finds the suspect's own answers likelier than the suspect does: the endpoint does not tell what it answers by.
    case ownAnswersUnlikely
    /// All answers are so much likelier, or less likely, under the suspect that the reference is no base of it.
    case referenceTooFar
    /// Nothing is left of the calibration without the families of the case.
    case nothingLearned
    /// The likelihoods differ by the same number for every answer.
    case noSpread
  }

  package struct Candidate: Sendable {
    package let model: ModelID
    /// log₂ of P(suspect) over P(base), a byte of the candidate's answers.
    package let perByte: Double?
    package let score: ReferenceScore?
    /// Of draws of the answers, 95 %.
    package let interval: Interval?
    package let ratio: Result<ReferenceRatio, Refusal>
  }

  package let suspect: ModelID
  /// As stated, or the name under which it was asked.
  package let base: String
  package let answers: Int
  /// Gain on the suspect's own answers, nats a token: above 0 where its endpoint tells what it answers by.
  package let own: Double?
  /// `ReferenceGains.reach`.
  package let reach: Double
  /// Other models with a base that were asked too.
  package let strangers: [ModelID]
  package let calibration: ReferenceCalibration
  package let candidates: [Candidate]

  /// Fewest answers for a score, and draws of them for its interval.
  private static let minimumAnswers = CrossLikelihood.minimumPrompts
  private static let replicates = 400

  /// - Parameter refusesCertainty: as `AnswerLikelihood` has it.
  /// - Returns: nil where no base of the suspect was asked.
  package init?(
    _ contents: CaseContents, _ given: [(model: ModelID, given: GivenAnswer, answer: Answer)],
    calibration: ReferenceCalibration, refusesCertainty: Bool = true
  ) {
    let suspect = contents.suspect
    guard contents.cohort.contains(suspect.base) else { return nil }
    let lineage = contents.lineage
    let table = Table(given, refusesCertainty: refusesCertainty)
    let bases = Set(([suspect] + contents.candidates + contents.cohort).map(\.base))
    // The suspect's relatives are no others, unless one of them is a candidate.
    let owners =
      contents.candidates
      + contents.cohort.filter { !bases.contains($0) && Kinship.between($0, suspect, lineage) == nil }
    let prompts = table.prompts(of: owners, under: suspect)
    func gains(_ model: ModelID) -> ReferenceGains? {
      let known = owners.compactMap { owner in
        table.gains(of: owner, under: model, prompts).map { (owner, $0) }
      }
      guard !known.isEmpty else { return nil }
      let stated = lineage[model]
      return ReferenceGains(
        suspect: model, base: stated?.base ?? model.base.rawValue, teacher: stated?.teachers.first ?? Self.nobody,
        prompts: "", gains: Dictionary(uniqueKeysWithValues: known))
    }
    let strangers = owners.filter { contents.cohort.contains($0.base) && contents.cohort.contains($0) }
    let compared = strangers.compactMap(gains)
    let row = gains(suspect)
    self.suspect = suspect
    self.calibration = calibration
    base = lineage[suspect]?.base ?? suspect.base.rawValue
    answers = prompts.count
    let ownPrompts = table.prompts(of: [suspect], under: suspect)
    let own = table.gains(of: suspect, under: suspect, ownPrompts).map { Moments($0).mean }
    self.own = own
    let reach = row?.reach ?? .nan
    self.reach = reach
    self.strangers = compared.map(\.suspect)
    let developer = lineage[suspect]?.base.map { _ in row?.baseDeveloper ?? "" } ?? ""
    let bootstrap =
      prompts.isEmpty ? nil : ProbeBootstrap(replicates: Self.replicates, probes: prompts.count, seed: contents.seed)
    candidates = contents.candidates.map { candidate in
      // Relatives of the candidate are no others: their answers are alike.
      let kin = owners.filter { $0 != candidate && Kinship.between($0, candidate, lineage) != nil }
      let others = kin.reduce(row) { $0?.without($1) }
      let perByte = table.perByte(of: candidate, under: suspect, prompts)
      func refused(_ reason: Refusal, _ score: ReferenceScore? = nil, _ interval: Interval? = nil) -> Candidate {
        Candidate(model: candidate, perByte: perByte, score: score, interval: interval, ratio: .failure(reason))
      }
      guard prompts.count >= Self.minimumAnswers, let others, others.gains[candidate] != nil else {
        return refused(.tooFewAnswers(found: prompts.count, needed: Self.minimumAnswers))
      }
      guard others.gains.count > ReferenceScore.minimumOthers else {
        return refused(.tooFewOthers(found: others.gains.count - 1, needed: ReferenceScore.minimumOthers))
      }
      guard let score = ReferenceScore(of: candidate, for: others, among: compared) else { return refused(.noSpread) }
      let drawn = (0..<Self.replicates).compactMap { replicate -> Double? in
        guard let weights = bootstrap?.weights else { return nil }
        let columns = weights.columns
        return ReferenceScore(
          of: candidate, for: others, among: compared,
          weights: weights.values[replicate * columns..<(replicate + 1) * columns])?.value
      }
      let ends = drawn.quantiles([0.025, 0.975])
      let interval = drawn.isEmpty ? nil : Interval(low: ends[0], high: ends[1])
      if let own, own < 0 { return refused(.ownAnswersUnlikely, score, interval) }
      guard calibration.isWithinReach(reach) else { return refused(.referenceTooFar, score, interval) }
      guard prompts.count >= ReferenceCalibration.minimumAnswers else {
        return refused(
          .tooFewAnswers(found: prompts.count, needed: ReferenceCalibration.minimumAnswers), score, interval)
      }
      let families: Set<String> = ["base \(developer)", "model \(candidate)"]
      guard let ratio = calibration.ratio(score, replicates: drawn, families: families, confidence: 0.95) else {
        return refused(.nothingLearned, score, interval)
      }
      return Candidate(model: candidate, perByte: perByte, score: score, interval: interval, ratio: .success(ratio))
    }
  }

  /// A cohort model of which no teacher is stated: it is a stranger all the same.
  private static let nobody = ModelID("")

  /// Likelihoods of given answers by owner, scorer and prompt.
  private struct Table {
    struct Key: Hashable {
      let owner: ModelID
      let scorer: ModelID
    }

    private var values: [Key: [PromptID: AnswerLikelihood]] = [:]

    init(_ given: [(model: ModelID, given: GivenAnswer, answer: Answer)], refusesCertainty: Bool) {
      for entry in given {
        // References were written by no model, and a plain spelling is nobody's answer.
        guard entry.given.plain == nil, let owner = entry.given.model,
          let found = AnswerLikelihood(entry.answer, of: entry.given, refusesCertainty: refusesCertainty)
        else {
          continue
        }
        values[Key(owner: owner, scorer: entry.model), default: [:]][entry.given.prompt] = found
      }
    }

    /// Where the answers of all owners have a likelihood under a model and under its base.
    func prompts(of owners: [ModelID], under model: ModelID) -> [PromptID] {
      var common: Set<PromptID>?
      for owner in owners {
        for scorer in [model, model.base] {
          let known = Set((values[Key(owner: owner, scorer: scorer)] ?? [:]).keys)
          common = common.map { $0.intersection(known) } ?? known
        }
      }
      return (common ?? []).sorted()
    }

    /// Nats a token of the model's own; nil where a prompt is missing.
    func gains(of owner: ModelID, under model: ModelID, _ prompts: [PromptID]) -> [Double]? {
      each(of: owner, under: model, prompts) { own, base in
        (own.perByte - base.perByte) * Double(own.bytes) / Double(own.tokens) * 0.6931471805599453
      }
    }

    /// Mean of bits a byte.
    func perByte(of owner: ModelID, under model: ModelID, _ prompts: [PromptID]) -> Double? {
      each(of: owner, under: model, prompts) { $0.perByte - $1.perByte }.map { Moments($0).mean }
    }

    private func each(
      of owner: ModelID, under model: ModelID, _ prompts: [PromptID],
      _ value: (AnswerLikelihood, AnswerLikelihood) -> Double
    ) -> [Double]? {
      let own = values[Key(owner: owner, scorer: model)] ?? [:]
      let base = values[Key(owner: owner, scorer: model.base)] ?? [:]
      let found = prompts.compactMap { prompt in own[prompt].flatMap { one in base[prompt].map { value(one, $0) } } }
      return found.count == prompts.count && !found.isEmpty ? found : nil
    }
  }
}
