/// How well scores rank what a user's next case is like: the pairs of one family that was not seen before, among pairs
/// without a link of the same set of answers.
///
/// Of each set and family the area under the curve of the family's documented pairs against all pairs without a link; of a
/// family in several sets the mean over these. So a family of thirty sizes and snapshots counts as the one source that it is.
package struct FamiliesApart: Sendable {
  package struct Family: Hashable, Sendable {
    package let name: String
    package let areaUnderCurve: Double
    package let pairs: Int
  }

  /// Fewest pairs without a link in a set: with fewer an area says nothing.
  package static let minimumZeros = 5

  /// By name.
  package let families: [Family]

  package var mean: Double { families.reduce(0) { $0 + $1.areaUnderCurve } / Double(families.count) }
  package var least: Family? { families.min { ($0.areaUnderCurve, $0.name) < ($1.areaUnderCurve, $1.name) } }

  /// - Parameter value: any score of a pair; pairs without one are left out.
  package init(_ pairs: [LabelledPair], by value: (Int) -> Double?) {
    var areas: [String: [Double]] = [:]
    var counts: [String: Int] = [:]
    let scored = pairs.enumerated().compactMap { index, pair in
      value(index).flatMap { pair.label == nil ? nil : (pair: pair, score: $0) }
    }
    for (_, ofSet) in Dictionary(grouping: scored, by: \.pair.studentCorpus).sorted(by: { $0.key < $1.key }) {
      let zeros = ofSet.filter { $0.pair.label == 0 }
      guard zeros.count >= Self.minimumZeros else { continue }
      let ones = Dictionary(grouping: ofSet.filter { $0.pair.label == 1 }, by: \.pair.studentFamily)
      for (family, pairs) in ones {
        let area = RankingAccuracy.areaUnderCurve(
          (pairs + zeros).map { .init(score: $0.score, label: $0.pair.label == 1, group: "") })
        areas[family, default: []].append(area)
        counts[family, default: 0] += pairs.count
      }
    }
    families = areas.sorted { $0.key < $1.key }.map { name, areas in
      Family(name: name, areaUnderCurve: areas.reduce(0, +) / Double(areas.count), pairs: counts[name] ?? 0)
    }
  }
}
