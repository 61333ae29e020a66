import CaseFile
package import Cases
package import Formats
import Rendering
import Reporting

/// What a check of endpoints found, for people and for programs.
package enum CapabilityText {
  /// - Parameter proxies: by model, through which its endpoint is reached.
  package static func lines(
    _ checks: [(model: CaseConfiguration.Model, check: CapabilityCheck)], proxies: [ModelID: String] = [:]
  ) -> [String] {
    checks.flatMap { model, check -> [String] in
      let endpoint = model.endpoint
      let head =
        "\(model.id)  \(endpoint.dialect.rawValue) \(endpoint.url), model \(endpoint.model)\(proxies[model.id].map { ", through the proxy \($0)" } ?? "")"
      let lines = check.findings.map { finding in
        """
          \(mark(finding.standing)) \(finding.aspect.rawValue.padding(to: 16))\(finding.standing.words.padding(to: 13))\(finding.observed)
        """
      }
      let said = lines.isEmpty ? ["  – a person carries its prompts and answers: nothing to check"] : lines
      return ([head] + said)
    }
  }

  /// What should be known before a run: that an endpoint does not answer, or does something else than it was asked.
  package static func warnings(_ check: CapabilityCheck) -> [String] {
    check.findings.filter { finding in
      switch finding.standing {
      case .obeyed, .notOffered, .unclear: false
      case .ignored: [.maxTokens, .temperature, .seed, .logprobs].contains(finding.aspect)
      case .refused: finding.aspect == .answers
      }
    }.map { "\(check.model): \($0.aspect.rawValue) \($0.standing.words): \($0.observed)" }
  }

  package static func document(
    _ checks: [(model: CaseConfiguration.Model, check: CapabilityCheck)], proxies: [ModelID: String] = [:],
    forecast: ForecastText? = nil, tool: String
  ) -> JSONValue {
    .compactDocument(
      "retort.doctor/1", tool: tool,
      [
        "forecast": forecast?.json ?? .null,
        "endpoints": .array(
          checks.map { model, check in
            .compact([
              "model": .string(model.id.rawValue), "proxy": JSONValue(proxies[model.id]),
              "dialect": .string(model.endpoint.dialect.rawValue),
              "url": .string(model.endpoint.url), "requested_model": .string(model.endpoint.model),
              "calls": .integer(check.exchanges.count),
              "findings": .array(
                check.findings.map {
                  .object([
                    "aspect": .string($0.aspect.rawValue), "standing": .string($0.standing.rawValue),
                    "requested": .string($0.requested), "observed": .string($0.observed),
                  ])
                }),
            ])
          }),
      ])
  }

  /// Shape first, so that it reads without colour.
  private static func mark(_ standing: CapabilityFinding.Standing) -> String {
    switch standing {
    case .obeyed: "✓"
    case .ignored, .refused: "✗"
    case .notOffered: "–"
    case .unclear: "?"
    }
  }
}
