package import Cases

/// What the lines of a calibration were fitted on, as scores: from them a line is fitted anew for a case that is itself part of
/// them, without its families.
///
/// One line for each family that could be asked about would not do: what is left out belongs to a pair, and the pairs of the
/// reference corpus have some 700 different sets of developers, families and base models. Their scores are smaller than that many
/// lines, and leave the same lines as the validation, to the last digit that is kept.
package struct Lessons: Hashable, Sendable {
  /// Whom a lesson is about: what several lessons share.
  package struct Kin: Hashable, Sendable {
    /// Developers, families and base models of both, as the validation names them.
    package let names: Set<String>
    /// The student's family, as the table of pairs names it.
    package let source: String
    /// Developer of the teacher; nil where none is named.
    package let developer: String?

    package init(names: Set<String>, source: String, developer: String?) {
      self.names = names
      self.source = source
      self.developer = developer
    }
  }

  package struct Lesson: Hashable, Sendable {
    /// Weighed by `Reliability`; six decimals.
    package let score: Double
    package let label: Bool
    package let kin: Kin
    /// log10 of its ratio by a line that saw none of its names, not bounded; nil where too little was left. Three decimals.
    package let ratio: Double?

    package init(score: Double, label: Bool, kin: Kin, ratio: Double?) {
      self.score = score
      self.label = label
      self.kin = kin
      self.ratio = ratio
    }
  }

  /// What `LeaveFamiliesOut` needs beside the prior and the penalty, which the calibration states.
  package let evenness: Double
  package let fewestSources: Int
  package let fewestFamilies: Int
  package let comparisons: [Alternative: [Lesson]]
  /// Of several candidates as one; empty where none was fitted.
  package let groups: [Lesson]
  /// Of each model that a lesson is about, in either role, its own names: not those of the models that it stands beside. By the
  /// model's name as `Lineage.spelledAlike` has it, for a case may spell it in another way.
  package let models: [String: Set<String>]

  /// - Parameter models: by names in any spelling; what stands under several of one model is all its own.
  package init(
    evenness: Double, fewestSources: Int, fewestFamilies: Int, comparisons: [Alternative: [Lesson]], groups: [Lesson],
    models: [String: Set<String>]
  ) {
    self.evenness = evenness
    self.fewestSources = fewestSources
    self.fewestFamilies = fewestFamilies
    self.comparisons = comparisons
    self.groups = groups
    self.models = Dictionary(models.map { (Lineage.spelledAlike($0.key), $0.value) }) { $0.union($1) }
  }

  /// In the order of `Alternative`, the groups last.
  package var all: [Lesson] { Alternative.allCases.flatMap { comparisons[$0] ?? [] } + groups }

  /// Of a model that some lesson is about; nil of any other.
  package func names(of model: ModelID) -> Set<String>? { models[Lineage.spelledAlike(model.rawValue)] }

  /// Of all lessons.
  package var names: Set<String> { all.reduce(into: []) { $0.formUnion($1.kin.names) } }
}
