/// Draws of one execution: a pure function of the seed and the execution's number, so that any one can be made again alone.
struct Draws {
  private var state: UInt64

  init(seed: UInt64, execution: Int) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: execution) &* 0xD1B5_4A32_D192_ED03
    for _ in 0..<2 { _ = next() }
  }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  mutating func below(_ bound: Int) -> Int { bound > 1 ? Int(next() % UInt64(bound)) : 0 }

  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func isOne(in count: Int) -> Bool { below(count) == 0 }
}
