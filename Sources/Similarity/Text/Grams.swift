/// Sequences of adjacent units, as hashes.
enum Grams {
  /// All n-grams of the given lengths, in order of their first unit.
  ///
  /// - Parameter lengths: each 1 or more.
  static func of(_ units: [UInt64], lengths: ClosedRange<Int>) -> [UInt64] {
    var grams: [UInt64] = []
    grams.reserveCapacity(units.count * lengths.count)
    for start in units.indices {
      var hash = units[start]
      if lengths.lowerBound == 1 { grams.append(hash) }
      for length in 2...max(lengths.upperBound, 2) where length <= lengths.upperBound {
        guard start + length <= units.count else { break }
        hash = TokenHash.sequence(hash, then: units[start + length - 1])
        if length >= lengths.lowerBound { grams.append(hash) }
      }
    }
    return grams
  }
}
