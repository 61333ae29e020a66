import SameModel

extension Report {
  /// What the gate says of suspect and candidate: could they be one model under two names?
  package struct SameModelTest: Sendable, Encodable {
    struct Test: Sendable, Encodable {
      let test: SameModelGate.Test
      package let prompts: Int
      let statistic: Figure
      let pValue: Figure
      package let adjusted: Figure

      enum CodingKeys: String, CodingKey {
        case test, prompts, statistic
        case pValue = "p"
        case adjusted = "p_of_all"
      }
    }

    package struct Power: Sendable, Encodable {
      let toldApart: Int
      package let of: Int
      package let low: Figure
      package let high: Figure

      enum CodingKeys: String, CodingKey {
        case of, low, high
        case toldApart = "told_apart"
      }
    }

    /// Probability of telling one model from itself, over all tests.
    static let level = 0.05

    package let isToldApart: Bool
    let level: Figure
    /// Prompts with two answers or more on each side.
    package let prompts: Int
    let permutations: Int
    /// Of all tests together, by Fisher's combination under the same permutations.
    let pValue: Figure
    let tests: [Test]
    /// What the same tests say of unrelated models; nil where the two are told apart, or where there are none.
    package let power: Power?

    enum CodingKeys: String, CodingKey {
      case level, prompts, permutations, tests, power
      case isToldApart = "told_apart"
      case pValue = "p_value"
    }

    /// - Returns: nil where nothing was tested.
    init?(_ result: SameModelGate.Result) {
      guard case .tested(let findings, let together, let power) = result, let first = findings.first else {
        return nil
      }
      isToldApart = together <= Self.level
      level = Figure(Self.level)
      prompts = findings.map(\.prompts).max() ?? 0
      permutations = first.permutations
      pValue = Figure(together)
      tests = findings.map {
        Test(
          test: $0.test, prompts: $0.prompts, statistic: Figure($0.statistic), pValue: Figure($0.pValue),
          adjusted: Figure($0.adjusted))
      }
      self.power = power.map {
        Power(toldApart: $0.toldApart, of: $0.of, low: Figure($0.low), high: Figure($0.high))
      }
    }
  }
}
