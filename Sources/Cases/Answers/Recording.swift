package import Formats

/// Answers that a model gave before the case, kept in a file: recorded, not asked.
///
/// Nobody but whoever recorded them says that the model gave them. A case keeps the bytes of the file and names their digest in
/// its protocol; what is analysed is read from these bytes.
package struct Recording: Hashable, Sendable {
  /// Who recorded the answers, and how: the word of whoever writes the configuration.
  package struct Origin: Hashable, Codable, Sendable {
    package let by: String?
    /// A day, `YYYY-MM-DD`, or a part of one: `2024` or `2024-03`.
    package let date: String?
    /// Where the file came from, such as an address.
    package let from: String?
    package let temperature: Double?
    package let topP: Double?
    package let maxTokens: Int?
    /// System prompt or template, in words.
    package let template: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case by, date, from, temperature, template
      case topP = "top_p"
      case maxTokens = "max_tokens"
    }

    package init(
      by: String? = nil, date: String? = nil, from: String? = nil, temperature: Double? = nil, topP: Double? = nil,
      maxTokens: Int? = nil, template: String? = nil
    ) {
      self.by = by
      self.date = date
      self.from = from
      self.temperature = temperature
      self.topP = topP
      self.maxTokens = maxTokens
      self.template = template
    }

    package var isEmpty: Bool { self == Origin() }
  }

  /// How the answers of the file came to probes of the case.
  package struct Matching: Hashable, Codable, Sendable {
    /// Answers that are analysed.
    package let answers: Int
    /// Probes that they answer.
    package let probes: Int
    /// Of the answers, those whose probe was found by the text of the prompt; of all others by its id.
    package let byPrompt: Int
    /// Answers of the file to something that the case does not ask.
    package let leftOut: Int

    enum CodingKeys: String, CodingKey {
      case answers, probes
      case byPrompt = "by_prompt"
      case leftOut = "left_out"
    }

    package init(answers: Int, probes: Int, byPrompt: Int, leftOut: Int) {
      self.answers = answers
      self.probes = probes
      self.byPrompt = byPrompt
      self.leftOut = leftOut
    }
  }

  /// Its last part, without folders.
  package let file: String
  /// As they lie in the file.
  package let bytes: [UInt8]
  package let digest: Digest
  package let origin: Origin
  package let matching: Matching

  package init(file: String, bytes: [UInt8], origin: Origin, matching: Matching) {
    self.file = file.split(separator: "/").last.map(String.init) ?? file
    self.bytes = bytes
    digest = Digest(of: bytes)
    self.origin = origin
    self.matching = matching
  }

  /// What a protocol says of it.
  package var json: JSONValue {
    .compact([
      "file": .string(file), "sha256": .string(digest.hex), "answers": .integer(matching.answers),
      "probes": .integer(matching.probes), "by_prompt": .integer(matching.byPrompt),
      "left_out": .integer(matching.leftOut), "by": JSONValue(origin.by), "date": JSONValue(origin.date),
      "from": JSONValue(origin.from), "temperature": origin.temperature.map(JSONValue.number) ?? .null,
      "top_p": origin.topP.map(JSONValue.number) ?? .null, "max_tokens": JSONValue(origin.maxTokens),
      "template": JSONValue(origin.template),
    ])
  }
}
