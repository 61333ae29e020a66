package import Cases

/// The chat dialect as Azure serves it: the key in a header of its own, the version of the interface in the URL, and
/// withheld answers as errors (which `ResponseReading` takes for what they are).
///
/// The base is `https://RESOURCE.openai.azure.com/openai/deployments/NAME`, or `…/openai/v1` without a version.
package struct AzureChat: Dialect {
  private let chat = OpenAIChat()

  package let features: DialectFeatures = [.sampling, .seed, .several, .logprobs, .stream]
  package let embeddings: EmbeddingShape? = .azure

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    let request = chat.request(
      for: item, probe: probe, endpoint: endpoint, sampling: sampling, maxTokens: maxTokens)
    guard let version = endpoint.apiVersion else { return request }
    return Attempt.Request(
      url: request.url + "?api-version=" + version, headers: request.headers, body: request.body)
  }

  package func credentials(_ secret: String) -> Attempt.Header { Attempt.Header(name: "api-key", value: secret) }

  package func read(status: Int, body: [UInt8]) -> DialectReading { chat.read(status: status, body: body) }
}
