package import Likelihood

/// How well each channel alone ranks labelled pairs, and whether the method would rank them better with it.
package struct ChannelValidation: Sendable {
  package struct Figures: Hashable, Sendable {
    /// Among all pairs; among those of one student: which candidate; among those of one teacher: which suspect.
    package let areaUnderCurve: Double
    package let withinStudent: Double
    package let withinTeacher: Double
  }

  package struct Row: Sendable {
    package let channel: String
    /// By the channel's normalised score alone.
    package let alone: Figures
    /// By set of answers.
    package let bySet: [String: Figures]
    /// By the mean of the method's channels and this one; nil for the method's own.
    package let added: Figures?
  }

  /// By the mean of the method's channels.
  package let method: Figures
  package let rows: [Row]
  package let ones: Int
  package let zeros: Int

  /// - Parameters:
  ///   - pairs: with the normalised scores of `channels`, in that order.
  ///   - combined: names of the method's channels.
  package init(
    _ pairs: [(labelled: LabelledPair, score: CorpusScoring.PairScore)], channels: [String], combined: Set<String>
  ) {
    let labelled = pairs.filter { $0.labelled.label != nil }
    ones = labelled.count { $0.labelled.label == 1 }
    zeros = labelled.count - ones
    let own = channels.indices.filter { combined.contains(channels[$0]) }
    func mean(_ score: CorpusScoring.PairScore, _ places: [Int]) -> Double {
      places.reduce(0) { $0 + score.channels[$1].value } / Double(places.count)
    }
    method = Self.figures(labelled) { mean($0, own) }
    let sets = Set(labelled.map(\.labelled.studentCorpus)).sorted()
    rows = channels.indices.map { channel in
      Row(
        channel: channels[channel], alone: Self.figures(labelled) { $0.channels[channel].value },
        bySet: Dictionary(
          uniqueKeysWithValues: sets.map { set in
            (
              set,
              Self.figures(labelled.filter { $0.labelled.studentCorpus == set }) { $0.channels[channel].value }
            )
          }),
        added: own.contains(channel) ? nil : Self.figures(labelled) { mean($0, own + [channel]) })
    }
  }

  private static func figures(
    _ pairs: [(labelled: LabelledPair, score: CorpusScoring.PairScore)], _ value: (CorpusScoring.PairScore) -> Double
  ) -> Figures {
    func ranked(_ group: (LabelledPair) -> String) -> Double {
      RankingAccuracy.areaUnderCurve(
        pairs.map {
          .init(score: value($0.score), label: $0.labelled.label == 1, group: group($0.labelled))
        })
    }
    return Figures(
      areaUnderCurve: ranked { _ in "" }, withinStudent: ranked { "\($0.studentCorpus)/\($0.student)" },
      withinTeacher: ranked { "\($0.studentCorpus)/\($0.teacher)" })
  }
}
