import Cases
import Formats
import Reporting

/// What a check of endpoints found, for people and for programs.
enum CapabilityText {
  static func lines(_ checks: [(model: CaseConfiguration.Model, check: CapabilityCheck)]) -> [String] {
    checks.flatMap { model, check -> [String] in
      let endpoint = model.endpoint
      let head = "\(model.id)  \(endpoint.dialect.rawValue) \(endpoint.url), model \(endpoint.model)"
      let lines = check.findings.map { finding in
        "  \(mark(finding.standing)) \(padded(finding.aspect.rawValue, 16))\(padded(words(finding.standing), 13))"
          + "\(finding.observed)"
      }
      return [head] + (lines.isEmpty ? ["  – a person carries its prompts and answers: nothing to check"] : lines)
    }
  }

  /// What should be known before a run: that an endpoint does not answer, or does something else than it was asked.
  static func warnings(_ check: CapabilityCheck) -> [String] {
    check.findings.filter { finding in
      switch finding.standing {
      case .obeyed, .notOffered, .unclear: false
      case .ignored: [.maxTokens, .temperature, .seed, .logprobs].contains(finding.aspect)
      case .refused: finding.aspect == .answers
      }
    }.map { "\(check.model): \($0.aspect.rawValue) \(words($0.standing)): \($0.observed)" }
  }

  static func document(_ checks: [(model: CaseConfiguration.Model, check: CapabilityCheck)]) -> JSONValue {
    .object([
      "schema": .string("retort.doctor/1"), "tool": .string(Version.tool),
      "endpoints": .array(
        checks.map { model, check in
          .object([
            "model": .string(model.id.rawValue), "dialect": .string(model.endpoint.dialect.rawValue),
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

  static func words(_ standing: CapabilityFinding.Standing) -> String {
    standing == .notOffered ? "not offered" : standing.rawValue
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
