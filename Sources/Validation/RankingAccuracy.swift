/// How well scores rank pairs of label 1 above pairs of label 0.
package enum RankingAccuracy {
  package struct Case: Sendable {
    package let score: Double
    package let label: Bool
    /// Pairs are only compared within a group.
    package let group: String
    package let weight: Double

    package init(score: Double, label: Bool, group: String = "", weight: Double = 1) {
      self.score = score
      self.label = label
      self.group = group
      self.weight = weight
    }
  }

  /// Share of couples of one pair of each label, within one group, in which the pair of label 1 has the higher score; ties
  /// count one half. With one group this is the area under the ROC curve.
  ///
  /// - Returns: nan if no group has both labels.
  /// - Source: Mann and Whitney (1947); Hanley and McNeil, "The Meaning and Use of the Area under a Receiver Operating
  ///   Characteristic (ROC) Curve", Radiology 143 (1982).
  package static func areaUnderCurve(_ cases: [Case]) -> Double {
    var won = 0.0
    var all = 0.0
    for members in Dictionary(grouping: cases.filter { $0.weight > 0 }, by: \.group).sorted(by: { $0.key < $1.key })
      .map(\.value)
    {
      let sorted = members.sorted { $0.score < $1.score }
      var zerosBelow = 0.0
      var start = 0
      while start < sorted.count {
        var end = start
        var ones = 0.0
        var zeros = 0.0
        while end < sorted.count, sorted[end].score == sorted[start].score {
          if sorted[end].label { ones += sorted[end].weight } else { zeros += sorted[end].weight }
          end += 1
        }
        won += ones * (zerosBelow + zeros / 2)
        zerosBelow += zeros
        start = end
      }
      all += sorted.reduce(0) { $0 + ($1.label ? $1.weight : 0) } * zerosBelow
    }
    return won / all
  }
}
