package import Cases
import Statistics

/// How much likelier a suspect finds given answers than the model that it was tuned from does.
///
///     gain = ln P_suspect(answer) − ln P_base(answer), per token of the suspect
///
/// What both know of language, of the subject and of everybody's manner cancels; what the tuning taught stays.
package struct ReferenceGains: Hashable, Sendable {
  package let suspect: ModelID
  /// The base model as it is stated, such as `google/gemma-3-4b-pt`.
  package let base: String
  /// Whose answers it is documented to have been trained on; nil where nothing is documented.
  package let teacher: ModelID?
  /// Name of the set of prompts.
  package let prompts: String
  /// By whose answers: one number an answer, in nats a token, in the order of the prompts, which is the same for all.
  package let gains: [ModelID: [Double]]

  package init(suspect: ModelID, base: String, teacher: ModelID?, prompts: String, gains: [ModelID: [Double]]) {
    self.suspect = suspect
    self.base = base
    self.teacher = teacher
    self.prompts = prompts
    self.gains = gains
  }

  /// Who made the base: what stands before the last `/` of its name; the whole name where nothing does.
  package var baseDeveloper: String {
    base.lastIndex(of: "/").map { String(base[..<$0]) } ?? base
  }

  package var answers: Int { gains.values.map(\.count).min() ?? 0 }

  /// The same on the first answers only.
  package func prefix(_ count: Int) -> ReferenceGains {
    ReferenceGains(
      suspect: suspect, base: base, teacher: teacher, prompts: prompts,
      gains: gains.mapValues { Array($0.prefix(count)) })
  }

  /// How far the suspect is from its base on these answers, whoever gave them: the mean over candidates of the size of the
  /// mean gain, nats a token.
  package var reach: Double {
    let means = gains.keys.sorted().compactMap { gains[$0] }.map { abs(Moments($0).mean) }
    return means.reduce(0, +) / Double(means.count)
  }

  package func without(_ candidate: ModelID) -> ReferenceGains {
    ReferenceGains(
      suspect: suspect, base: base, teacher: teacher, prompts: prompts, gains: gains.filter { $0.key != candidate })
  }
}
