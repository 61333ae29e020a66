import Formats

/// What streams of the OpenAI dialect say of a model's thoughts, put together.
enum OpenAIReasoning {
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
}
