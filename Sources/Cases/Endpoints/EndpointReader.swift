import Formats
package import Yams

/// Reads the mapping `endpoint` of a configuration.
package struct EndpointReader {
  let file: String

  /// Parameters that no endpoint of the case gets.
  let omitted: Set<SamplingParameter>

  package init(file: String, omitting omitted: Set<SamplingParameter> = []) {
    self.file = file
    self.omitted = omitted
  }

  static let keys = [
    "url", "model", "dialect", "key_env", "key_file", "token_limit_field", "concurrency", "api_version", "provider",
    "stream", "fields", "omit",
  ]

  /// Members of requests that follow from `sampling`, the probe and the endpoint; a second source would contradict them.
  package static let ownFields: Set = [
    "model", "messages", "prompt", "input", "contents", "system", "instructions", "systemInstruction", "temperature",
    "top_p", "topP", "max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens", "num_predict",
    "n_predict", "n", "candidateCount", "seed", "stream", "logprobs", "top_logprobs", "n_probs", "responseLogprobs",
    "prompt_logprobs", "echo",
  ]

  /// - Parameter node: the mapping; `path` names it in errors.
  package func endpoint(_ node: Node, path: String) throws -> Endpoint {
    let fields = try YAMLMapping(node, path: path, file: file, known: Self.keys)
    let dialect = try fields.choice("dialect", of: Endpoint.DialectName.self) ?? .openAIChat
    return Endpoint(
      url: try url(fields, dialect), model: try fields.requiredString("model"), dialect: dialect,
      key: try key(fields),
      tokenLimitField: try fields.choice("token_limit_field", of: Endpoint.TokenLimitField.self) ?? .maxTokens,
      concurrency: try fields.integer("concurrency", in: Limits.concurrency), apiVersion: try apiVersion(fields),
      provider: try fields.string("provider"), streams: try fields.bool("stream") ?? false,
      fields: try further(fields), omitted: omitted.union(try omitted(fields)))
  }

  private func omitted(_ fields: YAMLMapping) throws -> Set<SamplingParameter> {
    let path = fields.field("omit")
    return Set(
      try (fields.sequence("omit") ?? []).enumerated().map { place, node in
        guard let parameter = SamplingParameter(rawValue: try fields.string(node, "\(path)[\(place)]")) else {
          throw fields.error(
            at: node,
            .outOfRange(
              field: "\(path)[\(place)]",
              allowed: "one of \(SamplingParameter.allCases.map(\.rawValue).joined(separator: ", "))"))
        }
        return parameter
      })
  }

  private func url(_ fields: YAMLMapping, _ dialect: Endpoint.DialectName) throws -> String {
    // A chat window has an address for people, if any.
    if dialect == .manual, fields.node("url") == nil { return Endpoint.manualURL }
    let node = try fields.required("url")
    var url = try fields.string(node, fields.field("url"))
    guard dialect != .manual else { throw fields.error(at: node, .conflictingKeys("dialect: manual", "url")) }
    while url.hasSuffix("/") { url.removeLast() }
    guard Endpoint.host(of: url) != nil else { throw fields.error(at: node, .badURL(field: fields.field("url"))) }
    return url
  }

  private func key(_ fields: YAMLMapping) throws -> Endpoint.KeyReference? {
    var key: Endpoint.KeyReference?
    if let node = fields.node("key_env") {
      let name = try fields.string(node, fields.field("key_env"))
      guard isVariableName(name) else { throw fields.error(at: node, .literalKey(field: fields.field("key_env"))) }
      key = .environment(name)
    }
    if let node = fields.node("key_file") {
      guard key == nil else { throw fields.error(at: node, .conflictingKeys("key_env", "key_file")) }
      key = .file(PathWords.resolved(try fields.string(node, fields.field("key_file")), relativeTo: file))
    }
    return key
  }

  /// It goes into the URL: letters, digits, `.` and `-` only.
  private func apiVersion(_ fields: YAMLMapping) throws -> String? {
    guard let node = fields.node("api_version") else { return nil }
    let version = try fields.string(node, fields.field("api_version"))
    guard !version.isEmpty, version.utf8.allSatisfy({ $0 < 0x80 }),
      version.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" })
    else {
      throw fields.error(
        at: node, .outOfRange(field: fields.field("api_version"), allowed: "letters, digits, . and -"))
    }
    return version
  }

  /// Upper case, digits and `_`, as names of variables are; keys have lower-case letters or `-`.
  private func isVariableName(_ name: String) -> Bool {
    name.utf8.allSatisfy {
      ($0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z")) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
        || $0 == UInt8(ascii: "_")
    } && !(name.utf8.first.map { $0 <= UInt8(ascii: "9") } ?? true)
  }

  private func further(_ fields: YAMLMapping) throws -> [String: JSONValue] {
    guard let node = fields.node("fields") else { return [:] }
    let value = try fields.json(node, fields.field("fields")) { key, place, path in
      if Self.ownFields.contains(key) { throw fields.error(at: place, .setByRetort(field: path)) }
      if SecretName.matches(key) { throw fields.error(at: place, .literalKey(field: path)) }
    }
    guard case .object(let members) = value else {
      throw fields.error(at: node, .wrongType(field: fields.field("fields"), expected: "a mapping of keys to values"))
    }
    return members
  }
}
