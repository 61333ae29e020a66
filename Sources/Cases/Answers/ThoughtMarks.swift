/// Marks by which servers and models set thoughts apart from the answer within one text.
///
/// Tags are known by rule: a name that speaks of thinking, in any of the brackets of chat templates, closed by `/NAME` or by
/// the `end` to its `begin`. What follows no rule stands in `sentences`, `channels` and `details`.
///
/// - Source: chat templates of the models, and reports against the servers that leave them in; the table of quirks in
///   `Reports/quirks` names both.
enum ThoughtMarks {
  struct Pair {
    let opening: [Unicode.Scalar]
    let closing: [Unicode.Scalar]
  }

  /// Pairs that no rule gives. All are written in lower case: marks are found in any case.
  static let sentences: [Pair] = [
    // Granite 3.2; Apriel; s1; MedGemma; Gemma; Apertus; HyperCLOVA X; what Ollama prints; LibreChat.
    ("here is my thought process:", "here is my response:"),
    ("here are my reasoning steps:", "[begin final response]"),
    ("<|im_start|>think", "<|im_start|>answer"),
    ("<unused94>thought", "<unused95>"),
    ("<|channel>thought", "<channel|>"),
    ("<|inner_prefix|>", "<|inner_suffix|>"),
    ("<|im_start|>assistant/think", "<|im_start|>assistant"),
    ("thinking...", "...done thinking."),
    (":::thinking", ":::"),
  ].map { Pair(opening: Array($0.0.unicodeScalars), closing: Array($0.1.unicodeScalars)) }

  /// Words that make a tag's name one of thoughts. With the first an unclosed tag means thoughts without an answer; with the
  /// others it may be anything.
  static let words = ["think", "thought", "reason", "scratchpad", "monologue", "reflection"]
  /// Words that make a tag's name one of the answer; such a tag is a wrapper only where thoughts stood before it.
  static let answerWords = ["answer", "response", "output", "solution", "final"]
  /// Ends of tags whose beginning the server put into the prompt.
  static let closings = [
    "</think>", "</thinking>", "[/think]", "</seed:think>", "◁/think▷", "</thought>", "</reasoning>", "&lt;/think&gt;",
  ]
  /// Solar's, where the answer is a message of its own behind that of the thoughts.
  static let nextMessage = "<|end|><|begin|>assistant<|content|>"
  static let longestName = 32

  /// Opening and closing brackets of tags.
  static let brackets: [(open: String, close: String)] = [
    ("<|", "|>"), ("<｜", "｜>"), ("<", ">"), ("[", "]"), ("◁", "▷"), ("&lt;", "&gt;"),
  ]
  /// What templates write before an answer, and servers leave there: names of the role, and special tokens.
  static let roles = ["assistant", "model", "<role>assistant</role>"]
}
