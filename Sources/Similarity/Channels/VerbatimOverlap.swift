/// How much of two answers is word for word the same: runs of at least 6 tokens (in scripts without spaces, 12 characters)
/// that stand in both.
///
/// - `total`: the share of the tokens of both answers that lie in such a run, 0...1 a probe.
/// - `longest`: the length of the longest such run in tokens, 0 where there is none. Of a beginning that stands more
///   than `SharedTokens.maximumPlaces` times in one answer only the first places are followed: of answers that loop a longer run may
///   be missed.
///
/// The score is the mean over probes.
///
/// - Complexity: see `SharedTokens`.
/// - Note: A quotation from the prompt is verbatim in all answers; the cohort normalisation takes it out on average. Two
///   models that read the same text share runs of it as a teacher and its student do.
/// - Source: this project's; compare Clough and others, "METER: MEasuring TExt Reuse" (ACL 2002), greedy tiling.
package struct VerbatimOverlap: Channel {
  package enum Measure: String, Sendable { case total, longest }

  package let measure: Measure
  package var name: String { "verbatim_\(measure.rawValue)" }
  package let version = 1
  /// Lengths of runs are whole numbers, of a million and more where answers loop; several samples have means of them.
  package var gridBits: Int { measure == .longest ? 6 : 30 }
  package var label: String { measure == .total ? "verbatim" : "longest verbatim run" }
  package var explanation: String {
    switch measure {
    case .total: "how much of them is word for word the same"
    case .longest: "how long the longest part is that is word for word the same"
    }
  }
  package var definition: String {
    switch measure {
    case .total:
      """
      share of the units of both answers that lie in runs of at least 6 units (without spaces: 12 characters) that stand in both answers
      """
    case .longest:
      """
      length in units of the longest of the runs of at least 6 units (without spaces: 12 characters) that stand in both answers, 0 where there is none; of 6 (12) units that stand more than \(SharedTokens.maximumPlaces) times in an answer, which then loops, only the first \(SharedTokens.maximumPlaces) places are followed
      """
    }
  }

  /// Shortest run that counts.
  static func seed(byCharacters: Bool) -> Int { byCharacters ? 12 : 6 }

  package init(_ measure: Measure) { self.measure = measure }

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let byCharacters = answers.isWrittenWithoutSpaces
    let documents = answers.samples.joined().map { $0.units(byCharacters: byCharacters) }
    let common = answers.verbatim.value {
      SharedTokens(seed: Self.seed(byCharacters: byCharacters)).common(documents)
    }
    // Which runs a couple shares depends on both answers, and so does the length it is a share of: no mean of either says it.
    return PairMeans.ofSamples(answers) { a, b in
      let found = common[a * documents.count + b]
      switch measure {
      case .longest: return Double(found.longest)
      case .total:
        let length = documents[a].count + documents[b].count
        return length > 0 ? Double(found.coveredInFirst + found.coveredInSecond) / Double(length) : 0
      }
    }
  }
}
