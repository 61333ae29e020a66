package import Cases
import Similarity
import Statistics

/// How far apart two models' short answers to the same prompts are distributed, and how far they may be: what neither gave in
/// so few answers may still be among what they give.
///
/// Mean over the prompts to which all answers of both are short (`ShortAnswer`) of the Jensen–Shannon divergence of what
/// was counted, and of its bounds with Good and Turing's mass for the unseen
/// (`DiscreteDivergence.jensenShannonWithUnseen`).
///
/// - Range: bits, 0...1, each of the three.
/// - Note: Counts of few answers make `observed` too large: two samples of one model differ as well. The bounds are wide where
///   most answers came once; then more answers are needed, not another statistic.
package struct ShortAnswerDivergence: Hashable, Sendable {
  package let prompts: Int
  /// Answers of both, to those prompts.
  package let answers: Int
  package let observed: Double
  package let least: Double
  package let greatest: Double

  /// - Returns: nil if there is no such prompt.
  package init?(_ a: Transcript, _ b: Transcript) {
    var sums = (prompts: 0, answers: 0, observed: 0.0, least: 0.0, greatest: 0.0)
    let (first, second) = (Self.byPrompt(a), Self.byPrompt(b))
    var next = 0
    for (prompt, own) in first {
      while next < second.count, second[next].prompt < prompt { next += 1 }
      guard next < second.count, second[next].prompt == prompt, let one = Self.keys(own),
        let other = Self.keys(second[next].responses)
      else { continue }
      var numbers: [UInt64: Int] = [:]
      for key in one + other where numbers[key] == nil { numbers[key] = numbers.count }
      var counts = [[Int]](repeating: [Int](repeating: 0, count: numbers.count), count: 2)
      for (side, keys) in [one, other].enumerated() {
        for key in keys { if let number = numbers[key] { counts[side][number] += 1 } }
      }
      guard let bounds = DiscreteDivergence.jensenShannonWithUnseen(counts[0], counts[1]) else { continue }
      sums.prompts += 1
      sums.answers += one.count + other.count
      sums.observed += DiscreteDivergence.jensenShannon(counts[0], counts[1])
      sums.least += bounds.lowerBound
      sums.greatest += bounds.upperBound
    }
    guard sums.prompts > 0 else { return nil }
    let count = Double(sums.prompts)
    prompts = sums.prompts
    answers = sums.answers
    observed = sums.observed / count
    least = sums.least / count
    greatest = sums.greatest / count
  }

  /// In the order of prompts, which is that of a transcript.
  private static func byPrompt(_ transcript: Transcript) -> [(prompt: PromptID, responses: ArraySlice<Response>)] {
    let responses = transcript.responses
    let starts = responses.indices.filter { $0 == 0 || responses[$0].prompt != responses[$0 - 1].prompt }
    return zip(starts, starts.dropFirst() + [responses.count]).map { (responses[$0].prompt, responses[$0..<$1]) }
  }

  /// nil unless all answers are short.
  private static func keys(_ responses: ArraySlice<Response>) -> [UInt64]? {
    var keys: [UInt64] = []
    for response in responses {
      guard let key = ShortAnswer.key(of: response.text) else { return nil }
      keys.append(key)
    }
    return keys
  }
}
