/// One request that a case plans: a probe put to a model for the n-th time.
package struct PlannedItem: Hashable, Sendable {
  /// Place in the order of the run, from 0.
  package let order: Int
  package let model: ModelID
  package let probe: PromptID
  package let sample: Int
  /// The `seed` that the request carries; no two items of a plan share one.
  package let requestSeed: Int

  package init(order: Int, model: ModelID, probe: PromptID, sample: Int, requestSeed: Int) {
    self.order = order
    self.model = model
    self.probe = probe
    self.sample = sample
    self.requestSeed = requestSeed
  }
}
