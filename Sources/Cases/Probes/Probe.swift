package import Formats

/// One prompt with its sampling plan.
package struct Probe: Hashable, Sendable {
  package let id: PromptID
  package let prompt: String
  /// System prompt, where the probe has one; nil sends none.
  package let system: String?
  package let category: String?
  /// BCP 47 tag, such as `en` or `ja`.
  package let language: String?
  /// Samples asked of each endpoint; nil takes the case's number.
  package let samples: Int?
  /// Longest answer in tokens; nil takes the case's number.
  package let maxTokens: Int?
  /// Sampling temperature; nil takes the case's.
  package let temperature: Double?
  /// What reads the answers, such as the name of a channel.
  package let reads: [String]
  /// The answer whose likelihood is asked for; nil where the endpoint is to answer in its own words.
  package let given: GivenAnswer?

  package init(
    id: PromptID, prompt: String, system: String? = nil, category: String? = nil, language: String? = nil,
    samples: Int? = nil, maxTokens: Int? = nil, temperature: Double? = nil, reads: [String] = [],
    given: GivenAnswer? = nil
  ) {
    self.id = id
    self.prompt = prompt
    self.system = system
    self.category = category
    self.language = language
    self.samples = samples
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.reads = reads
    self.given = given
  }
}

/// A JSONL file of probes: `{"id","prompt"[,"system","category","language","samples","max_tokens","temperature",
/// "reads","given"]}` a line. `prompt_id` is accepted for `id`, and one text for a list in `reads`.
package struct ProbeSet: Hashable, Sendable {
  package let file: String
  /// In the order of the file.
  package let probes: [Probe]
  /// The file itself: a case keeps it whole.
  package let bytes: [UInt8]
  /// SHA-256 of the file.
  package let digest: Digest

  private struct Line: Decodable {
    let id: String?
    let prompt_id: String?
    let prompt: String
    let system: String?
    let category: String?
    let language: String?
    let samples: Int?
    let max_tokens: Int?
    let temperature: Double?
    let reads: Names?
    let given: GivenAnswer?
  }

  /// One name, or a list of them.
  private struct Names: Decodable {
    let values: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let name = try? container.decode(String.self) {
        values = [name]
      } else {
        values = try container.decode([String].self)
      }
    }
  }

  /// - Throws: `FileError` or `CasesError` naming file and line, also beyond `Limits.probes` and `Limits.probeSetBytes`.
  package static func read(file: String) throws -> ProbeSet { try read(file: file, atMost: Limits.probes) }

  /// - Parameter most: probes that a case has room for.
  package static func read(file: String, atMost most: Int) throws -> ProbeSet {
    try parse(FileBytes.read(file, upTo: Limits.probeSetBytes), file: file, atMost: most)
  }

  /// - Parameters:
  ///   - file: names the text in errors.
  ///   - most: probes that are read before it is refused; what a case holds already is read whole.
  package static func parse(_ bytes: [UInt8], file: String, atMost most: Int = .max) throws -> ProbeSet {
    var probes: [Probe] = []
    var firstLine: [PromptID: Int] = [:]
    try JSONLines(file: file, bytes: bytes).forEach(as: Line.self) { value, line in
      func defective(_ defect: LineDefect) -> FileError { .defectiveLine(file: file, line: line, defect) }
      guard let name = value.id ?? value.prompt_id else { throw defective(.missing(field: "id")) }
      guard !name.isEmpty, !name.utf8.contains(0) else { throw defective(.emptyPromptID) }
      for (field, number, range) in [
        ("samples", value.samples, Limits.samples), ("max_tokens", value.max_tokens, Limits.tokens),
        ("given.sample", value.given?.sample, Limits.sampleNumber),
      ] {
        if let number, !range.contains(number) {
          throw defective(.outOfRange(field: field, allowed: Limits.words(range)))
        }
      }
      if let temperature = value.temperature, !(0...2).contains(temperature) {
        throw defective(.outOfRange(field: "temperature", allowed: "0 to 2"))
      }
      let id = PromptID(name)
      guard probes.count < most else { throw CasesError.tooManyProbes(file: file, line: line, limit: Limits.probes) }
      if let first = firstLine.updateValue(line, forKey: id) {
        throw CasesError.repeatedProbe(file: file, line: line, prompt: id, firstLine: first)
      }
      probes.append(
        Probe(
          id: id, prompt: value.prompt, system: value.system, category: value.category, language: value.language,
          samples: value.samples, maxTokens: value.max_tokens, temperature: value.temperature,
          reads: value.reads?.values ?? [], given: value.given))
    }
    guard !probes.isEmpty else { throw CasesError.emptyProbeSet(file: file) }
    return ProbeSet(file: file, probes: probes, bytes: bytes, digest: Digest(of: bytes))
  }
}

extension Probe {
  /// The line of a probe set that says this and nothing else, with its line end.
  package var canonicalLine: String {
    JSONValue.compact([
      "id": .string(id.rawValue), "prompt": .string(prompt), "system": JSONValue(system),
      "category": JSONValue(category), "language": JSONValue(language), "samples": JSONValue(samples),
      "max_tokens": JSONValue(maxTokens), "temperature": temperature.map(JSONValue.number) ?? .null,
      "reads": reads.isEmpty ? .null : .array(reads.map(JSONValue.string)), "given": given?.json ?? .null,
    ]).canonical + "\n"
  }
}
