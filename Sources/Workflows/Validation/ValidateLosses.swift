import Formats
import Likelihood
package import Validation

/// How well likelihoods against a base tell the teacher, on a table of losses of suspects whose teacher is known.
package struct ValidateLosses: Sendable {
  package struct Findings: Sendable {
    package let corpus: LossCorpus
    package let validation: LossValidation
    /// The same by weaker scores.
    package let weaker: [(measure: LossCase.Measure, figures: LossValidation.Figures)]
    /// The same on the first answers only.
    package let fewer: [(answers: Int, figures: LossValidation.Figures)]
    /// From which all ratios are, where one was named.
    package let frozen: ReferenceCalibration?
    /// Beyond which a reference is no base.
    package let calibration: ReferenceCalibration
  }

  private let file: String

  /// - Parameter file: the table.
  package init(file: String) {
    self.file = file
  }

  /// - Parameter calibration: `shipped`, or a file; nil learns from the table itself.
  package func run(calibration: String?) throws -> Findings {
    let corpus = try LossCorpus.read(file: file)
    let frozen = try calibration.map { try ReferenceCalibration.named($0) }
    let standard = try frozen ?? ReferenceCalibration.shipped()
    func validation(
      _ rows: [ReferenceGains], undocumented: [ReferenceGains] = [], by measure: LossCase.Measure = .bothSides
    ) -> LossValidation {
      LossValidation(rows, undocumented: undocumented, by: measure, calibration: standard, frozen: frozen != nil)
    }
    let fewest = corpus.rows.map(\.answers).min() ?? 0
    return Findings(
      corpus: corpus, validation: validation(corpus.rows, undocumented: corpus.undocumented),
      weaker: [LossCase.Measure.oneSide, .gain].map { measure in
        // What was calibrated as another score gives no ratios of this one.
        (measure, LossValidation(corpus.rows, by: measure, calibration: measure == .gain ? nil : standard).figures())
      },
      fewer: [100, 40, 20, 10].filter { $0 < fewest }.map { count in
        (count, validation(corpus.rows.map { $0.prefix(count) }).figures())
      },
      frozen: frozen, calibration: standard)
  }
}

extension ReferenceCalibration {
  /// - Parameter name: `shipped`, or a file.
  package static func named(_ name: String) throws -> ReferenceCalibration {
    name == shippedName ? try shipped() : try ReferenceCalibration(parsing: FileBytes.read(name), file: name)
  }
}
