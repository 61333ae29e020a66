import ArgumentParser
import Likelihood
import Workflows

/// How a case is analysed.
struct AnalysisOptions: ParsableArguments {
  @Option(help: "Version of the method: 3, or 2 or 1 for earlier ones.")
  var method = CohortMethod.current.version

  @Option(
    help: "Calibration: shipped, demo, or a file of retort calibrate. Default: shipped, where it is of the method.")
  var calibration: String?

  @Option(
    help: "Weights of the alternatives, such as no_link=0.7,common_teacher=0.3: adds the ratio against their mixture.")
  var weights: String?

  @Flag(help: "Leave every word of models and probes out of the report.")
  var noExcerpts = false

  func workflow() throws -> AnalyseCase {
    let method = try CohortMethod.named(method)
    return AnalyseCase(
      method: method,
      calibration: try calibration.map { try .named($0, for: method) } ?? .shipped(for: method),
      mixture: try weights.map(AlternativeMixture.init(option:)), excerpts: !noExcerpts, tool: Version.tool)
  }
}

extension AlternativeMixture {
  init(option text: String) throws {
    do { try self.init(parsing: text) } catch {
      throw UsageError.badValue(option: "--weights", value: text, expected: error.expected)
    }
  }
}
