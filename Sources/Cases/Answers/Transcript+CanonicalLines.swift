import Formats

extension Transcript {
  /// A transcript of answers that a case holds; its source is the SHA-256 of its canonical lines.
  package init(model: ModelID, counted responses: [Response], thoughtsInText: [String: Int] = [:]) {
    let sorted = Transcript(model: model, responses: responses, source: Digest(of: "")).responses
    self.init(
      model: model, responses: sorted, source: Digest(of: sorted.map(\.canonicalLine).joined()),
      thoughtsInText: thoughtsInText)
  }
}

extension Response {
  /// The line of a transcript that says this and nothing else, with its line end.
  package var canonicalLine: String { line(to: nil) }

  /// - Parameter probe: what was asked, to be said in the line; nil leaves it out.
  func line(to probe: Probe?) -> String {
    var members: [String: JSONValue] = [
      "prompt_id": .string(prompt.rawValue), "sample": .integer(sample), "text": .string(text),
    ]
    if let tokens { members["logprobs"] = .array(tokens.map(\.json)) }
    if let reasoning { members["reasoning"] = .string(reasoning) }
    if let probe { members["prompt"] = .string(probe.prompt) }
    if let system = probe?.system { members["system"] = .string(system) }
    return JSONValue.object(members).canonical + "\n"
  }
}
