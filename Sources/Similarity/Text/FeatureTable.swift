/// Numbers 64-bit hashes 0, 1, 2 … in the order in which they are first asked for (open addressing, linear probing).
struct FeatureTable {
  /// Key and number side by side: a look-up is one access to memory.
  private var slots: [(key: UInt64, value: Int32)]
  private let mask: Int
  /// How many different hashes were asked for.
  private(set) var count = 0

  /// - Parameter capacity: the most hashes that will be asked for.
  init(capacity: Int) {
    var size = 16
    while size < 2 * capacity { size *= 2 }
    slots = [(key: UInt64, value: Int32)](repeating: (0, -1), count: size)
    mask = size - 1
  }

  /// Numbers of many hashes, in their order.
  mutating func numbers(of keys: ArraySlice<UInt64>) -> [Int32] {
    let (mask, first) = (mask, count)
    var count = Int32(first)
    let numbers = slots.withUnsafeMutableBufferPointer { slots in
      keys.withUnsafeBufferPointer { keys in
        [Int32](unsafeUninitializedCapacity: keys.count) { numbers, filled in
          for place in keys.indices {
            let key = keys[place]
            var slot = Int(truncatingIfNeeded: key) & mask
            while slots[slot].value >= 0, slots[slot].key != key { slot = (slot + 1) & mask }
            if slots[slot].value < 0 {
              slots[slot] = (key, count)
              count += 1
            }
            numbers[place] = slots[slot].value
          }
          filled = keys.count
        }
      }
    }
    self.count = Int(count)
    return numbers
  }
}
