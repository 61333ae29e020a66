import Statistics
import Testing

@Suite("Fisher's exact test over strata")
struct StratifiedFisherTests {
  private typealias Table = StratifiedFisher.Table

  @Test("one stratum is the two-sided exact test of R and SciPy")
  func oneStratum() {
    // scipy.stats.fisher_exact([[8, 2], [1, 5]]) and ([[3, 1], [1, 3]]).
    #expect(abs(StratifiedFisher.pValue([Table(first: 8, of: 10, second: 1, secondOf: 6)]) - 0.0349650) < 1e-6)
    #expect(abs(StratifiedFisher.pValue([Table(first: 3, of: 4, second: 1, secondOf: 4)]) - 0.4857143) < 1e-6)
  }

  @Test("strata without a difference of their own say nothing, however much they differ from each other")
  func confounded() {
    // By all together 11 of 20 to 22 of 200: pooled, it would be p = .00001.
    let tables = [
      Table(first: 10, of: 10, second: 2, secondOf: 2), Table(first: 1, of: 10, second: 20, secondOf: 198),
    ]
    #expect(StratifiedFisher.pValue(tables) > 0.5)
    #expect(StratifiedFisher.pValue([Table(first: 11, of: 20, second: 22, secondOf: 200)]) < 0.0001)
  }

  @Test("two strata are the convolution, counted out by hand")
  func convolution() {
    // Each of 1 of 2 on either side; sums 0, 1, 2 have 1/36, … of hypergeometric(4, 2, 2): 1/6, 4/6, 1/6.
    let table = Table(first: 2, of: 2, second: 0, secondOf: 2)
    #expect(abs(StratifiedFisher.pValue([table, table]) - 2.0 / 36) < 1e-12)
  }

  @Test("many values are normal, and the two agree where they meet")
  func large() {
    let small = Table(first: 70, of: 1_000, second: 110, secondOf: 1_000)
    let exact = StratifiedFisher.pValue([small])
    // 31 strata of that size are beyond the exact form; no difference in 30 of them.
    let same = Table(first: 90, of: 1_000, second: 90, secondOf: 1_000)
    let many = StratifiedFisher.pValue([small] + Array(repeating: same, count: 30))
    #expect(exact < 0.003 && many > exact && many < 1)
    let shifted = StratifiedFisher.pValue(Array(repeating: small, count: 31))
    #expect(shifted < 1e-12)
  }

  @Test("nothing to divide is no difference")
  func empty() {
    #expect(StratifiedFisher.pValue([]) == 1)
    #expect(StratifiedFisher.pValue([Table(first: 0, of: 5, second: 0, secondOf: 9)]) == 1)
  }
}
