/// What is usual at the addresses of vendors: dialect, name of the variable with the key, developer.
package enum KnownVendors {
  package struct Vendor: Hashable, Sendable {
    package let dialect: Endpoint.DialectName
    package let key: String
    /// Whose models are served there; nil where they are many people's.
    package let developer: String?
    package let tokenLimitField: Endpoint.TokenLimitField
  }

  private static let vendors: [String: Vendor] = [
    "https://api.openai.com": Vendor(
      dialect: .openAIChat, key: "OPENAI_API_KEY", developer: "OpenAI", tokenLimitField: .maxCompletionTokens),
    "https://api.anthropic.com": Vendor(
      dialect: .anthropic, key: "ANTHROPIC_API_KEY", developer: "Anthropic", tokenLimitField: .maxTokens),
    "https://generativelanguage.googleapis.com": Vendor(
      dialect: .gemini, key: "GEMINI_API_KEY", developer: "Google", tokenLimitField: .maxTokens),
    "https://openrouter.ai": Vendor(
      dialect: .openRouter, key: "OPENROUTER_API_KEY", developer: nil, tokenLimitField: .maxTokens),
    "https://api.deepseek.com": Vendor(
      dialect: .deepSeek, key: "DEEPSEEK_API_KEY", developer: "DeepSeek", tokenLimitField: .maxTokens),
    "https://api.mistral.ai": Vendor(
      dialect: .openAIChat, key: "MISTRAL_API_KEY", developer: "Mistral AI", tokenLimitField: .maxTokens),
  ]

  /// - Parameter url: base URL of an endpoint.
  package static func vendor(of url: String) -> Vendor? { Endpoint.host(of: url).flatMap { vendors[$0] } }

  /// Whether an address is on this machine, where servers need no key.
  package static func isLocal(_ url: String) -> Bool {
    guard let host = Endpoint.host(of: url)?.split(separator: "/").last else { return false }
    return ["127.0.0.1", "localhost", "[::1]"].contains { host == $0 || host.hasPrefix($0 + ":") }
  }
}
