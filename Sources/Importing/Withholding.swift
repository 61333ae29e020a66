import Cases
import Formats

/// What a vendor's filter held back: an empty text with its word for why is no empty answer of the model's.
enum Withholding {
  /// Whether a choice or a candidate ends by a filter, and nothing of it was said.
  static func isIn(_ choice: JSONValue, _ said: SpokenContent) -> Bool {
    guard said.words.isEmpty, said.others.isEmpty, let word = word(choice) else { return false }
    return FilterWord.isOne(word)
  }

  /// Why it ended, in the words of OpenAI or of Google.
  static func word(_ choice: JSONValue) -> String? {
    (choice["finish_reason"] ?? choice["finishReason"])?.string
  }
}
