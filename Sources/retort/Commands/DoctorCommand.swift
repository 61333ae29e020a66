import ArgumentParser
import Cases
import EndpointKeys
import Foundation
import Probing
import Terminal
import Workflows

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "See whether endpoints answer, and which parameters they obey.",
    discussion: """
      Sends up to \(CapabilityProbe.maximumCalls) short requests to each endpoint of a configuration, or to one that is named by --url and --model, and tells what was asked and what was seen; of a configuration also what its report will be able to say: whether there can be a likelihood ratio, against which kinds of link, whether direction and sameness are addressed, and if not, why and what the cheapest remedy is. \
      Nothing is stored. \
      A run does the same before its first probe and keeps what it saw in the case file. \
      Keys are masked in what is stored and told; one that is too short or too common for it is named: it needs \(KeyStrength.rule).\(HelpExamples.of("doctor"))
      """)

  @Argument(help: "Configuration of a case (YAML); default: the nearest retort.yaml or case.yaml upwards.")
  var configuration: String?

  @Option(help: "One endpoint instead of a configuration: its URL, up to /v1.")
  var url: String?

  @Option(help: "The model, as the server of --url calls it.")
  var model: String?

  @Option(help: "Dialect of --url.")
  var dialect = Endpoint.DialectName.openAIChat.rawValue

  @Option(help: "Environment variable with the key for --url.")
  var keyEnv: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    let keys = KeyWarnings()
    let configuration = try readConfiguration()
    let forecast = try configuration.map { ForecastText($0, try ForecastCase($0).run()) }
    let found = try await workflow(configuration, keys).run { keys.unguarded($0) }
    try StandardOutput.write(
      CapabilityText.document(found.checks, proxies: found.proxies, forecast: forecast, tool: Version.tool),
      or: CapabilityText.lines(found.checks, proxies: found.proxies) + (forecast?.lines ?? []), json: json)
    if let silent = found.silent { throw silent }
  }

  /// nil where one endpoint is named in its place.
  private func readConfiguration() throws -> CaseConfiguration? {
    guard url == nil else { return nil }
    let choice = try ConfigurationChoice(configuration)
    choice.tell()
    return try CaseConfigurationReader.read(file: choice.file)
  }

  private func workflow(_ configuration: CaseConfiguration?, _ keys: KeyWarnings) throws -> CheckEndpoints {
    let environment = ProcessInfo.processInfo.environment
    if let configuration {
      keys.files(of: configuration.models)
      return CheckEndpoints(
        configuration.models, sampling: configuration.sampling, timeout: configuration.timeout, environment: environment
      )
    }
    let url = url ?? ""
    let endpoint = try EndpointOptions(url: url, model: model, dialect: dialect, keyVariable: keyEnv).endpoint()
    return CheckEndpoints(
      [CaseConfiguration.Model(id: ModelID(endpoint.model), endpoint: endpoint)], environment: environment)
  }
}
