import Formats
import Yams

/// One value of a configuration, with where it comes from.
package struct ConfigurationValue: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    case file(line: Int, column: Int)
    /// The file says nothing.
    case standard
    case commandLine
  }

  /// Such as `sampling.temperature` or `cohort[2].endpoint.url`.
  package let key: String
  package let value: String
  package let origin: Origin

  package init(key: String, value: String, origin: Origin) {
    self.key = key
    self.value = value
    self.origin = origin
  }

  /// Every value of a configuration file in its order, then what it leaves to the program.
  ///
  /// - Throws: what reading it as a configuration throws: nothing is told of a file that cannot be used.
  package static func all(ofFile file: String) throws -> [ConfigurationValue] {
    let bytes = try FileBytes.read(file)
    let configuration = try CaseConfigurationReader.parse(bytes, file: file)
    var values: [ConfigurationValue] = []
    try collect(YAMLDocument.root(bytes, file: file), key: "", into: &values)
    let given = Set(values.map(\.key))
    return values
      + standards(configuration).filter { !given.contains($0.key) }
      .map { ConfigurationValue(key: $0.key, value: $0.value, origin: .standard) }
  }

  private static func collect(_ node: Node, key: String, into values: inout [ConfigurationValue]) throws {
    switch node {
    case .mapping(let mapping):
      for (name, value) in mapping {
        guard case .scalar(let scalar) = name else { continue }
        try collect(value, key: key.isEmpty ? scalar.string : "\(key).\(scalar.string)", into: &values)
      }
    case .sequence(let sequence):
      for (index, value) in sequence.enumerated() { try collect(value, key: "\(key)[\(index)]", into: &values) }
    case .scalar(let scalar):
      // `key:` with nothing behind it is a key left out.
      if scalar.style == .plain, ["", "~", "null"].contains(scalar.string) { return }
      let place = YAMLPosition(node)
      values.append(
        ConfigurationValue(key: key, value: scalar.string, origin: .file(line: place.line, column: place.column)))
    case .alias: return
    }
  }

  private static func standards(_ configuration: CaseConfiguration) -> [(key: String, value: String)] {
    let sampling = configuration.sampling
    var values = [
      ("name", configuration.name), ("samples", "\(configuration.samples)"),
      ("sampling.temperature", "\(sampling.temperature)"), ("sampling.top_p", "\(sampling.topP)"),
      ("sampling.max_tokens", "\(sampling.maxTokens)"), ("sampling.logprobs", "\(sampling.logprobs)"),
      ("commission.alternative", configuration.commission.alternative ?? Commission.alternatives[0]),
      ("concurrency", "\(configuration.concurrency)"), ("timeout", "\(configuration.timeout.components.seconds)s"),
    ]
    let roles =
      [("suspect", [configuration.suspect])]
      + [("candidates", configuration.candidates), ("cohort", configuration.cohort)]
    for (role, models) in roles {
      for (index, member) in models.enumerated() {
        guard let model = member.asked else { continue }
        let path = role == "suspect" ? role : "\(role)[\(index)]"
        values.append(("\(path).endpoint.dialect", model.endpoint.dialect.rawValue))
        values.append(("\(path).endpoint.token_limit_field", model.endpoint.tokenLimitField.rawValue))
      }
    }
    return values
  }
}
