extension StringProtocol {
  /// Whether the bytes of `words` stand in it: `contains` compares characters, and what else reads the same text must not need to know
  /// how it forms them, nor which of them Unicode takes for one.
  package func holds(_ words: some StringProtocol) -> Bool { utf8.firstRange(of: words.utf8) != nil }

  /// Whether it is `other`, byte for byte.
  package func isSame(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}
