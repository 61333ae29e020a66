package import Cases

/// What keeps a run from beginning. What happens during a run is a `StopReason`.
package enum ProbingError: Error, Hashable {
  /// The case has a limit of cost, and these models have no price.
  case priceUnknown([ModelID])
  /// The case has a limit of cost, and its prices cannot be added.
  case currenciesDiffer([String])
  /// An endpoint gave no embeddings.
  case noVectors(host: String, detail: String, isKeyRefused: Bool)
  /// An endpoint would not take texts apart into tokens.
  case noTokens(ModelID, host: String, detail: String)
  /// Endpoints whose dialect cannot tell how likely a given text is.
  case noLikelihood([ModelID])
  /// Models that have to be asked, and whose answers were recorded before.
  case notAsked([ModelID])
  /// A member of a case of which no answer to one of its probes says anything.
  case noAnswers(of: ModelID)
  /// Members that answered no common probe.
  case noCommonAnswers
  /// An answer of somebody who is no member of the case.
  case unknownOwner(ModelID)
  /// An endpoint that was given answers, and told the likelihood of none.
  case noLikelihoodTold(ModelID, responses: Int)
  /// Answers put to models: more requests than a plan may hold.
  case planTooLarge(answers: Int, models: Int)
  /// The case file plans a probe or a model that its configuration does not have.
  case planDiffers(PlannedItem)
  /// A variable that is to name a proxy.
  case badProxy(variable: String)
  /// A server that was to tell its models.
  case noModelList(url: String, detail: String)
}
