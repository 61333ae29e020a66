package import Formats

/// What a check found, as a case file or its evidence keeps it.
package struct StoredCapabilities: Hashable, Sendable {
  package let model: ModelID
  /// UTC, RFC 3339 with milliseconds.
  package let recorded: String
  package let findings: [CapabilityFinding]

  /// Whether the endpoint answered at all.
  package var isOfAnswering: Bool { findings.contains { $0.aspect == .answers && $0.standing == .obeyed } }

  /// - Parameter record: of the log.
  package init?(record: JSONValue) {
    guard let model = record["model"]?.string, let list = record["findings"]?.array else { return nil }
    self.model = ModelID(model)
    recorded = record["recorded"]?.string ?? ""
    findings = list.compactMap(CapabilityFinding.init(json:))
  }
}

extension CapabilityFinding {
  package var json: JSONValue {
    .object([
      "aspect": .string(aspect.rawValue), "standing": .string(standing.rawValue), "requested": .string(requested),
      "observed": .string(observed),
    ])
  }

  package init?(json: JSONValue) {
    guard let aspect = json["aspect"]?.string.flatMap(Aspect.init), let requested = json["requested"]?.string,
      let standing = json["standing"]?.string.flatMap(Standing.init), let observed = json["observed"]?.string
    else { return nil }
    self.init(aspect, standing, requested: requested, observed: observed)
  }
}
