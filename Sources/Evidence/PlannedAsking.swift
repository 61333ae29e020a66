import Cases
import Formats

/// What the protocol says of how each model is asked.
struct PlannedAsking {
  private let endpoints: [ModelID: Endpoint]
  private let sampling: Sampling
  /// Of a probe that does not say how many it has.
  private let samples: Int
  /// Models that are not asked, with what the protocol states of their answers.
  let recorded: [PlannedRecording]
  /// SHA-256 of the probe sets.
  let sets: [Digest]

  /// nil unless the measurement is one that a protocol can name, with models that differ.
  init?(_ measurement: JSONValue) {
    guard EvidenceForm.measurement.fits(measurement), let stated = measurement["sampling"] else { return nil }
    let models =
      [measurement["suspect"]].compactMap(\.self) + (measurement["candidates"]?.array ?? [])
      + (measurement["cohort"]?.array ?? [])
    var endpoints: [ModelID: Endpoint] = [:]
    var recorded: [PlannedRecording] = []
    var names: Set<ModelID> = []
    for model in models {
      guard let id = model["model"]?.string, names.insert(ModelID(id)).inserted else { return nil }
      if let stated = model["recorded"] {
        guard let recording = PlannedRecording(model: ModelID(id), stated) else { return nil }
        recorded.append(recording)
      } else {
        guard let endpoint = Endpoint(planned: model) else { return nil }
        endpoints[ModelID(id)] = endpoint
      }
    }
    self.endpoints = endpoints
    self.recorded = recorded
    sampling = Sampling(
      temperature: stated["temperature"]?.number ?? 0, topP: stated["top_p"]?.number ?? 0,
      maxTokens: stated["max_tokens"]?.integer ?? 0, logprobs: stated["logprobs"]?.bool ?? false,
      topLogprobs: stated["top_logprobs"]?.integer ?? 5, promptLogprobs: stated["prompt_logprobs"]?.bool ?? false)
    samples = measurement["samples"]?.integer ?? 0
    sets = (measurement["probes"]?.array ?? []).compactMap { $0.string.flatMap(Digest.init(lowerHex:)) }
  }

  subscript(model: ModelID) -> Endpoint? { endpoints[model] }

  /// Those that are asked.
  var models: Set<ModelID> { Set(endpoints.keys) }

  func samples(of probe: Probe) -> Int { probe.samples ?? samples }

  func tokens(of endpoint: Endpoint) -> AskedTokens { AskedTokens(sampling, of: endpoint) }

  func sampling(of probe: Probe) -> Sampling {
    Sampling(
      temperature: probe.temperature ?? sampling.temperature, topP: sampling.topP,
      maxTokens: probe.maxTokens ?? sampling.maxTokens, logprobs: sampling.logprobs,
      topLogprobs: sampling.topLogprobs, promptLogprobs: sampling.promptLogprobs)
  }
}

/// What the protocol states of answers that were recorded before the case.
struct PlannedRecording {
  let model: ModelID
  let file: String
  let digest: Digest
  let matching: Recording.Matching

  init?(model: ModelID, _ json: JSONValue) {
    guard let file = json["file"]?.string, let digest = json["sha256"]?.string.flatMap(Digest.init(lowerHex:)),
      let answers = json["answers"]?.integer, let probes = json["probes"]?.integer,
      let byPrompt = json["by_prompt"]?.integer, let leftOut = json["left_out"]?.integer
    else { return nil }
    self.model = model
    self.file = file
    self.digest = digest
    matching = Recording.Matching(answers: answers, probes: probes, byPrompt: byPrompt, leftOut: leftOut)
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
