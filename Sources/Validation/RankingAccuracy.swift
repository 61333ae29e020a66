/// How well scores rank pairs of label 1 above pairs of label 0.
package enum RankingAccuracy {
  package struct Case: Sendable {
    package let score: Double
    package let label: Bool
    /// Pairs are only compared within a group.
    package let group: String

    package init(score: Double, label: Bool, group: String = "") {
      self.score = score
      self.label = label
      self.group = group
    }
  }

  /// Share of couples of one pair of each label, within one group, in which the pair of label 1 has the higher score; ties
  /// count one half. With one group this is the area under the ROC curve.
  ///
  /// - Returns: nan if no group has both labels.
  /// - Source: Mann and Whitney (1947); Hanley and McNeil, "The Meaning and Use of the Area under a Receiver Operating
  ///   Characteristic (ROC) Curve", Radiology 143 (1982).
  package static func areaUnderCurve(_ cases: [Case]) -> Double {
    Sorted(cases).areaUnderCurve(cases.map { _ in 1 })
  }

  /// Cases in the order of their scores, group by group, for many sets of weights.
  package struct Sorted: Sendable {
    /// By group, the places of its cases.
    private let groups: [[Int]]
    private let cases: [Case]

    package init(_ cases: [Case]) {
      self.cases = cases
      groups = Dictionary(grouping: cases.indices, by: { cases[$0].group }).sorted { $0.key < $1.key }.map {
        $0.value.sorted { cases[$0].score < cases[$1].score }
      }
    }

    /// - Parameter weights: of the cases; one of weight 0 counts as none.
    package func areaUnderCurve(_ weights: [Double]) -> Double {
      var won = 0.0
      var all = 0.0
      for places in groups {
        var zerosBelow = 0.0
        var onesOfAll = 0.0
        var start = 0
        while start < places.count {
          let score = cases[places[start]].score
          var end = start
          var ones = 0.0
          var zeros = 0.0
          repeat {
            if cases[places[end]].label { ones += weights[places[end]] } else { zeros += weights[places[end]] }
            end += 1
          } while end < places.count && cases[places[end]].score == score
          won += ones * (zerosBelow + zeros / 2)
          zerosBelow += zeros
          onesOfAll += ones
          start = end
        }
        all += onesOfAll * zerosBelow
      }
      return won / all
    }
  }
}
