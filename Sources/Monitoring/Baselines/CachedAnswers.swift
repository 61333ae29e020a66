import Cases
import Statistics

/// Answers that come in runs: a cache between here and the model gives one out for a while, and then another.
enum CachedAnswers {
  /// Once in ten thousand baselines by chance.
  static let level = 0.0001
  private static let permutations = 19_999

  /// - Parameter answers: in the order in which they were asked for.
  static func pValue(_ answers: [RecordedAnswer], seed: UInt64) -> Double {
    let byProbe = Dictionary(grouping: answers, by: \.response.prompt).sorted { $0.key < $1.key }
    let sequences = byProbe.map { _, answers in
      var numbers: [String: Int32] = [:]
      return answers.map { answer -> Int32 in
        let key = ProbeRecord.key(answer.response.text)
        let number = numbers[key] ?? Int32(numbers.count)
        numbers[key] = number
        return number
      }
    }
    // Few permutations show most endpoints to be none.
    guard SerialRepeats.pValue(sequences, permutations: 199, seed: seed) <= 0.01 else { return 1 }
    return SerialRepeats.pValue(sequences, permutations: permutations, seed: seed &+ 1)
  }
}
