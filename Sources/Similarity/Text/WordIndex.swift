/// Numbers of a few known words by the hashes of their tokens, which are spread already: no second hash is made of them.
struct WordIndex: Sendable {
  /// Open addressing, linear probing; −1 where nothing is.
  private let slots: [(key: UInt64, value: Int32)]
  private let mask: Int
  let count: Int

  /// - Parameter words: by hash, a number of 0 or more.
  init(_ words: [UInt64: Int]) {
    var size = 16
    while size < 4 * words.count { size *= 2 }
    var slots = [(key: UInt64, value: Int32)](repeating: (0, -1), count: size)
    for (key, value) in words {
      var slot = Int(truncatingIfNeeded: key) & (size - 1)
      while slots[slot].value >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = (key, Int32(value))
    }
    self.slots = slots
    mask = size - 1
    count = words.count
  }

  /// nil for a word that is not among them.
  subscript(hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].value >= 0 {
      if slots[slot].key == hash { return Int(slots[slot].value) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  func contains(_ hash: UInt64) -> Bool { self[hash] != nil }
}
