import Statistics
import Testing

@Suite("Seeded generator")
struct SeededGeneratorTests {
  /// The reference C code of xoshiro256** (prng.di.unimi.it), its state filled by SplitMix64 with seed 42.
  @Test("the first numbers are those of the reference implementation")
  func reference() {
    var generator = SeededGenerator(seed: 42)
    let first = (0..<4).map { _ in generator.next() }
    #expect(
      first == [
        1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009, 17_057_574_109_182_124_193,
      ])
  }

  @Test("numbers below a bound stay below it and are spread evenly")
  func bounded() {
    var generator = SeededGenerator(seed: 7)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[generator.next(below: 6)] += 1 }
    // Chi-square with 5 degrees of freedom: 20.5 has probability 0.001.
    let chiSquare = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    #expect(chiSquare < 20.5)
  }

  @Test("shuffling gives each order of three about equally often")
  func shuffle() {
    var generator = SeededGenerator(seed: 3)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<60_000 {
      var order = [0, 1, 2]
      generator.shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 6)
    let chiSquare = counts.values.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    #expect(chiSquare < 20.5)
  }
}
