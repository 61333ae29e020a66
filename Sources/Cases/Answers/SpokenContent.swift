package import Formats

/// What a model said, in whatever shape a message has it: the answer, the thoughts before it, the words of a refusal, and
/// what is there that is no text.
///
/// The one place where content is read, for all dialects, streams, importers and transcripts.
package struct SpokenContent: Hashable, Sendable {
  /// Byte for byte the answer, without thoughts that stood in it.
  package private(set) var text = ""
  package private(set) var reasoning: String?
  /// Where the thoughts stood: a field, such as `reasoning_content`, or a mark in the text, such as `<think>`.
  package private(set) var reasoningSource: String?
  package private(set) var refusal: String?
  /// What is there beside text, by its kind, such as `tool_call` or `image_url`: each once, in the order of their bytes.
  package private(set) var others: [String] = []

  /// The mark of thoughts that stood in the text; nil where none did.
  package private(set) var markInText: String?

  /// The answer; for a refusal that has a field of its own, and nothing beside it, the words of the refusal.
  package var words: String { text.isEmpty ? refusal ?? "" : text }
  /// Something that is no text came in place of it: that is no empty answer.
  package var isOtherThanText: Bool { words.isEmpty && !others.isEmpty }

  /// A text alone.
  package init(_ text: String) {
    self.text = text
    takeApart()
  }

  /// A text beside thoughts that were told apart from it.
  package init(_ text: String, reasoning: String?, source: String) {
    self.text = text
    if let reasoning, !reasoning.isEmpty { (self.reasoning, reasoningSource) = (reasoning, source) }
    takeApart()
  }

  /// A message of a chat: `content` as text or as parts, beside it `refusal`, `tool_calls` and fields of thoughts.
  package init(message: JSONValue) {
    let parts = ContentParts(message["content"])
    text = parts.text
    refusal = message["refusal"]?.string ?? parts.refusal
    if refusal?.isEmpty == true { refusal = nil }
    var others = parts.others
    if message["tool_calls"]?.array?.isEmpty == false { others.append("tool_call") }
    if let call = message["function_call"], call != .null { others.append("tool_call") }
    if message["images"]?.array?.isEmpty == false { others.append("image") }
    if let audio = message["audio"], audio.object != nil {
      // Spoken words are words; the sound is kept in the stored bytes.
      if text.isEmpty { text = audio["transcript"]?.string ?? "" }
      others.append("audio")
    }
    self.others = Self.eachOnce(others)
    if let thoughts = Self.thoughts(in: message) ?? parts.thoughts { (reasoning, reasoningSource) = thoughts }
    takeApart()
  }

  /// Blocks of content of Anthropic's messages.
  package init(blocks: [JSONValue]) {
    func joined(_ type: String, _ field: String) -> String {
      blocks.filter { $0["type"]?.string == type }.compactMap { $0[field]?.string }.joined()
    }
    text = joined("text", "text")
    let thinking = joined("thinking", "thinking")
    if !thinking.isEmpty { (reasoning, reasoningSource) = (thinking, "thinking") }
    let plain: Set = ["text", "thinking", "redacted_thinking"]
    others = Self.eachOnce(
      blocks.compactMap { $0["type"]?.string }.filter { !plain.contains($0) }.map(ContentParts.kind))
    takeApart()
  }

  /// Parts of a candidate of Gemini.
  package init(parts: [JSONValue]) {
    func joined(_ isThought: Bool) -> String {
      parts.filter { ($0["thought"]?.bool ?? false) == isThought }.compactMap { $0["text"]?.string }.joined()
    }
    text = joined(false)
    let thoughts = joined(true)
    if !thoughts.isEmpty { (reasoning, reasoningSource) = (thoughts, "parts.thought") }
    let plain: Set = ["text", "thought", "thoughtSignature", "partMetadata", "videoMetadata"]
    others = Self.eachOnce(
      parts.filter { $0["text"]?.string == nil }.flatMap { $0.object.map { Array($0.keys) } ?? [] }
        .filter { !plain.contains($0) }.map(ContentParts.kind))
    takeApart()
  }

  /// Items of a response in OpenAI's Responses dialect.
  package init(items: [JSONValue]) {
    let messages = items.filter { ($0["type"]?.string ?? "message") == "message" }
    let said = messages.flatMap { $0["content"]?.array ?? [] }
    let typed = said.filter { $0["type"]?.string != "refusal" }
    text = typed.compactMap { $0["text"]?.string }.joined() + messages.compactMap { $0["content"]?.string }.joined()
    let refused = said.compactMap { $0["refusal"]?.string }.joined()
    if !refused.isEmpty { refusal = refused }
    for field in ["content", "summary"] where reasoning == nil {
      let thoughts = items.filter { $0["type"]?.string == "reasoning" }.flatMap { $0[field]?.array ?? [] }
        .compactMap { $0["text"]?.string }.joined(separator: "\n")
      if !thoughts.isEmpty { (reasoning, reasoningSource) = (thoughts, "reasoning.summary") }
    }
    let plain: Set = ["message", "reasoning"]
    let kinds = items.compactMap { $0["type"]?.string }.filter { !plain.contains($0) }
    others = Self.eachOnce(kinds.map(ContentParts.kind))
    takeApart()
  }

  /// Fields of a message that hold thoughts, in the order in which they are looked at.
  package static let thoughtFields = [
    "reasoning_details", "reasoning_content", "reasoning", "thinking", "reasoning_text", "thoughts", "thinking_blocks",
  ]

  /// The first that is there: a text, an object with one, or a list of either.
  private static func thoughts(in message: JSONValue) -> (String, String)? {
    func text(_ value: JSONValue) -> String? {
      value.string ?? ["text", "summary", "thinking", "content"].lazy.compactMap { value[$0]?.string }.first
    }
    for field in thoughtFields {
      guard let value = message[field] else { continue }
      let said = value.array.map { $0.compactMap(text).joined(separator: "\n") } ?? text(value) ?? ""
      if !said.isEmpty { return (said, field) }
    }
    return nil
  }

  /// By bytes: what Unicode takes for one, or puts in another order, is not so to whoever reads the evidence by other means.
  private static func eachOnce(_ kinds: [String]) -> [String] {
    kinds.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.reduce(into: []) { once, kind in
      if once.last?.isSame(as: kind) != true { once.append(kind) }
    }
  }

  /// Thoughts that stand in the text go to those that were told apart from it; some servers give the same ones twice.
  private mutating func takeApart() {
    guard let split = ThoughtSplit(text) else { return }
    text = split.text
    markInText = split.mark
    if split.callsTool { others = Self.eachOnce(others + ["tool_call"]) }
    if let told = reasoning {
      if !split.reasoning.isEmpty, !told.isSame(as: split.reasoning) { reasoning = told + "\n" + split.reasoning }
    } else {
      (reasoning, reasoningSource) = (split.reasoning, split.mark)
    }
  }
}
