import Similarity

extension Report {
  /// What the gate says of suspect and candidate: could they be one model under two names?
  struct SameModelTest: Sendable, Encodable {
    struct Test: Sendable, Encodable {
      let test: String
      let prompts: Int
      let statistic: Figure
      let pValue: Figure
      let adjusted: Figure

      enum CodingKeys: String, CodingKey {
        case test, prompts, statistic
        case pValue = "p"
        case adjusted = "p_of_all"
      }
    }

    struct Power: Sendable, Encodable {
      let toldApart: Int
      let of: Int
      let low: Figure
      let high: Figure

      enum CodingKeys: String, CodingKey {
        case of, low, high
        case toldApart = "told_apart"
      }
    }

    /// Probability of telling one model from itself, over all tests.
    static let level = 0.05

    let isToldApart: Bool
    let level: Figure
    /// Prompts with two answers or more on each side.
    let prompts: Int
    let permutations: Int
    /// Of all tests together, by Fisher's combination under the same permutations.
    let pValue: Figure
    let tests: [Test]
    /// What the same tests say of unrelated models; nil where the two are told apart, or where there are none.
    let power: Power?

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
          test: $0.test.rawValue, prompts: $0.prompts, statistic: Figure($0.statistic), pValue: Figure($0.pValue),
          adjusted: Figure($0.adjusted))
      }
      self.power = power.map {
        Power(toldApart: $0.toldApart, of: $0.of, low: Figure($0.low), high: Figure($0.high))
      }
    }
  }
}

/// The gate in words.
enum SameModelWording {
  static func words(_ test: String) -> String {
    switch SameModelGate.Test(rawValue: test) {
    case .answers: "texts"
    case .shortAnswers: "short answers"
    case .lengths: "lengths"
    case .logprobs: "log-probabilities"
    case nil: test
    }
  }

  /// Why the analysis goes no further, and what the tests would have found.
  static func sentence(_ test: Report.SameModelTest, candidate: String) -> String {
    let names = test.tests.map { words($0.test) }.joined(separator: ", ")
    return
      "Equality tests of \(names) on \(test.prompts) prompts do not tell their answers apart (p of all together "
      + "\(test.pValue.text(decimals: 3))). " + power(test, candidate: candidate)
      + " The analysis goes no further: copying of answers is no question while the two may be one model."
  }

  static func power(_ test: Report.SameModelTest, candidate: String) -> String {
    guard let power = test.power else {
      return "Whether the tests would have found a difference is unknown: no unrelated model answered as often."
    }
    func percent(_ share: Figure) -> String { Figure(100 * (share.value ?? 0)).text(decimals: 0) }
    return "The same tests tell \(power.toldApart) of \(power.of) unrelated models from \(candidate) "
      + "(95 %: \(percent(power.low)) % to \(percent(power.high)) %). A fine-tune of it, or a student near to it, may need "
      + "more answers than these to be told apart."
  }

  /// For the candidate's own section.
  static func line(_ test: Report.SameModelTest?, candidate: String) -> String {
    guard let test else { return "Same model? Not tested." }
    let each = test.tests.map {
      "\(words($0.test)) p = \($0.pValue.text(decimals: 4)) (\($0.prompts) prompts)"
    }.joined(separator: ", ")
    return
      "Same model? \(each); of all together p = \(test.pValue.text(decimals: 4)), by \(test.permutations) permutations "
      + "within the prompt: "
      + (test.isToldApart ? "told apart." : "not told apart. \(power(test, candidate: candidate))")
  }
}
