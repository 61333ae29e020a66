import Formats

/// The content of a message: a text, or a list of parts of several kinds.
struct ContentParts {
  private(set) var text = ""
  private(set) var refusal: String?
  /// Text and the kind of parts that they stood in.
  private(set) var thoughts: (String, String)?
  /// Kinds of parts that are no text, as they come.
  private(set) var others: [String] = []

  init(_ content: JSONValue?) {
    if let text = content?.string {
      self.text = text
      return
    }
    // FastChat's arenas have an object with the answer in it, some servers one part without its list, exports of ChatGPT the
    // parts within it. What else is there was made of the answer, such as a number, and is no text.
    let parts = content.map { $0.array ?? $0["parts"]?.array ?? ($0 == .null ? [] : [$0]) } ?? []
    var pieces: [String: [String]] = [:]
    var refusals: [String] = []
    for part in parts {
      switch part["type"]?.string {
      case let type? where type == "thinking" || type == "reasoning" || type == "reasoning_content":
        let kind = type == "thinking" ? type : "reasoning"
        if let piece = Self.thought(part, type) { pieces[kind, default: []].append(piece) }
      // Amazon's have no type.
      case nil where part["reasoningContent"] != nil:
        let thought = part["reasoningContent"]?["reasoningText"]?["text"]?.string
        if let thought { pieces["reasoning", default: []].append(thought) }
      case "redacted_thinking", "reference", "citation": continue
      case "refusal": refusals.append(part["refusal"]?.string ?? part["text"]?.string ?? "")
      case let type:
        if let piece = part.string ?? Self.text(part) {
          text += piece
        } else if part != .null {
          others.append(Self.kind(type ?? part.object?.keys.min() ?? "content"))
        }
      }
    }
    if !refusals.isEmpty { refusal = refusals.joined() }
    for type in ["thinking", "reasoning"] where thoughts == nil {
      let joined = (pieces[type] ?? []).joined(separator: "\n")
      if !joined.isEmpty { thoughts = (joined, "content.\(type)") }
    }
  }

  /// `{"text": "…"}`, and `{"text": {"value": "…"}}` of OpenAI's assistants.
  private static func text(_ part: JSONValue) -> String? {
    part["text"]?.string ?? part["text"]?["value"]?.string ?? part["answer"]?.string
  }

  private static func thought(_ part: JSONValue, _ type: String) -> String? {
    func joined(_ list: JSONValue?) -> String? { list?.array?.compactMap { $0["text"]?.string }.joined() }
    return part[type]?.string ?? joined(part[type]) ?? part["text"]?.string ?? joined(part["summary"])
  }

  /// One name for what vendors call by several.
  static func kind(_ name: String) -> String {
    switch name {
    case "tool_use", "function_call", "functionCall", "tool_calls", "server_tool_use", "custom_tool_call", "mcp_call":
      "tool_call"
    case "inlineData", "fileData", "image_url", "input_image", "output_image", "image_generation_call": "image"
    default: name
    }
  }
}
