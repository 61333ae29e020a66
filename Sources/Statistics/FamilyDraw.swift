/// One draw of a bootstrap over families: as many as there are, with replacement. What is weighed counts as often as all the
/// families that it belongs to were drawn.
///
/// A pair of models has two sides. Where both are families of the draw, the pair counts the product of their numbers, and
/// once only where both are the same family.
///
/// - Source: Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1 (2007), for the product.
package struct FamilyDraw: Sendable {
  private let counts: [String: Double]

  /// - Parameter drawn: names, each as often as it was drawn.
  package init(_ drawn: some Sequence<String>) {
    var counts: [String: Double] = [:]
    for name in drawn { counts[name, default: 0] += 1 }
    self.counts = counts
  }

  package init(of families: [String], _ generator: inout SeededGenerator) {
    self.init((0..<families.count).map { _ in families[generator.next(below: families.count)] })
  }

  /// - Parameter families: of both sides.
  package func weight(_ families: Set<String>) -> Double {
    families.reduce(1) { $0 * (counts[$1] ?? 0) }
  }

  package func weight(_ family: String) -> Double { counts[family] ?? 0 }
}
