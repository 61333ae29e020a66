import CResources
import Formats

extension Calibration {
  /// What the calibrations that come with the program are called on the command line.
  package static let shippedName = "shipped"
  package static let demoName = "demo"

  /// The calibration that comes with the program, fitted on pairs of real models with documented lineage.
  ///
  /// - Throws: `LikelihoodError.calibrationDefective` if it was damaged when the program was built.
  package static func shipped() throws(LikelihoodError) -> Calibration {
    try Calibration(parsing: embedded_calibration().bytes, file: "\(shippedName) calibration")
  }

  /// Those that came with the program before, which cases and evidence still name: of method 3 without the lessons that it was
  /// fitted on, the same with every number of probes alike, the same without groups, and of method 2.
  package static func shippedBefore() throws(LikelihoodError) -> [Calibration] {
    [
      try Calibration(
        parsing: embedded_calibration_whole().bytes, file: "\(shippedName) calibration without lessons"),
      try Calibration(
        parsing: embedded_calibration_groups().bytes, file: "\(shippedName) calibration of groups"),
      try Calibration(
        parsing: embedded_calibration_pairs().bytes, file: "\(shippedName) calibration of pairs alone"),
      try Calibration(
        parsing: embedded_calibration_method_2().bytes, file: "\(shippedName) calibration of method 2"),
    ]
  }

  /// The calibration of the demo's world, fitted on small models that are made for it: good for nothing else.
  package static func demo() throws(LikelihoodError) -> Calibration {
    try Calibration(parsing: embedded_demo_calibration().bytes, file: "calibration of the demo")
  }

  /// Those of the demo that came with the program before.
  package static func demoBefore() throws(LikelihoodError) -> [Calibration] {
    [
      try Calibration(
        parsing: embedded_demo_calibration_before().bytes, file: "calibration of the demo before version 0.7")
    ]
  }
}
