package import CaseFile

/// A wire format: how a probe is asked, and what a response says.
///
/// To add one: conform a type in a file of its own, add its name to `Endpoint.DialectName`, and its case below.
package protocol Dialect: Sendable {
  /// The request for one item, without credentials.
  func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request

  /// The header that carries a key.
  func credentials(_ secret: String) -> Attempt.Header

  /// What a complete response says. Any bytes are possible; none of them may crash.
  func read(status: Int, body: [UInt8]) -> DialectReading
}

package enum DialectReading: Hashable, Sendable {
  /// `Attempt.Outcome` is never `failed` here.
  case answer(Attempt.Outcome, Answer)
  /// `error` is the error's object where there is one: it may say how long to wait.
  case failure(FailureClass, detail: String, error: JSONValue?)
}

extension Endpoint.DialectName {
  package var dialect: any Dialect {
    switch self {
    case .openAIChat: OpenAIChat()
    case .openAIResponses: OpenAIResponses()
    case .openAICompletions: OpenAICompletions()
    case .anthropic: AnthropicMessages()
    case .gemini: GeminiContent()
    case .ollama: OllamaChat()
    case .llamaCpp: LlamaCompletion()
    case .azure: AzureChat()
    }
  }
}
