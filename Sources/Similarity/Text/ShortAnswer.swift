/// An answer short enough to be one of few: a number, a name, a choice.
package enum ShortAnswer {
  /// Most words that it has.
  package static let longest = 6

  /// The answer's words, lower-cased, without marks; nil for an answer of none or of more than `longest`. In scripts without
  /// spaces a run of letters is one word.
  ///
  /// Two short answers are the same if their words are: `"42."` and `42`, but not `42` and `forty-two`.
  package static func key(of text: String) -> UInt64? { surelyLong(text) ? nil : key(Tokens(text)) }

  /// Whether more than `longest` words begin after ASCII white space: most answers do, and need no tokens.
  private static func surelyLong(_ text: String) -> Bool {
    var words = 0
    var afterSpace = true
    for byte in text.utf8 {
      let letter = byte | 0x20
      let isWord = letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
      if isWord, afterSpace { words += 1 }
      if words > longest { return true }
      afterSpace = byte == 0x20 || byte == 0x0A
    }
    return false
  }

  static func key(_ tokens: Tokens) -> UInt64? {
    var words = 0
    var key: UInt64 = 0
    for (hash, shape) in zip(tokens.hashes, tokens.shapes) where shape != .mark {
      words += 1
      guard words <= longest else { return nil }
      key = TokenHash.sequence(key, then: hash)
    }
    return words > 0 ? key : nil
  }
}
