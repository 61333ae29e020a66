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
  /// its own.
  package static func split(_ text: String) -> (reasoning: String, text: String)? {
    let start = text.drop { $0.isWhitespace }
    let opening = "<think>"
    let closing = "</think>"
    guard start.hasPrefix(opening) else {
      // Bytes are looked through faster than characters, and most answers have none of it.
      guard text.utf8.firstRange(of: closing.utf8) != nil, let end = text.firstRange(of: closing),
        !text[..<end.lowerBound].contains(opening),
        text[..<end.lowerBound].last?.isNewline ?? true, text[end.upperBound...].first?.isNewline ?? true
      else { return nil }
      return (String(text[..<end.lowerBound]), String(text[end.upperBound...].drop { $0.isWhitespace }))
    }
    let inner = start.dropFirst(opening.count)
    guard let end = inner.firstRange(of: closing) else { return (String(inner), "") }
    return (String(inner[..<end.lowerBound]), String(inner[end.upperBound...].drop { $0.isWhitespace }))
  }
}
