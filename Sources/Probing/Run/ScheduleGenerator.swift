/// SplitMix64: the same seed gives the same numbers on every machine, in every version of Swift.
///
/// - Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
package struct ScheduleGenerator: Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// In `0..<1`, in steps of 2⁻⁵³.
  mutating func nextFraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// In `0..<bound`, each number equally probable.
  ///
  /// - Source: Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29(1), 2019.
  private mutating func next(below bound: Int) -> Int {
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// The elements in a random order (Fisher and Yates), each order equally probable.
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, next(below: last + 1)) }
    return elements
  }
}
