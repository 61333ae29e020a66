import Formats
package import Likelihood

extension Calibration {
  /// - Parameter name: `shipped`, `demo`, or a file.
  /// - Throws: `LikelihoodError` for a file that is none, and for a calibration of another method.
  package static func named(_ name: String, for method: CohortMethod) throws -> Calibration {
    let calibration =
      switch name {
      case shippedName: try shipped(for: method) ?? shipped()
      case demoName: try demo()
      default: try Calibration(parsing: FileBytes.read(name), file: name)
      }
    guard calibration.fits(method) else {
      throw LikelihoodError.calibrationOfOtherChannels(file: name, method: calibration.method)
    }
    return calibration
  }

  /// The one that ships, where it is of the method.
  package static func shipped(for method: CohortMethod) throws -> Calibration? {
    try ([shipped()] + shippedBefore()).first { $0.fits(method) }
  }
}
