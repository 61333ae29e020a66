package import Likelihood
package import Validation

/// Fits what turns scores into likelihood ratios, on pairs of known truth.
package struct FitCalibration: Sendable {
  private let seed: UInt64
  private let tool: String

  /// - Parameters:
  ///   - seed: of the bootstrap over families, and of the demo's world.
  ///   - tool: named in the calibration as what made it.
  package init(seed: UInt64, tool: String) {
    self.seed = seed
    self.tool = tool
  }

  /// On all labelled pairs of a corpus.
  ///
  /// - Parameter progress: told of each set of answers that is done.
  package func run(
    corpus: String, pairs: String, method: CohortMethod, learning: LeaveFamiliesOut,
    progress: @Sendable ((set: String, pairs: Int, scored: Int)) -> Void = { _ in }
  ) async throws -> Calibration {
    let found = try await CorpusPairs.read(
      corpus: corpus, pairs: pairs, method: method, seed: seed, thorough: false, progress: progress)
    return try CorpusCalibration(learning: learning, seed: seed, tool: tool).fit(found, method: method)
  }

  /// On families of small models that are made for the demo.
  package func runDemo() async throws -> Calibration {
    try await DemoCorpus(seed: seed).calibration(tool: tool)
  }
}
