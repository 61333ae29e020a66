package import Formats

/// A served model: where it is, what it is called there, and how it is spoken to.
package struct Endpoint: Hashable, Sendable {
  /// Wire format of requests and answers.
  package enum DialectName: String, CaseIterable, Hashable, Sendable {
    case openAIChat = "openai-chat"
    case openAIResponses = "openai-responses"
    case openAICompletions = "openai-completions"
    case anthropic
    case gemini
    case ollama
    case llamaCpp = "llama.cpp"
    case azure
    case vllm
    case openRouter = "openrouter"
    case deepSeek = "deepseek"
    /// A chat window without an interface for programs: a person carries prompts and answers.
    case manual
  }

  /// Where the key lies; never the key itself.
  package enum KeyReference: Hashable, Sendable {
    case environment(String)
    /// An absolute path.
    case file(String)
  }

  /// Name of the field that bounds an answer: newer OpenAI models take only the second, older servers only the first.
  package enum TokenLimitField: String, CaseIterable, Hashable, Sendable {
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
  }

  /// Base URL with its scheme and without a final slash, such as `http://127.0.0.1:8080/v1`.
  package let url: String
  /// What the server calls the model.
  package let model: String
  package let dialect: DialectName
  package let key: KeyReference?
  package let tokenLimitField: TokenLimitField
  /// Requests in flight to this endpoint; nil takes the case's number for the host.
  package let concurrency: Int?
  /// Version of the interface where the URL carries one: Azure's `api-version`.
  package let apiVersion: String?
  /// Upstream provider that a router is held to: without it two runs may measure two machines.
  package let provider: String?
  /// Whether the answer is asked for as a stream.
  package let streams: Bool
  /// Further members of every request, such as `reasoning_effort`; none that Retort sets itself.
  package let fields: [String: JSONValue]
  /// Parameters that its requests do not have.
  package let omitted: Set<SamplingParameter>

  package init(
    url: String, model: String, dialect: DialectName = .openAIChat, key: KeyReference? = nil,
    tokenLimitField: TokenLimitField = .maxTokens, concurrency: Int? = nil,
    apiVersion: String? = nil, provider: String? = nil, streams: Bool = false, fields: [String: JSONValue] = [:],
    omitted: Set<SamplingParameter> = []
  ) {
    self.url = url
    self.model = model
    self.dialect = dialect
    self.key = key
    self.tokenLimitField = tokenLimitField
    self.concurrency = concurrency
    self.apiVersion = apiVersion
    self.provider = provider
    self.streams = streams
    self.fields = fields
    self.omitted = omitted
  }

  /// The address of an endpoint of dialect `manual`.
  package static let manualURL = "manual:"

  /// What shares a limit of requests: a host and the key that it counts by.
  package var pool: String {
    switch key {
    case .environment(let name): "\(host) $\(name)"
    case .file(let path): "\(host) \(path)"
    case nil: host
    }
  }

  /// Scheme, host and port: what a key is bound to and what limits are shared by.
  package var host: String { Self.host(of: url) ?? url }

  /// Scheme, host and port of an `http` or `https` URL, lower case, without the port that the scheme has anyway; nil for
  /// anything else, and for a URL that carries a user name, a query or a fragment, where keys tend to hide.
  package static func host(of url: String) -> String? {
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    let lower = url.lowercased()
    guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return nil }
    let rest = lower.dropFirst(scheme.count)
    guard !rest.contains(where: { "?#@\\\"<>".contains($0) }) else { return nil }
    let authority = rest.prefix { $0 != "/" }
    var name = authority
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return nil }
      name = authority[...end]
      guard name.count > 2 else { return nil }
    } else if let colon = authority.firstIndex(of: ":") {
      name = authority[..<colon]
    }
    guard !name.isEmpty else { return nil }
    let port = authority.dropFirst(name.count)
    guard !port.isEmpty else { return scheme + name }
    guard port.first == ":", !port.contains("+"), let number = UInt16(port.dropFirst()), number > 0 else { return nil }
    return scheme + (number == (scheme == "https://" ? 443 : 80) ? "\(name)" : "\(name):\(number)")
  }
}
