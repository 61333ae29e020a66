import Cases
import Escaping
package import Formats
import FoundationEssentials
import Similarity

/// The file of a baseline: JSON, a line for each probe, so that a change of it can be read where it is reviewed.
extension Baseline {
  package static let schema = "retort.baseline/1"

  /// - Throws: `FileError` if the file cannot be read, `MonitoringError` if it holds no baseline.
  package static func read(file: String) throws -> Baseline {
    let bytes = try FileBytes.read(file)
    guard let document = JSONValue(parsing: bytes, upTo: .file), document.object != nil else {
      throw MonitoringError.notABaseline(file: file, what: "it is not a JSON object")
    }
    guard let schema = document["schema"]?.string, schema.hasPrefix("retort.baseline/") else {
      throw MonitoringError.notABaseline(file: file, what: "its schema is not \(Self.schema)")
    }
    guard schema == Self.schema else { throw MonitoringError.newerBaseline(file: file, schema: schema) }
    let content = BaselineReading(file: file)
    var baseline = try content.baseline(document["content"] ?? .null)
    baseline = Baseline(baseline, approvals: try content.approvals(document["approvals"]))
    guard baseline.content.canonical == document["content"]?.canonical else {
      throw MonitoringError.notABaseline(file: file, what: "it says more than this version of retort reads")
    }
    return baseline
  }

  package func write(to file: String) throws { try FileBytes.write(written.utf8, to: file) }

  /// The same, on the disk when this returns.
  package func writeDurably(to file: String) throws {
    try FileBytes.writeDurably(written.utf8, to: file)
  }

  /// Answers of an endpoint are in it, and it is read in a terminal and in the log of a job.
  private var written: String { JSONText.inert(document.lines(depth: 3)) }

  package var document: JSONValue {
    .object([
      "schema": .string(Self.schema), "content": content, "approvals": .array(approvals.map(\.json)),
    ])
  }

  /// Everything but the approvals.
  var content: JSONValue {
    .compact([
      "name": .string(name), "created": .string(created), "tool": .string(tool),
      "configuration": JSONValue(configuration), "suite": suite, "endpoint": endpoint?.json ?? .null,
      "sessions": .array(sessions.map(\.json)), "stability": .array(stability.map(\.json)),
      "probes": .object(
        Dictionary(firstOf: probes.map { ($0.key.rawValue, $0.value.json) })),
      "rule": .object([
        "at_most": .number(rule.falseAlarms.atMost), "per_runs": .integer(rule.falseAlarms.runs),
        "seed": .string(String(rule.seed)), "strata": .array(rule.strata.map { .string($0.rawValue) }),
        "floors": .object(
          Dictionary(firstOf: rule.floors.map { ($0.key.rawValue, JSONValue.number($0.value)) })),
      ]),
      "plan": .object([
        "max_calls": .integer(plan.maxCalls),
        "samples": .object(
          Dictionary(firstOf: plan.samples.map { ($0.key.rawValue, JSONValue.integer($0.value)) })),
      ]),
      "detectable": .array(detectable.map(\.json)), "median_milliseconds": JSONValue(medianMilliseconds),
    ])
  }

  private init(_ other: Baseline, approvals: [Approval]) {
    self.init(
      name: other.name, created: other.created, tool: other.tool, configuration: other.configuration,
      suite: other.suite, endpoint: other.endpoint, sessions: other.sessions, stability: other.stability,
      probes: other.probes, rule: other.rule, plan: other.plan, detectable: other.detectable,
      medianMilliseconds: other.medianMilliseconds, approvals: approvals)
  }
}

extension Baseline.Endpoint {
  fileprivate var json: JSONValue {
    .object([
      "url": .string(url), "model": .string(model),
      "declared_models": .array(declaredModels.map(JSONValue.string)),
      "declared_fingerprints": .array(declaredFingerprints.map(JSONValue.string)),
    ])
  }
}

extension Baseline.Session {
  fileprivate var json: JSONValue {
    .compact([
      "started": .string(started), "answers": .integer(answers), "missing": .integer(missing),
      "source": .string(source.hex), "without_text": JSONValue(withoutText),
    ])
  }
}

extension Baseline.Stability {
  package var json: JSONValue {
    .object(["stratum": .string(stratum.rawValue), "p": .number(pValue), "distance": .number(distance)])
  }
}

extension Approval {
  package var json: JSONValue {
    .compact([
      "baseline": .string(baseline.hex), "created": .string(created), "by": .string(by), "reason": .string(reason),
      "time": .string(time), "previous": JSONValue(previous?.hex), "hash": .string(hash.hex),
    ])
  }
}

extension DetectableEffect {
  package var json: JSONValue {
    .compact([
      "stratum": .string(stratum.rawValue), "probes": .integer(probes), "changed_probes": JSONValue(changedProbes),
      "changed_share": changedShare.map(JSONValue.number) ?? .null,
    ])
  }
}

extension ProbeRecord {
  package var json: JSONValue {
    var members: [String: JSONValue] = ["stratum": .string(stratum.rawValue), "samples": .integer(samples)]
    if !answers.isEmpty { members["answers"] = .object(answers.mapValues(JSONValue.integer)) }
    if !sketches.isEmpty {
      members["sketches"] = .array(
        sketches.map { .string(Data($0.values.map(UInt8.init(bitPattern:))).base64EncodedString()) })
    }
    if !distributions.isEmpty {
      members["first_token"] = .array(
        distributions.sorted { $0.key.order < $1.key.order }.map {
          .object(["count": .integer($0.value), "logprobs": .object($0.key.values.mapValues(JSONValue.integer))])
        })
    }
    if !promptTokens.isEmpty { members["prompt_tokens"] = .array(promptTokens.sorted().map(JSONValue.integer)) }
    if reading != .words { members["key"] = .string(reading.rawValue) }
    if let dress { members["dress"] = dress.json }
    if !sessions.isEmpty { members["sessions"] = .array(sessions.map { .object($0.mapValues(JSONValue.integer)) }) }
    return .object(members)
  }

  private static func counts(_ value: JSONValue?) -> [String: Int]? {
    var answers: [String: Int] = [:]
    for (key, value) in value?.object ?? [:] {
      guard let count = value.integer, (1...Limits.recordedAnswers).contains(count) else { return nil }
      answers[key] = count
    }
    return answers
  }

  /// nil for anything but what `json` writes.
  package init?(json: JSONValue) {
    guard let stratum = json["stratum"]?.string.flatMap(Stratum.init(rawValue:)), stratum != .logprobs,
      let samples = json["samples"]?.integer, (0...Limits.recordedAnswers).contains(samples),
      let answers = Self.counts(json["answers"])
    else { return nil }
    var sketches: [AnswerSketch] = []
    for value in json["sketches"]?.array ?? [] {
      guard let data = value.string.flatMap({ Data(base64Encoded: $0) }), [0, AnswerSketch.size].contains(data.count)
      else {
        return nil
      }
      sketches.append(AnswerSketch(values: data.map(Int8.init(bitPattern:))))
    }
    var distributions: [TokenDistribution: Int] = [:]
    for value in json["first_token"]?.array ?? [] {
      guard let count = value["count"]?.integer, (1...Limits.recordedAnswers).contains(count),
        let members = value["logprobs"]?.object
      else { return nil }
      let values = members.compactMapValues(\.integer)
      guard values.count == members.count, !values.isEmpty, values.values.allSatisfy(TokenDistribution.range.contains)
      else { return nil }
      distributions[TokenDistribution(values: values)] = count
    }
    guard distributions.values.reduce(0, +) <= Limits.recordedAnswers else { return nil }
    guard (stratum == .text ? sketches.count : answers.values.reduce(0, +)) == samples else { return nil }
    let sessions = (json["sessions"]?.array ?? []).compactMap(Self.counts)
    let reading = json["key"].map { AnswerReading(rawValue: $0.string ?? "") } ?? .words
    let dress = json["dress"].map { AnswerDress(json: $0) }
    guard let reading, dress != .some(nil), sessions.count == json["sessions"]?.array?.count ?? 0,
      stratum != .border || sessions.reduce(0, { $0 + $1.values.reduce(0, +) }) == samples
    else { return nil }
    self.init(
      stratum: stratum, samples: samples, answers: answers, sketches: sketches, distributions: distributions,
      promptTokens: Set((json["prompt_tokens"]?.array ?? []).compactMap(\.integer)), reading: reading,
      dress: dress ?? nil, sessions: sessions)
  }
}

/// Reads the file of a baseline; whatever is not as it was written is an error that names it.
private struct BaselineReading {
  let file: String

  func baseline(_ content: JSONValue) throws(MonitoringError) -> Baseline {
    let rule = try rule(require(content, "rule"))
    var probes: [PromptID: ProbeRecord] = [:]
    for (id, value) in try object(content, "probes") {
      guard let record = ProbeRecord(json: value) else { throw defective("probes.\(id)") }
      probes[PromptID(id)] = record
    }
    let plan = try require(content, "plan")
    var samples: [PromptID: Int] = [:]
    for (id, value) in try object(plan, "samples") {
      guard let count = value.integer, Limits.samples.contains(count) else { throw defective("plan.samples.\(id)") }
      samples[PromptID(id)] = count
    }
    let calls = try integer(plan, "max_calls")
    guard Limits.calls.contains(calls), probes.values.reduce(0, { $0 + $1.samples }) <= Limits.plannedItems else {
      throw defective("plan.max_calls")
    }
    return Baseline(
      name: try string(content, "name"), created: try string(content, "created"), tool: try string(content, "tool"),
      configuration: content["configuration"]?.string, suite: content["suite"] ?? .null,
      endpoint: try content["endpoint"].map { (value) throws(MonitoringError) in try endpoint(value) },
      sessions: try list(content, "sessions") { value in
        guard let digest = value["source"]?.string.flatMap(Digest.init(hex:)), let started = value["started"]?.string,
          let answers = count(value["answers"]), let missing = count(value["missing"])
        else { return nil }
        let withoutText = value["without_text"].map { count($0) ?? .max }
        guard withoutText ?? 0 <= answers else { return nil }
        return Baseline.Session(
          started: started, answers: answers, missing: missing, source: digest, withoutText: withoutText)
      },
      stability: try list(content, "stability") { value in
        guard let stratum = value["stratum"]?.string.flatMap(Stratum.init(rawValue:)),
          let pValue = value["p"]?.number, (0...1).contains(pValue), let distance = value["distance"]?.number
        else { return nil }
        return Baseline.Stability(stratum: stratum, pValue: pValue, distance: distance)
      },
      probes: probes, rule: rule,
      plan: SamplingPlan(samples: samples, maxCalls: calls),
      detectable: try list(content, "detectable") { value in
        guard let stratum = value["stratum"]?.string.flatMap(Stratum.init(rawValue:)),
          let probes = count(value["probes"])
        else { return nil }
        let (changed, share) = (value["changed_probes"].map { count($0) ?? .max }, value["changed_share"]?.number)
        guard changed ?? 0 <= probes, (0...1).contains(share ?? 0) else { return nil }
        return DetectableEffect(stratum: stratum, probes: probes, changedProbes: changed, changedShare: share)
      },
      medianMilliseconds: try content["median_milliseconds"].map { (value) throws(MonitoringError) in
        guard let median = value.integer, median >= 0 else { throw defective("median_milliseconds") }
        return median
      })
  }

  /// A number of answers or probes; nil for one that no run can have had.
  private func count(_ value: JSONValue?) -> Int? {
    value?.integer.flatMap { (0...Limits.plannedItems).contains($0) ? $0 : nil }
  }

  func approvals(_ value: JSONValue?) throws(MonitoringError) -> [Approval] {
    var approvals: [Approval] = []
    for (number, entry) in (value?.array ?? []).enumerated() {
      guard let baseline = entry["baseline"]?.string.flatMap(Digest.init(hex:)),
        let created = entry["created"]?.string, let by = entry["by"]?.string, let reason = entry["reason"]?.string,
        let time = entry["time"]?.string
      else { throw defective("approvals[\(number)]") }
      let approval = Approval(
        baseline: baseline, created: created, by: by, reason: reason, time: time, previous: approvals.last?.hash)
      guard entry["hash"]?.string == approval.hash.hex, entry["previous"]?.string == approvals.last?.hash.hex else {
        throw .approvalsBroken(file: file, number: number + 1)
      }
      approvals.append(approval)
    }
    return approvals
  }

  private func rule(_ value: JSONValue) throws(MonitoringError) -> CheckRule {
    guard let atMost = value["at_most"]?.number, let runs = value["per_runs"]?.integer,
      MonitorConfiguration.FalseAlarms(atMost: atMost, runs: runs).isWithinLimits,
      let seed = value["seed"]?.string.flatMap(UInt64.init)
    else { throw defective("rule") }
    let strata = (value["strata"]?.array ?? []).compactMap { $0.string.flatMap(Stratum.init(rawValue:)) }
    var floors: [Stratum: Double] = [:]
    for (name, floor) in value["floors"]?.object ?? [:] {
      guard let stratum = Stratum(rawValue: name), let floor = floor.number else { throw defective("rule.floors") }
      floors[stratum] = floor
    }
    guard !strata.isEmpty, strata.count == value["strata"]?.array?.count, Set(strata).count == strata.count else {
      throw defective("rule.strata")
    }
    return CheckRule(
      falseAlarms: MonitorConfiguration.FalseAlarms(atMost: atMost, runs: runs), strata: strata, floors: floors,
      seed: seed)
  }

  private func endpoint(_ value: JSONValue) throws(MonitoringError) -> Baseline.Endpoint {
    Baseline.Endpoint(
      url: try string(value, "url"), model: try string(value, "model"),
      declaredModels: (value["declared_models"]?.array ?? []).compactMap(\.string),
      declaredFingerprints: (value["declared_fingerprints"]?.array ?? []).compactMap(\.string))
  }

  private func require(_ value: JSONValue, _ key: String) throws(MonitoringError) -> JSONValue {
    guard let member = value[key] else { throw defective(key) }
    return member
  }

  private func object(_ value: JSONValue, _ key: String) throws(MonitoringError) -> [String: JSONValue] {
    guard let members = value[key]?.object, !members.isEmpty else { throw defective(key) }
    return members
  }

  private func string(_ value: JSONValue, _ key: String) throws(MonitoringError) -> String {
    guard let text = value[key]?.string else { throw defective(key) }
    return text
  }

  private func integer(_ value: JSONValue, _ key: String) throws(MonitoringError) -> Int {
    guard let number = value[key]?.integer else { throw defective(key) }
    return number
  }

  private func list<Value>(
    _ value: JSONValue, _ key: String, _ read: (JSONValue) -> Value?
  ) throws(MonitoringError) -> [Value] {
    let entries = value[key]?.array ?? []
    let values = entries.compactMap(read)
    guard values.count == entries.count else { throw defective(key) }
    return values
  }

  private func defective(_ what: String) -> MonitoringError {
    .notABaseline(file: file, what: "\(what) is missing or not as it was written")
  }
}
