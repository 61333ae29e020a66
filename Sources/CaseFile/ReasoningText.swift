/// Where responses carry what a model thought before it answered.
package enum ReasoningText {
  /// The first that is there of `reasoning_details`, `reasoning_content`, `reasoning`, `thinking`, and parts of the content
  /// that are of such a type.
  package static func find(in message: JSONValue) -> (text: String, source: String)? {
    let details = (message["reasoning_details"]?.array ?? [])
      .compactMap { $0["text"]?.string ?? $0["summary"]?.string }.joined(separator: "\n")
    if !details.isEmpty { return (details, "reasoning_details") }
    for field in ["reasoning_content", "reasoning", "thinking"] {
      if let text = message[field]?.string, !text.isEmpty { return (text, field) }
    }
    for type in ["thinking", "reasoning"] {
      let parts = (message["content"]?.array ?? []).filter { $0["type"]?.string == type }
      let text = parts.compactMap { part in
        part[type]?.string ?? part[type]?.array?.compactMap { $0["text"]?.string }.joined() ?? part["text"]?.string
      }.joined(separator: "\n")
      if !text.isEmpty { return (text, "content.\(type)") }
    }
    return nil
  }

  /// Of the items of a response in the Responses dialect: the thoughts themselves where open models give them, else
  /// their summaries; nil if there are none.
  package static func find(inItems items: [JSONValue]) -> String? {
    for field in ["content", "summary"] {
      let text = items.filter { $0["type"]?.string == "reasoning" }.flatMap { $0[field]?.array ?? [] }
        .compactMap { $0["text"]?.string }.joined(separator: "\n")
      if !text.isEmpty { return text }
    }
    return nil
  }

  /// Takes a text apart that begins with `<think>…</think>`; an open one has thoughts and no answer.
  ///
  /// Some templates put `<think>` into the prompt: then the answer begins with thoughts and has only the end, on a line of
  /// its own. By code points: what else reads the same response must not need to know how they form characters.
  package static func split(_ text: String) -> (reasoning: String, text: String)? {
    let scalars = text.unicodeScalars
    let start = scalars.drop { $0.properties.isWhitespace }
    let opening = Array("<think>".unicodeScalars)
    let closing = Array("</think>".unicodeScalars)
    func rest(_ end: Range<String.Index>) -> String {
      String(scalars[end.upperBound...].drop { $0.properties.isWhitespace })
    }
    guard start.starts(with: opening) else {
      guard let end = scalars.firstRange(of: closing),
        scalars[..<end.lowerBound].firstRange(of: opening) == nil,
        scalars[..<end.lowerBound].last.map(isNewline) ?? true, scalars[end.upperBound...].first.map(isNewline) ?? true
      else { return nil }
      return (String(scalars[..<end.lowerBound]), rest(end))
    }
    let inner = start.dropFirst(opening.count)
    guard let end = inner.firstRange(of: closing) else { return (String(inner), "") }
    return (String(inner[..<end.lowerBound]), rest(end))
  }

  private static func isNewline(_ scalar: Unicode.Scalar) -> Bool { Character(scalar).isNewline }
}
