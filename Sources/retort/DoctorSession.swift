import CaseFile
import Foundation
import Probing
import Reporting

/// `retort doctor`: checks endpoints, tells what was seen, and fails if one does not answer.
struct DoctorSession {
  let configuration: String?
  let url: String?
  let model: String?
  let dialect: String
  let keyVariable: String?
  let json: Bool

  func run() async throws {
    let (models, sampling, timeout) = try subjects()
    KeyFiles.warn(models)
    let keys = try KeyRing(for: models, environment: ProcessInfo.processInfo.environment)
    if !keys.unguarded.isEmpty { Talk.say(EndpointKeyText.unguarded(keys.unguarded)) }
    let transport = HTTPTransport(connections: models.count)
    let checks = await withTaskGroup(of: (Int, CapabilityCheck).self) { group in
      for (place, model) in models.enumerated() {
        group.addTask {
          let probe = CapabilityProbe(model, sampling: sampling, transport: transport, keys: keys, timeout: timeout)
          return (place, await probe.run())
        }
      }
      return await group.reduce(into: [Int: CapabilityCheck]()) { $0[$1.0] = $1.1 }
    }
    await transport.shutdown()
    let told = models.enumerated().compactMap { place, model in checks[place].map { (model: model, check: $0) } }
    if json {
      try StandardOutput.json(CapabilityText.document(told))
    } else {
      try StandardOutput.say(CapabilityText.lines(told))
    }
    let silent = told.filter { $0.check.findings.contains { $0.aspect == .answers && $0.standing == .refused } }
    guard let first = silent.first else { return }
    throw SilentEndpoints(
      models: silent.map(\.model.id), host: first.model.endpoint.host,
      isKeyRefused: silent.contains { [401, 403].contains($0.check.exchanges.first?.response?.status) })
  }

  private func subjects() throws -> (models: [CaseConfiguration.Model], sampling: Sampling, timeout: Duration) {
    guard let url else {
      let choice = try ConfigurationChoice(configuration)
      choice.tell()
      let read = try CaseConfigurationReader.read(file: choice.file)
      return (read.models, read.sampling, read.timeout)
    }
    let endpoint = try EndpointOptions(url: url, model: model, dialect: dialect, keyVariable: keyVariable).endpoint()
    return ([CaseConfiguration.Model(id: ModelID(endpoint.model), endpoint: endpoint)], Sampling(), .seconds(60))
  }
}

/// Endpoints that a check could not get an answer from.
struct SilentEndpoints: Error {
  let models: [ModelID]
  let host: String
  let isKeyRefused: Bool
}
