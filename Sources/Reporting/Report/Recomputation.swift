/// How the report is computed anew by anybody, and how near the result must come.
package struct Recomputation: Sendable, Encodable {
  package let command: String
  package let inputs: String
  package let tolerance: String
  package let notRepeatable: String

  enum CodingKeys: String, CodingKey {
    case command, inputs, tolerance
    case notRepeatable = "not_repeatable"
  }

  /// - Parameter calibration: the name that the program knows it by; nil for one of a file, and for none.
  init(_ report: Report, calibration: String?) {
    let record = report.likelihoodRatio.calibration
    let options = [
      "--method \(report.method.version)", record == nil ? nil : "--calibration \(calibration ?? "CALIBRATION.json")",
      report.excerpts ? nil : "--no-excerpts",
    ].compactMap(\.self).joined(separator: " ")
    let isRun = report.protocolRecord.run != nil
    let source = isRun ? "report CASE.retort" : "compare --suspect FILE --candidate FILE --cohort FOLDER --lineage FILE"
    let seed = isRun ? "" : " --seed \(report.protocolRecord.seed)"
    command = "retort \(source)\(seed) \(options) -o DIR"
    inputs = [
      isRun ? RecomputationWording.ofCase : RecomputationWording.ofFiles,
      record != nil && calibration == nil ? RecomputationWording.calibration : nil, RecomputationWording.noNetwork,
    ].compactMap(\.self).joined(separator: " ")
    tolerance = RecomputationWording.tolerance
    notRepeatable = RecomputationWording.notRepeatable
  }
}
