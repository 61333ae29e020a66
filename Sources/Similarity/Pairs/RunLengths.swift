/// How far a sequence of tokens repeats itself from any two places on, in the logarithm of that length.
///
/// The hash of any part comes from those of two beginnings: that of a beginning is the one before times B, plus its last token, modulo
/// the prime 2⁶¹ − 1. Two different parts have one hash with a probability of about their length / 2⁶¹.
///
/// - Source: Karp and Rabin, "Efficient Randomized Pattern-Matching Algorithms" (1987).
struct RunLengths {
  let tokens: [UInt64]
  /// Of each beginning, the empty one first.
  private let beginnings: [UInt64]
  /// Bⁱ.
  private let powers: [UInt64]

  private static let prime: UInt64 = (1 << 61) - 1
  private static let base: UInt64 = 0x0E4B_5C2D_19A7_F36B
  /// Tokens that are compared one by one first: most runs are short.
  private static let near = 16

  init(_ tokens: [UInt64]) {
    self.tokens = tokens
    var beginnings: [UInt64] = [0]
    var powers: [UInt64] = [1]
    beginnings.reserveCapacity(tokens.count + 1)
    powers.reserveCapacity(tokens.count + 1)
    var (hash, power) = (UInt64(0), UInt64(1))
    for token in tokens {
      hash = Self.sum(Self.product(hash, Self.base), token % Self.prime)
      power = Self.product(power, Self.base)
      beginnings.append(hash)
      powers.append(power)
    }
    self.beginnings = beginnings
    self.powers = powers
  }

  /// Length of the run that stands at both places.
  ///
  /// - Parameter limit: both places and so many tokens behind them lie within the sequence.
  func common(_ a: Int, _ b: Int, atMost limit: Int) -> Int {
    var length = 0
    while length < min(limit, Self.near) {
      if tokens[a + length] != tokens[b + length] { return length }
      length += 1
    }
    guard length < limit else { return length }
    // As far as twice the length that is known to be equal, then between the two by halves.
    var step = length
    var end = limit
    while length < limit {
      let next = min(length + step, limit)
      guard part(a + length, next - length) == part(b + length, next - length) else {
        end = next - 1
        break
      }
      length = next
      step *= 2
    }
    while length < end {
      let middle = (length + end + 1) / 2
      if part(a + length, middle - length) == part(b + length, middle - length) {
        length = middle
      } else {
        end = middle - 1
      }
    }
    return length
  }

  private func part(_ start: Int, _ length: Int) -> UInt64 {
    let before = Self.product(beginnings[start], powers[length])
    return Self.sum(beginnings[start + length], Self.prime - before)
  }

  private static func sum(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let sum = a + b
    return sum >= prime ? sum - prime : sum
  }

  private static func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return sum(low & prime, high << 3 | low >> 61)
  }
}
