extension Dictionary {
  /// Of several pairs with one key, the first counts.
  package init<Pairs: Sequence>(firstOf pairs: Pairs) where Pairs.Element == (Key, Value) {
    self.init(pairs, uniquingKeysWith: { first, _ in first })
  }
}
