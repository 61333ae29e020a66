/// Which keys can be looked for in what an endpoint sends.
///
/// Local servers are given words for keys: `none`, `EMPTY`, `ollama`, `sk-no-key-required`. Such a word stands in answers
/// for its own sake, and masking it would change what is measured.
package enum KeyStrength {
  /// Letters and digits that a key must have: so many if it has both, so many more if it has but one kind of them.
  package static let shortest = 12
  package static let shortestOfOneKind = 24
  /// Characters that the one before them does not tell: neither the same nor the next (`xxxx`, `1234`, `abcd`).
  package static let leastSurprising = 10

  /// The rule in words, for help and messages.
  package static let rule =
    """
    \(shortest) letters and digits of both kinds (\(shortestOfOneKind) of one kind), \(leastSurprising) of which do not follow from the one before
    """

  package static func isGuarded(_ secret: String) -> Bool { isGuarded(Array(secret.utf8)) }

  static func isGuarded(_ secret: [UInt8]) -> Bool {
    let symbols = KeyForms.folded(secret)
    let digits = symbols.count { $0 < 10 }
    let isMixed = digits > 0 && digits < symbols.count
    return symbols.count >= (isMixed ? shortest : shortestOfOneKind) && surprising(symbols) >= leastSurprising
  }

  /// Symbols that do not follow from the one before them.
  static func surprising(_ symbols: [UInt8]) -> Int {
    1 + zip(symbols.dropFirst(), symbols).count { $0 != $1 && $0 != $1 &+ 1 }
  }
}
