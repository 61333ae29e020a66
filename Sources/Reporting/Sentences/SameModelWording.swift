package import Cases
import Foundation
import SameModel

/// Whether suspect and candidate could be one model under two names.
package enum SameModelWording {
  // MARK: By itself, as `retort same` says it

  package static func finding(_ suspect: ModelID, _ candidate: ModelID, isToldApart: Bool, level: String) -> String {
    isToldApart
      ? """
      ○ \(suspect) and \(candidate): told apart, at the level of \(level); that they are one model under two names rather than two models is spoken against by the test of equality
      """
      : """
      = \(suspect) and \(candidate): the same model, as far as these probes can tell; the test of equality does not speak against one model under two names rather than two models
      """
  }

  package static func notTested(_ suspect: ModelID, _ candidate: ModelID) -> String {
    """
    – \(suspect) and \(candidate): one model under two names rather than two models is not evaluated, for no prompt has two answers of both
    """
  }

  /// - Parameter greatest: the ratio that such a p-value can mean at most.
  package static func notWeighed(_ pValue: Double, atMost greatest: Double) -> String {
    """
    a p-value is no likelihood ratio: p = \(String(format: "%.4f", pValue)) can mean one of at most \(RatioWording.ratio(log10: Foundation.log10(greatest))) for two models rather than one model under two names, a difference of any kind
    """
  }

  // MARK: In a report

  static func words(_ test: SameModelGate.Test) -> String {
    switch test {
    case .answers: "texts"
    case .shortAnswers: "short answers"
    case .lengths: "lengths"
    case .logprobs: "log-probabilities"
    }
  }

  /// Whether the equality test was made, and what it says, for all candidates together.
  package static func gate(_ candidates: [Report.Candidate]) -> String {
    let tested = candidates.filter { $0.sameModelTest != nil }
    guard !tested.isEmpty else {
      return "Same model under two names: not tested, for the test needs two samples or more of a prompt from each."
    }
    let same = tested.filter(\.isIndistinguishable).map(\.model)
    let found =
      same.isEmpty ? "all told apart" : "\(tested.count - same.count) told apart, not so \(Wording.list(same))"
    return "Same model under two names: tested for \(tested.count) of \(candidates.count) candidates, \(found)."
  }

  /// Why the analysis goes no further, and what the tests would have found.
  package static func sentence(_ test: Report.SameModelTest, candidate: String) -> String {
    let names = test.tests.map { words($0.test) }.joined(separator: ", ")
    return """
      Equality tests of \(names) on \(test.prompts) prompts do not tell their answers apart (p of all together \(test.pValue.text(decimals: 3))). \
      \(power(test, candidate: candidate)) \
      The analysis goes no further: copying of answers is no question while the two may be one model.
      """
  }

  static func power(_ test: Report.SameModelTest, candidate: String) -> String {
    guard let power = test.power else {
      return "Whether the tests would have found a difference is unknown: no unrelated model answered as often."
    }
    return """
      The same tests tell \(power.toldApart) of \(power.of) unrelated models from \(candidate) (95 %: \(Wording.percent(power.low)) to \(Wording.percent(power.high))). \
      A fine-tune of it, or a student near to it, may need more answers than these to be told apart.
      """
  }

  /// For the candidate's own section.
  package static func line(_ test: Report.SameModelTest?, candidate: String) -> String {
    guard let test else { return "Same model? Not tested." }
    let each = test.tests.map {
      "\(words($0.test)) p = \($0.pValue.text(decimals: 4)) (\($0.prompts) prompts)"
    }.joined(separator: ", ")
    let finding = test.isToldApart ? "told apart." : "not told apart. \(power(test, candidate: candidate))"
    return """
      Same model? \(each); of all together p = \(test.pValue.text(decimals: 4)), by \(test.permutations) permutations within the prompt: \(finding)
      """
  }
}
