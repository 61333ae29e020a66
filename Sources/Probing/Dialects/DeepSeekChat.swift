package import Cases
import Formats

/// The chat dialect as DeepSeek serves it; the base has no `/v1`.
///
/// Models think unless they are told not to, and then ignore the temperature without a word: so they are told, unless the
/// endpoint's `fields` say `thinking`.
package struct DeepSeekChat: Dialect {
  private let chat = OpenAIChat()

  package let features: DialectFeatures = [.sampling, .logprobs, .stream]

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    var fields = chat.fields(for: item, probe: probe, endpoint: endpoint, sampling: sampling, maxTokens: maxTokens)
    if endpoint.fields["thinking"] == nil { fields["thinking"] = .object(["type": .string("disabled")]) }
    return Attempt.Request.json(to: endpoint, path: "/chat/completions", fields)
  }

  package func credentials(_ secret: String) -> Attempt.Header { chat.credentials(secret) }

  package func read(status: Int, body: [UInt8]) -> DialectReading { chat.read(status: status, body: body) }
}
