package import Formats

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

extension PlannedItem {
  /// The item as one line of JSON, with its line end.
  package var canonicalLine: String {
    JSONValue.object([
      "order": .integer(order), "model": .string(model.rawValue), "probe": .string(probe.rawValue),
      "sample": .integer(sample), "seed": .integer(requestSeed),
    ]).canonical + "\n"
  }

  package init?(json: JSONValue) {
    guard let order = json["order"]?.integer, let model = json["model"]?.string, let probe = json["probe"]?.string,
      let sample = json["sample"]?.integer, let seed = json["seed"]?.integer
    else { return nil }
    self.init(
      order: order, model: ModelID(model), probe: PromptID(probe), sample: sample, requestSeed: seed)
  }
}
