package import CaseFile
import Similarity
import Statistics

/// Do two sets of answers to the same prompts come from one and the same model?
///
/// The statistic is the squared maximum mean discrepancy, unbiased, with the tf-idf cosine of answers as the kernel,
/// averaged over prompts. Under the null hypothesis the answers to one prompt are exchangeable between the sets, so they
/// are permuted within each prompt. That needs at least two samples of a prompt on each side.
///
/// - Source: Gretton, Borgwardt, Rasch, Schölkopf and Smola, "A Kernel Two-Sample Test", JMLR 13 (2012); the use on
///   language models is Gao, Liang and Guestrin, "Model Equality Testing" (2024).
package struct ChangeTest: Sendable {
  package let permutations: Int
  package let seed: UInt64

  package init(permutations: Int = 1_999, seed: UInt64) {
    self.permutations = permutations
    self.seed = seed
  }

  package enum Result: Hashable, Sendable {
    case tested(Finding)
    /// No prompt has two or more samples on both sides.
    case needsMoreSamples
  }

  package struct Finding: Hashable, Sendable {
    /// Prompts with at least two samples on each side.
    package let prompts: Int
    package let samples: Int
    /// Mean over prompts of the unbiased squared discrepancy; about 0 for equal distributions, at most 2.
    package let discrepancy: Double
    package let pValue: Double
    package let permutations: Int

    package init(prompts: Int, samples: Int, discrepancy: Double, pValue: Double, permutations: Int) {
      self.prompts = prompts
      self.samples = samples
      self.discrepancy = discrepancy
      self.pValue = pValue
      self.permutations = permutations
    }
  }

  package func compare(_ a: Transcript, _ b: Transcript) async -> Result {
    let blocks = Self.blocks(a, b)
    guard !blocks.isEmpty else { return .needsMoreSamples }
    let observed = Self.mean(blocks.map { $0.discrepancy(order: Array(0..<$0.count)) })
    var permuted = [Double](repeating: 0, count: permutations)
    for (index, block) in blocks.enumerated() {
      var generator = SeededGenerator(seed: seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15)
      var order = Array(0..<block.count)
      for permutation in permuted.indices {
        generator.shuffle(&order)
        permuted[permutation] += block.discrepancy(order: order)
      }
    }
    return .tested(
      Finding(
        prompts: blocks.count, samples: blocks.reduce(0) { $0 + $1.count }, discrepancy: observed,
        pValue: PermutationTest.pValue(observed: observed, permuted: permuted.map { $0 / Double(blocks.count) }),
        permutations: permutations))
  }

  /// The answers of both sides to one prompt, by their kernel.
  private struct Block: Sendable {
    let gram: [Double]
    let firstSide: Int
    let count: Int

    /// The first `firstSide` of `order` are one side, the others the other.
    func discrepancy(order: [Int]) -> Double {
      var withinFirst = 0.0
      var withinSecond = 0.0
      var across = 0.0
      for i in 0..<count {
        for j in (i + 1)..<max(count, i + 1) {
          let value = gram[order[i] * count + order[j]]
          if j < firstSide {
            withinFirst += value
          } else if i >= firstSide {
            withinSecond += value
          } else {
            across += value
          }
        }
      }
      let m = Double(firstSide)
      let n = Double(count - firstSide)
      return 2 * withinFirst / (m * (m - 1)) + 2 * withinSecond / (n * (n - 1)) - 2 * across / (m * n)
    }
  }

  private static func blocks(_ a: Transcript, _ b: Transcript) -> [Block] {
    func byPrompt(_ transcript: Transcript) -> [PromptID: [String]] {
      Dictionary(grouping: transcript.responses, by: \.prompt).mapValues { $0.map(\.text) }
    }
    let ofA = byPrompt(a)
    let ofB = byPrompt(b)
    return ofA.keys.sorted().compactMap { prompt in
      guard let first = ofA[prompt], let second = ofB[prompt], first.count > 1, second.count > 1 else { return nil }
      return Block(
        gram: AnswerKernel.gram(of: first + second), firstSide: first.count, count: first.count + second.count)
    }
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
