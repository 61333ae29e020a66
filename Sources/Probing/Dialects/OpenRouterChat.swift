package import Cases
import Formats

/// The chat dialect as OpenRouter serves it: parameters that a provider does not know are refused, not dropped in silence,
/// and with `provider` in the endpoint one provider answers, or none.
///
/// Its errors come with status 200 and a number for a code, which `ResponseReading` takes for what they are.
package struct OpenRouterChat: Dialect {
  private let chat = OpenAIChat()

  package let features: DialectFeatures = [.sampling, .seed, .logprobs, .stream]
  package let embeddings: EmbeddingShape? = .openAI

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    var fields = chat.fields(for: item, probe: probe, endpoint: endpoint, sampling: sampling, maxTokens: maxTokens)
    var routing: [String: JSONValue] = ["require_parameters": .bool(true), "allow_fallbacks": .bool(false)]
    if let provider = endpoint.provider { routing["only"] = .array([.string(provider)]) }
    fields["provider"] = .object(routing)
    return Attempt.Request.json(to: endpoint, path: "/chat/completions", fields)
  }

  package func credentials(_ secret: String) -> Attempt.Header { chat.credentials(secret) }

  package func read(status: Int, body: [UInt8]) -> DialectReading { chat.read(status: status, body: body) }
}
