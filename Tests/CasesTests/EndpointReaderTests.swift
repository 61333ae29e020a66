import Cases
import Formats
import TestSupport
import Testing

/// What an endpoint may say beside its URL, its model and its key.
struct EndpointReaderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(#"{"id": "one", "prompt": "Why?"}"# + "\n", to: "open.jsonl")
  }

  /// A configuration whose suspect has this endpoint.
  private func parse(_ endpoint: String, sampling: String = "{}") throws -> CaseConfiguration {
    let others = ["t", "a", "b", "c", "d"].map { "{model: \($0), endpoint: {url: \"http://h/v1\", model: \($0)}}" }
    return try CaseConfigurationReader.parse(
      Array(
        """
        seed: 1
        suspect: {model: s, endpoint: \(endpoint)}
        candidates: [\(others[0])]
        cohort: [\(others.dropFirst().joined(separator: ", "))]
        probes: [open.jsonl]
        sampling: \(sampling)

        """.utf8), file: folder.file("case.yaml"))
  }

  private func defect(_ endpoint: String) -> ConfigurationDefect? {
    do {
      _ = try parse(endpoint)
      return nil
    } catch FileError.configuration(_, 2, _, let defect) {
      return defect
    } catch {
      return nil
    }
  }

  @Test("streams and further fields are read, with the types that YAML gives them")
  func fields() throws {
    let endpoint = try parse(
      "{url: \"http://h/v1\", model: m, stream: true, fields: {reasoning_effort: low, seed_is: '7', top_k: 40, a: [1, 2.5, null, {b: false}]}}"
    ).models[0].endpoint
    #expect(endpoint.streams)
    #expect(
      endpoint.fields == [
        "reasoning_effort": .string("low"), "seed_is": .string("7"), "top_k": .integer(40),
        "a": .array([.integer(1), .number(2.5), .null, .object(["b": .bool(false)])]),
      ])
  }

  @Test(
    "a host is told with its port, unless the scheme has it anyway",
    arguments: [
      ("https://H.example:443/v1", "https://h.example"), ("http://h:80", "http://h"), ("https://h:80", "https://h:80"),
      ("http://h:443/x", "http://h:443"), ("https://[::1]:0443", "https://[::1]"), ("http://h:08080", "http://h:8080"),
      ("https://h:", nil), ("https://h:0", nil), ("https://h:65536", nil), ("https://h:+80", nil),
    ] as [(String, String?)])
  func hosts(url: String, host: String?) { #expect(Endpoint.host(of: url) == host) }

  @Test("fields that Retort sends itself, and keys, are refused at any depth")
  func refused() {
    let path = "suspect.endpoint.fields"
    #expect(
      defect("{url: \"http://h\", model: m, fields: {temperature: 1}}") == .setByRetort(field: "\(path).temperature"))
    #expect(
      defect("{url: \"http://h\", model: m, fields: {options: {seed: 1}}}")
        == .setByRetort(field: "\(path).options.seed"))
    #expect(
      defect("{url: \"http://h\", model: m, fields: {x: [{api_key: k}]}}") == .literalKey(field: "\(path).x[0].api_key")
    )
    #expect(
      defect("{url: \"http://h\", model: m, fields: low}")
        == .wrongType(field: path, expected: "a mapping of keys to values"))
  }

  @Test("a chat window has no URL; anything else needs one")
  func manual() throws {
    let endpoint = try parse("{dialect: manual, model: the window}").models[0].endpoint
    #expect(endpoint.dialect == .manual && endpoint.url == Endpoint.manualURL)
    #expect(defect("{dialect: manual, model: m, url: \"http://h\"}") == .conflictingKeys("dialect: manual", "url"))
    #expect(defect("{model: m}") == .missing(field: "suspect.endpoint.url"))
  }

  @Test("what changes the requests changes the digest, and what is left out keeps that of older files")
  func digest() throws {
    let plain = try parse("{url: \"http://h/v1\", model: m}")
    let text = plain.measurementProtocol.canonical
    for word in ["stream", "fields", "top_logprobs", "prompt_logprobs", "provider"] { #expect(!text.contains(word)) }
    let others = [
      try parse("{url: \"http://h/v1\", model: m, stream: true}"),
      try parse("{url: \"http://h/v1\", model: m, fields: {top_k: 1}}"),
      try parse("{url: \"http://h/v1\", model: m, dialect: vllm}"),
      try parse("{url: \"http://h/v1\", model: m}", sampling: "{top_logprobs: 20}"),
      try parse("{url: \"http://h/v1\", model: m}", sampling: "{prompt_logprobs: true}"),
    ]
    #expect(Set((others + [plain]).map(\.digest)).count == 6)
  }
}
