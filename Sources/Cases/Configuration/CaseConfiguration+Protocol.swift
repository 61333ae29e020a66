package import Formats

extension CaseConfiguration {
  /// What decides which requests are sent and how they read: models, endpoints, probes, samples, sampling and seed; and which
  /// answers were recorded before, by the digests of their files.
  ///
  /// A case file holds the answers of one protocol. Roles are part of it, so that a candidate cannot become a cohort
  /// model once its answers are known. Names, lineage, limits, keys and concurrency are not: they may change between
  /// two runs, and every version of them is kept.
  package var measurementProtocol: JSONValue {
    func named(_ member: Member) -> JSONValue {
      switch member {
      case .asked(let model): asked(model)
      case .recorded(let model): .object(["model": .string(model.id.rawValue), "recorded": model.recording.json])
      }
    }
    func asked(_ model: Model) -> JSONValue {
      .compact([
        "model": .string(model.id.rawValue), "url": .string(model.endpoint.url),
        "served_model": .string(model.endpoint.model), "dialect": .string(model.endpoint.dialect.rawValue),
        "token_limit_field": .string(model.endpoint.tokenLimitField.rawValue),
        "api_version": JSONValue(model.endpoint.apiVersion), "provider": JSONValue(model.endpoint.provider),
        // What an older case file does not name, its requests did not have.
        "stream": model.endpoint.streams ? .bool(true) : .null,
        "fields": model.endpoint.fields.isEmpty ? .null : .object(model.endpoint.fields),
        "omit": model.endpoint.omitted.isEmpty
          ? .null : .array(model.endpoint.omitted.map(\.rawValue).sorted().map(JSONValue.string)),
      ])
    }
    return .object([
      "schema": .string("retort.protocol/1"),
      // A JSON number holds 53 bits; the seed has 64.
      "seed": .string(String(seed)),
      "suspect": named(suspect),
      "candidates": .array(candidates.map(named)),
      "cohort": .array(cohort.map(named)),
      "probes": .array(probeSets.map { .string($0.digest.hex) }),
      "samples": .integer(samples),
      "sampling": .compact([
        "temperature": .number(sampling.temperature), "top_p": .number(sampling.topP),
        "max_tokens": .integer(sampling.maxTokens), "logprobs": .bool(sampling.logprobs),
        "top_logprobs": sampling.topLogprobs == 5 ? .null : .integer(sampling.topLogprobs),
        "prompt_logprobs": sampling.promptLogprobs ? .bool(true) : .null,
      ]),
    ])
  }

  /// SHA-256 of the canonical text of `measurementProtocol`.
  package var digest: Digest { Digest(of: measurementProtocol.canonical) }

  /// The rest of the configuration, as it is stored beside the protocol.
  package var circumstances: JSONValue {
    func stated(_ model: Member) -> JSONValue {
      .compact([
        "model": .string(model.id.rawValue), "developer": JSONValue(model.lineage.developer),
        "base": JSONValue(model.lineage.base), "family": JSONValue(model.lineage.family),
        "trained_on": model.lineage.teachers.isEmpty
          ? .null : .array(model.lineage.teachers.map { .string($0.rawValue) }),
        "group": JSONValue(model.lineage.group),
        "concurrency": JSONValue(model.asked?.endpoint.concurrency),
      ])
    }
    return .compact([
      "name": .string(name),
      "commission": commission.json,
      "models": .array(members.map(stated)),
      "budget": .compact([
        "max_calls": JSONValue(budget.maxCalls), "max_tokens": JSONValue(budget.maxTokens),
        "max_cost": JSONValue(budget.maxCost?.text),
        "max_milliseconds": JSONValue(budget.maxTime.map(\.wholeMilliseconds)),
      ]),
      "concurrency": .integer(concurrency),
      "timeout_milliseconds": .integer(timeout.wholeMilliseconds),
    ])
  }

  /// Everywhere that two protocols differ, by the path of the value.
  package static func differences(_ stored: JSONValue, _ current: JSONValue) -> [ConfigurationDifference] {
    var found: [ConfigurationDifference] = []
    func compare(_ stored: JSONValue?, _ current: JSONValue?, _ path: String) {
      // By text: 1 and 1.0 are one number.
      guard stored?.canonical != current?.canonical else { return }
      switch (stored, current) {
      case (.object(let a)?, .object(let b)?):
        for key in Set(a.keys).union(b.keys).sorted() { compare(a[key], b[key], path.isEmpty ? key : "\(path).\(key)") }
      case (.array(let a)?, .array(let b)?) where a.count == b.count:
        for index in a.indices { compare(a[index], b[index], "\(path)[\(index)]") }
      default:
        found.append(ConfigurationDifference(path: path, stored: shown(stored), current: shown(current)))
      }
    }
    func shown(_ value: JSONValue?) -> String? {
      guard let value else { return nil }
      return value.string ?? value.canonical
    }
    compare(stored, current, "")
    return found
  }
}
