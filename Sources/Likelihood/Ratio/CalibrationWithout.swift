package import Cases

extension Calibration {
  /// What a calibration was fitted without, for a pair of models, or a group, that is itself part of what the whole was fitted on.
  package struct Without: Hashable, Sendable {
    /// Suspect and candidates that a lesson is about, or one of their family; in the order of the case.
    package let models: [ModelID]
    /// Developers, families and base models of suspect and candidates that lessons were left out for, in their order.
    package let names: [String]
    /// Labelled pairs that were left out of those against no link; of a group, labelled groups.
    package let pairs: LikelihoodRatio.Share
    /// Alternatives for which too little was left.
    package let refused: [Alternative: Refusal]
    package let groupsRefused: Refusal?

    package init(
      models: [ModelID], names: [String], pairs: LikelihoodRatio.Share, refused: [Alternative: Refusal],
      groupsRefused: Refusal?
    ) {
      self.models = models
      self.names = names
      self.pairs = pairs
      self.refused = refused
      self.groupsRefused = groupsRefused
    }
  }
}
