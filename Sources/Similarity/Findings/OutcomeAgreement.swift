/// How far two models decline the same prompts: Cohen's κ, agreement beyond what their rates of refusal make likely.
///
/// The counts are sums over answers to the same prompts, so those of several shards add up.
///
/// - Source: Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20 (1960).
package struct OutcomeAgreement: Hashable, Sendable {
  package let bothDecline: Int
  package let onlyFirst: Int
  package let onlySecond: Int
  package let neither: Int

  package init(bothDecline: Int, onlyFirst: Int, onlySecond: Int, neither: Int) {
    self.bothDecline = bothDecline
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    self.neither = neither
  }

  /// Of the first answers of two models to each prompt that both answered.
  package init(_ table: AnswerTable, _ a: Int, _ b: Int) {
    var counts = [0, 0, 0, 0]
    for prompt in table.prompts.indices {
      guard let first = table.samples(prompt: prompt, model: a).first,
        let second = table.samples(prompt: prompt, model: b).first
      else { continue }
      counts[(RefusalMarkers.declines(first) ? 0 : 2) + (RefusalMarkers.declines(second) ? 0 : 1)] += 1
    }
    self.init(bothDecline: counts[0], onlyFirst: counts[1], onlySecond: counts[2], neither: counts[3])
  }

  /// −1...1; nil where chance alone would make them agree always, as when neither ever declines.
  package var kappa: Double? {
    let n = Double(bothDecline + onlyFirst + onlySecond + neither)
    guard n > 0 else { return nil }
    let first = Double(bothDecline + onlyFirst) / n
    let second = Double(bothDecline + onlySecond) / n
    let chance = first * second + (1 - first) * (1 - second)
    guard chance < 1 else { return nil }
    return (Double(bothDecline + neither) / n - chance) / (1 - chance)
  }
}
