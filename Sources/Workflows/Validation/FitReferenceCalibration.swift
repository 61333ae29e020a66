package import Validation

/// Fits what turns likelihoods against a base into ratios, on a table of losses.
package struct FitReferenceCalibration: Sendable {
  private let seed: UInt64
  private let tool: String

  package init(seed: UInt64, tool: String) {
    self.seed = seed
    self.tool = tool
  }

  package func run(losses file: String) throws -> ReferenceCalibration {
    try ReferenceCalibrationFit(seed: seed, tool: tool).calibration(LossCorpus.read(file: file), file: file)
  }
}
