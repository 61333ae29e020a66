import Formats

/// Messages of a chat as many tools record them: `[{"role": "system", "content": "…"}, {"role": "user", …}]`.
enum ChatMessages {
  /// The prompt, where the messages are one question with or without a system prompt; nil for a conversation.
  static func prompt(_ messages: [JSONValue]) -> ImportedPrompt? {
    var system: [String] = []
    var user: String?
    for message in messages {
      guard let role = message["role"]?.string, let text = text(message["content"]) else { return nil }
      switch role {
      case "system", "developer":
        guard user == nil else { return nil }
        if !text.isEmpty { system.append(text) }
      case "user":
        guard user == nil else { return nil }
        user = text
      default: return nil
      }
    }
    return user.map { ImportedPrompt(system: system.isEmpty ? nil : system.joined(separator: "\n\n"), text: $0) }
  }

  /// The prompt that a text stands for: a chat written as JSON, or the text itself.
  static func prompt(rendered text: String) -> ImportedPrompt {
    if text.utf8.first == UInt8(ascii: "["), let messages = JSONValue(parsing: text)?.array,
      let prompt = prompt(messages)
    {
      return prompt
    }
    return ImportedPrompt(text: text)
  }

  /// A text, or the texts of a list of parts, without reasoning; nil for anything else, such as an image.
  static func text(_ content: JSONValue?) -> String? {
    if let text = content?.string { return text }
    guard let parts = content?.array else { return nil }
    var text = ""
    for part in parts {
      switch part["type"]?.string {
      case "reasoning", "thinking": continue
      case "text", "output_text", "input_text", nil:
        guard let piece = part["text"]?.string ?? part.string else { return nil }
        text += piece
      default: return nil
      }
    }
    return text
  }
}
