import ArgumentParser
import Likelihood
import Terminal
import Workflows

/// How a case is analysed.
struct AnalysisOptions: ParsableArguments {
  @OptionGroup
  var method: MethodOptions

  @Option(
    help: "Weights of the alternatives, such as no_link=0.7,common_teacher=0.3: adds the ratio against their mixture.")
  var weights: String?

  @Flag(help: "Leave every word of models and probes out of the report.")
  var noExcerpts = false

  func workflow() throws -> AnalyseCase {
    let (method, calibration) = try method.chosen()
    return AnalyseCase(
      method: method, calibration: calibration, mixture: try weights.map(AlternativeMixture.init(option:)),
      excerpts: !noExcerpts, tool: Version.tool)
  }
}

extension AlternativeMixture {
  init(option text: String) throws {
    do { try self.init(parsing: text) } catch {
      throw UsageError.badValue(option: "--weights", value: text, expected: error.expected)
    }
  }
}
