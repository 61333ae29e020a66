import Formats

/// The content of a message: a text, or a list of parts of several kinds.
struct ContentParts {
  private(set) var text = ""
  private(set) var refusal: String?
  /// Text and the kind of parts that they stood in.
  private(set) var thoughts: (String, String)?
  /// Kinds of parts that are no text.
  private(set) var others: Set<String> = []

  init(_ content: JSONValue?) {
    if let text = content?.string {
      self.text = text
      return
    }
    // FastChat's arenas have an object with the answer in it, some servers one part without its list.
    let parts = content?.array ?? (content?.object == nil ? [] : [content ?? .null])
    var pieces: [String: [String]] = [:]
    var refusals: [String] = []
    for part in parts {
      switch part["type"]?.string {
      case let type? where type == "thinking" || type == "reasoning":
        if let piece = Self.thought(part, type) { pieces[type, default: []].append(piece) }
      case "redacted_thinking", "reference", "citation": continue
      case "refusal": refusals.append(part["refusal"]?.string ?? part["text"]?.string ?? "")
      case let type:
        if let piece = part.string ?? Self.text(part) {
          text += piece
        } else if part != .null {
          others.insert(Self.kind(type ?? part.object?.keys.min() ?? "content"))
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
    part[type]?.string ?? part[type]?.array?.compactMap { $0["text"]?.string }.joined() ?? part["text"]?.string
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
