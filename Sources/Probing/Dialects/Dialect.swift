package import Cases
package import Formats

/// A wire format: how a probe is asked, and what a response says.
///
/// To add one: conform a type in a file of its own, add its name to `Endpoint.DialectName`, and its case below; members that
/// its requests set themselves go to `EndpointReader.ownFields`.
package protocol Dialect: Sendable {
  /// What requests of this dialect can ask for.
  var features: DialectFeatures { get }
  /// How vectors are asked for; nil where there are none.
  var embeddings: EmbeddingShape? { get }
  /// How the likelihood of a given answer is asked for; nil where there are no words for it.
  var givenAnswers: LikelihoodMechanism? { get }
  /// Whether a prompt is the beginning of a text that goes on, without roles.
  var continuesText: Bool { get }
  /// Requests in flight unless the configuration says otherwise; nil leaves it to the case's number for the host.
  var requestsAtOnce: Int? { get }

  /// The request for one item, without credentials.
  func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request

  /// The header that carries a key.
  func credentials(_ secret: String) -> Attempt.Header

  /// What a complete response says. Any bytes are possible; none of them may crash.
  func read(status: Int, body: [UInt8]) -> DialectReading
}

extension Dialect {
  package var embeddings: EmbeddingShape? { nil }
  package var givenAnswers: LikelihoodMechanism? { nil }
  package var continuesText: Bool { false }
  package var requestsAtOnce: Int? { nil }
}

/// What a dialect has words for. Whether an endpoint obeys them is another matter.
package struct DialectFeatures: OptionSet, Hashable, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let seed = Self(rawValue: 1)
  /// Several answers to one request, by the field `n`.
  package static let several = Self(rawValue: 2)
  package static let logprobs = Self(rawValue: 4)
  package static let promptLogprobs = Self(rawValue: 8)
  package static let stream = Self(rawValue: 16)
  /// A path beside it that takes a text apart: the server may have it.
  package static let tokenizer = Self(rawValue: 32)
  /// Temperature and length of an answer, which all but a person can be told.
  package static let sampling = Self(rawValue: 64)
}

package enum DialectReading: Hashable, Sendable {
  /// `Attempt.Outcome` is never `failed` here.
  case answer(Attempt.Outcome, Answer)
  /// `error` is the error's object where there is one: it may say how long to wait.
  case failure(FailureClass, detail: String, error: JSONValue?)
}

extension Endpoint.DialectName {
  /// Names of the dialects of which this holds, as a configuration has them.
  package static func names(where holds: (any Dialect) -> Bool) -> [String] {
    allCases.filter { holds($0.dialect) }.map(\.rawValue)
  }

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
    case .vllm: VLLMChat()
    case .openRouter: OpenRouterChat()
    case .deepSeek: DeepSeekChat()
    case .manual: ManualChat()
    }
  }
}
