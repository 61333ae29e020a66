/// Numbers 64-bit hashes 0, 1, 2 … in the order in which they are first asked for (open addressing, linear probing).
struct FeatureTable {
  /// Key and number side by side: a look-up is one access to memory that is seldom in the cache.
  private var slots: [(key: UInt64, value: Int32)]
  private let mask: Int
  private var count: Int32 = 0

  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = [(key: UInt64, value: Int32)](repeating: (0, -1), count: size)
    mask = size - 1
  }

  mutating func index(of key: UInt64) -> Int32 {
    var slot = Int(truncatingIfNeeded: key) & mask
    while slots[slot].value >= 0 {
      if slots[slot].key == key { return slots[slot].value }
      slot = (slot + 1) & mask
    }
    slots[slot] = (key, count)
    count += 1
    return count - 1
  }
}
