/// Numbers 64-bit hashes 0, 1, 2 … in the order in which they are first asked for (open addressing, linear probing).
struct FeatureTable {
  private var keys: [UInt64]
  private var values: [Int32]
  private let mask: Int
  private var count: Int32 = 0

  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    keys = [UInt64](repeating: 0, count: size)
    values = [Int32](repeating: -1, count: size)
    mask = size - 1
  }

  mutating func index(of key: UInt64) -> Int32 {
    var slot = Int(truncatingIfNeeded: key) & mask
    while values[slot] >= 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & mask
    }
    keys[slot] = key
    values[slot] = count
    count += 1
    return count - 1
  }
}
