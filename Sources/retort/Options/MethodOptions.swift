import ArgumentParser
import Likelihood
import Workflows

/// Which version of the method weighs the answers, and with which calibration.
struct MethodOptions: ParsableArguments {
  @Option(help: "Version of the method: 3, or 2 or 1 for earlier ones.")
  var method = CohortMethod.current.version

  @Option(
    help: "Calibration: shipped, demo, or a file of retort calibrate. Default: shipped, where it is of the method.")
  var calibration: String?

  func chosen() throws -> (method: CohortMethod, calibration: Calibration?) {
    let method = try CohortMethod.named(method)
    return (method, try calibration.map { try .named($0, for: method) } ?? .shipped(for: method))
  }
}
