package import Cases
import Statistics

/// How much further towards one model's answers a suspect has moved from its base than towards others' answers, and than
/// other suspects have.
///
/// With g(c, i) the gain on candidate c's answer to prompt i, and O other models whose answers are at hand,
///
///     d(i) = g(c, i) − mean over o in O of g(o, i)        m = mean of d,  s = its standard deviation (n − 1)
///     movement = m / √s
///
///     one side     movement of the suspect over all others
///     both sides   mean over strangers f of [movement of the suspect − movement of f], both over the others that f has too,
///                  the answers of f's own teacher left out
///
/// A stranger is another suspect whose teacher is documented, and is another model than the candidate; whose base has another
/// developer; and who is not the candidate's work itself. Strangers take out that some answers are what all tuned models move
/// towards: without them, the nearest relative of an absent teacher passes for the teacher.
///
/// - Range: √(nats a token). m alone favours suspects that moved far, m / s those that moved little but evenly: halfway,
///   published students of 3 makers' bases have one scale.
/// - Trap: a candidate of the base's own developer gains more than others do without any teaching.
package struct ReferenceScore: Hashable, Sendable {
  package enum Sides: String, Hashable, Sendable, CaseIterable {
    /// Nobody else's gains on the candidate's answers are known.
    case one
    case both
  }

  package let sides: Sides
  package let value: Double
  /// Other suspects that it was compared with.
  package let strangers: Int
  /// Mean gain on the candidate's answers, nats a token.
  package let gain: Double

  package init(sides: Sides, value: Double, strangers: Int, gain: Double) {
    self.sides = sides
    self.value = value
    self.strangers = strangers
    self.gain = gain
  }

  /// Fewest others beside the candidate: one alone would be a comparison of two.
  package static let minimumOthers = 2

  /// - Parameters:
  ///   - others: rows of other suspects; those that are no strangers of this pair do not count.
  ///   - oneSided: leaves the strangers out.
  ///   - weights: how often each answer was drawn, of a bootstrap; nil counts each once.
  /// - Returns: nil with too few others, or where the differences do not vary.
  package init?(
    of candidate: ModelID, for row: ReferenceGains, among others: [ReferenceGains], oneSided: Bool = false,
    weights: ArraySlice<Double>? = nil
  ) {
    guard let own = row.gains[candidate] else { return nil }
    let rest = row.gains.keys.filter { $0 != candidate }.sorted()
    guard rest.count >= Self.minimumOthers else { return nil }
    func movement(_ gains: ReferenceGains, _ over: [ModelID]) -> Double? {
      guard let own = gains.gains[candidate], own.count == row.answers else { return nil }
      var means = [Double](repeating: 0, count: own.count)
      for model in over {
        guard let theirs = gains.gains[model], theirs.count == own.count else { return nil }
        for place in theirs.indices { means[place] += theirs[place] }
      }
      let differences = own.indices.map { own[$0] - means[$0] / Double(over.count) }
      let (mean, spread) = Self.moments(differences, weights)
      return spread > 0 ? mean / spread.squareRoot() : nil
    }
    let compared: [Double] =
      oneSided
      ? []
      : others.compactMap { other in
        guard Self.isStranger(other, to: row, candidate) else { return nil }
        let common = rest.filter { other.gains[$0] != nil && $0 != other.teacher && $0 != other.suspect }
        guard common.count >= Self.minimumOthers else { return nil }
        return movement(row, common).flatMap { mine in movement(other, common).map { mine - $0 } }
      }
    gain = Moments(own).mean
    strangers = compared.count
    if compared.isEmpty {
      guard let value = movement(row, rest) else { return nil }
      self.value = value
      sides = .one
    } else {
      value = compared.reduce(0, +) / Double(compared.count)
      sides = .both
    }
  }

  /// Of a suspect that was not taught by the candidate, on another maker's base.
  private static func isStranger(_ other: ReferenceGains, to row: ReferenceGains, _ candidate: ModelID) -> Bool {
    guard let teacher = other.teacher, other.prompts == row.prompts, other.gains[candidate] != nil else { return false }
    return teacher != candidate && teacher != row.suspect && other.suspect != row.suspect && other.suspect != candidate
      && other.baseDeveloper != row.baseDeveloper
  }

  private static func moments(_ values: [Double], _ weights: ArraySlice<Double>?) -> (mean: Double, spread: Double) {
    guard let weights else {
      let moments = Moments(values)
      return (moments.mean, moments.standardDeviation)
    }
    var count = 0.0
    var sum = 0.0
    for (value, weight) in zip(values, weights) {
      count += weight
      sum += weight * value
    }
    let mean = sum / count
    var squares = 0.0
    for (value, weight) in zip(values, weights) { squares += weight * (value - mean) * (value - mean) }
    return (mean, (squares / (count - 1)).squareRoot())
  }
}
