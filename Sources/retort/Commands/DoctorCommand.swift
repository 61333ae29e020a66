import ArgumentParser
import Cases
import Foundation
import Probing
import Reporting
import Terminal
import Workflows

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "See whether endpoints answer, and which parameters they obey.",
    discussion: """
      Sends up to \(CapabilityProbe.mostCalls) short requests to each endpoint of a configuration, or to one that is named by --url and --model, and tells what was asked and what was seen. \
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
    let found = try await workflow(keys).run { keys.unguarded($0) }
    try StandardOutput.write(
      CapabilityText.document(found.checks, tool: Version.tool), or: CapabilityText.lines(found.checks),
      json: json)
    if let silent = found.silent { throw silent }
  }

  private func workflow(_ keys: KeyWarnings) throws -> CheckEndpoints {
    let environment = ProcessInfo.processInfo.environment
    guard let url else {
      let choice = try ConfigurationChoice(configuration)
      choice.tell()
      let read = try CaseConfigurationReader.read(file: choice.file)
      for line in ObstacleText.lines(try ForeseenObstacles(read)) { Talk.say(line) }
      keys.files(of: read.models)
      return CheckEndpoints(read.models, sampling: read.sampling, timeout: read.timeout, environment: environment)
    }
    let endpoint = try EndpointOptions(url: url, model: model, dialect: dialect, keyVariable: keyEnv).endpoint()
    return CheckEndpoints(
      [CaseConfiguration.Model(id: ModelID(endpoint.model), endpoint: endpoint)], environment: environment)
  }
}
