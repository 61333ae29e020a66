extension Calibration {
  /// What the calibrations that come with the program are called on the command line.
  package static let shippedName = "shipped"
  package static let demoName = "demo"

  /// The calibration that comes with the program, fitted on pairs of real models with documented lineage.
  ///
  /// - Throws: `LikelihoodError.calibrationDefective` if it was damaged when the program was built.
  package static func shipped() throws(LikelihoodError) -> Calibration {
    try Calibration(parsing: PackageResources.calibration_json, file: "\(shippedName) calibration")
  }

  /// Those that came with the program before, which cases and evidence still name: of method 3 without the lessons that it was
  /// fitted on, the same with every number of probes alike, the same without groups, and of method 2.
  package static func shippedBefore() throws(LikelihoodError) -> [Calibration] {
    [
      try Calibration(
        parsing: PackageResources.calibration_whole_json, file: "\(shippedName) calibration without lessons"),
      try Calibration(
        parsing: PackageResources.calibration_groups_json, file: "\(shippedName) calibration of groups"),
      try Calibration(
        parsing: PackageResources.calibration_pairs_json, file: "\(shippedName) calibration of pairs alone"),
      try Calibration(
        parsing: PackageResources.calibration_method_2_json, file: "\(shippedName) calibration of method 2"),
    ]
  }

  /// The calibration of the demo's world, fitted on small models that are made for it: good for nothing else.
  package static func demo() throws(LikelihoodError) -> Calibration {
    try Calibration(parsing: PackageResources.demo_calibration_json, file: "calibration of the demo")
  }

  /// Those of the demo that came with the program before.
  package static func demoBefore() throws(LikelihoodError) -> [Calibration] {
    [
      try Calibration(
        parsing: PackageResources.demo_calibration_before_json, file: "calibration of the demo before version 0.7")
    ]
  }
}
