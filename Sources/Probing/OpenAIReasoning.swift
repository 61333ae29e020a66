import CaseFile

/// Where servers of the OpenAI dialect put what a model thought before it answered.
enum OpenAIReasoning {
  /// The first that is there of `reasoning_details`, `reasoning_content`, `reasoning` and `thinking`.
  static func find(in message: JSONValue) -> (text: String, source: String)? {
    let details = (message["reasoning_details"]?.array ?? [])
      .compactMap { $0["text"]?.string ?? $0["summary"]?.string }.joined(separator: "\n")
    if !details.isEmpty { return (details, "reasoning_details") }
    for field in ["reasoning_content", "reasoning", "thinking"] {
      if let text = message[field]?.string, !text.isEmpty { return (text, field) }
    }
    return nil
  }

  /// Pieces of `reasoning_details` of a stream, those of one `index` as one.
  static func joined(_ pieces: JSONValue) -> JSONValue {
    var order: [Int] = []
    var texts: [Int: String] = [:]
    for piece in pieces.array ?? [] {
      let index = piece["index"]?.integer ?? 0
      if texts[index] == nil { order.append(index) }
      texts[index, default: ""] += piece["text"]?.string ?? piece["summary"]?.string ?? ""
    }
    return .array(order.map { .object(["text": .string(texts[$0] ?? "")]) })
  }

  /// Takes a text apart that begins with `<think>…</think>`; an open one has thoughts and no answer.
  static func split(_ text: String) -> (reasoning: String, text: String)? {
    let start = text.drop { $0.isWhitespace }
    guard start.hasPrefix("<think>") else { return nil }
    let inner = start.dropFirst("<think>".count)
    guard let end = inner.firstRange(of: "</think>") else { return (String(inner), "") }
    return (String(inner[..<end.lowerBound]), String(inner[end.upperBound...].drop { $0.isWhitespace }))
  }
}
