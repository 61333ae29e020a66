package import Formats

/// An answer that an endpoint is given: what is asked is not what it would say, but how likely it finds these words.
///
/// Its likelihood comes with the echo of a prompt where an endpoint offers that, or, from the server of llama.cpp, by a
/// grammar that leaves it no other tokens to say.
package struct GivenAnswer: Hashable, Sendable {
  package let text: String
  /// The model that gave it; nil for a reference, such as a text that people wrote.
  package let model: ModelID?
  /// The probe that it answers.
  package let prompt: PromptID
  package let sample: Int
  /// What the text has in place of the model's own marks; nil where it stands as the model wrote it.
  package let plain: Plain?
  /// Tokens of the text as an endpoint's own tokeniser has them, by the model that is to say them.
  package let tokens: [ModelID: [Int]]

  /// A spelling that was replaced by the plain one, as the catalogue had it when the answers were put.
  package struct Plain: Hashable, Sendable {
    /// `Spelling.id`.
    package let spelling: String
    /// In words, for people.
    package let name: String
    /// Marks of the text that were replaced.
    package let marks: Int
    /// `Spelling.Cohort.answers`.
    package let usual: Double

    package init(spelling: String, name: String, marks: Int, usual: Double) {
      self.spelling = spelling
      self.name = name
      self.marks = marks
      self.usual = usual
    }
  }

  package init(
    text: String, model: ModelID?, prompt: PromptID, sample: Int, plain: Plain? = nil, tokens: [ModelID: [Int]] = [:]
  ) {
    self.plain = plain
    self.text = text
    self.model = model
    self.prompt = prompt
    self.sample = sample
    self.tokens = tokens
  }

  /// The grammar of llama.cpp in which these tokens are the only text; nil where the tokens for a model are not known.
  package func grammar(for model: ModelID) -> String? {
    tokens[model].map { "root ::= " + $0.map { "<[\($0)]>" }.joined(separator: " ") }
  }
}

extension GivenAnswer: Decodable {
  private enum CodingKeys: String, CodingKey {
    case text, of, prompt_id, sample, plain, tokens
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let tokens = try fields.decodeIfPresent([String: [Int]].self, forKey: .tokens) ?? [:]
    self.init(
      text: try fields.decode(String.self, forKey: .text),
      model: try fields.decodeIfPresent(String.self, forKey: .of).map { ModelID($0) },
      prompt: PromptID(try fields.decode(String.self, forKey: .prompt_id)),
      sample: try fields.decode(Int.self, forKey: .sample),
      plain: try fields.decodeIfPresent(Plain.self, forKey: .plain),
      tokens: Dictionary(firstOf: tokens.map { (ModelID($0), $1) }))
  }

  var json: JSONValue {
    .compact([
      "text": .string(text), "of": JSONValue(model?.rawValue), "prompt_id": .string(prompt.rawValue),
      "sample": .integer(sample), "plain": plain?.json ?? .null,
      "tokens": tokens.isEmpty
        ? .null
        : .object(
          Dictionary(firstOf: tokens.map { ($0.rawValue, .array($1.map(JSONValue.integer))) })),
    ])
  }
}

extension GivenAnswer.Plain: Decodable {
  /// nil for what no plan could have said.
  package init?(json: JSONValue) {
    guard let spelling = json["spelling"]?.string, let name = json["name"]?.string,
      let marks = json["marks"]?.integer, let usual = json["usual"]?.number
    else { return nil }
    self.init(spelling: spelling, name: name, marks: marks, usual: usual)
  }

  var json: JSONValue {
    .object([
      "spelling": .string(spelling), "name": .string(name), "marks": .integer(marks), "usual": .number(usual),
    ])
  }
}
