import Cases
import Formats

/// What the protocol says of how each model is asked.
struct PlannedAsking {
  private let endpoints: [ModelID: Endpoint]
  private let sampling: Sampling
  /// SHA-256 of the probe sets.
  let sets: [Digest]

  /// nil unless the measurement is one that a protocol can name, with models that differ.
  init?(_ measurement: JSONValue) {
    guard EvidenceForm.measurement.fits(measurement), let stated = measurement["sampling"] else { return nil }
    let models =
      [measurement["suspect"]].compactMap(\.self) + (measurement["candidates"]?.array ?? [])
      + (measurement["cohort"]?.array ?? [])
    var endpoints: [ModelID: Endpoint] = [:]
    for model in models {
      guard let id = model["model"]?.string, let endpoint = Endpoint(planned: model),
        endpoints.updateValue(endpoint, forKey: ModelID(id)) == nil
      else { return nil }
    }
    self.endpoints = endpoints
    sampling = Sampling(
      temperature: stated["temperature"]?.number ?? 0, topP: stated["top_p"]?.number ?? 0,
      maxTokens: stated["max_tokens"]?.integer ?? 0, logprobs: stated["logprobs"]?.bool ?? false,
      topLogprobs: stated["top_logprobs"]?.integer ?? 5, promptLogprobs: stated["prompt_logprobs"]?.bool ?? false)
    sets = (measurement["probes"]?.array ?? []).compactMap { $0.string.flatMap(Digest.init(lowerHex:)) }
  }

  subscript(model: ModelID) -> Endpoint? { endpoints[model] }

  func sampling(of probe: Probe) -> Sampling {
    Sampling(
      temperature: probe.temperature ?? sampling.temperature, topP: sampling.topP,
      maxTokens: probe.maxTokens ?? sampling.maxTokens, logprobs: sampling.logprobs,
      topLogprobs: sampling.topLogprobs, promptLogprobs: sampling.promptLogprobs)
  }
}

extension Endpoint {
  fileprivate init?(planned json: JSONValue) {
    guard let url = json["url"]?.string, let model = json["served_model"]?.string,
      let dialect = json["dialect"]?.string.flatMap(DialectName.init(rawValue:)),
      let limit = json["token_limit_field"]?.string.flatMap(TokenLimitField.init(rawValue:))
    else { return nil }
    self.init(
      url: url, model: model, dialect: dialect, tokenLimitField: limit, apiVersion: json["api_version"]?.string,
      provider: json["provider"]?.string, streams: json["stream"]?.bool ?? false, fields: json["fields"]?.object ?? [:],
      omitted: Set((json["omit"]?.array ?? []).compactMap { $0.string.flatMap(SamplingParameter.init(rawValue:)) }))
  }
}
