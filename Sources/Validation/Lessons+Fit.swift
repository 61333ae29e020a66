import Cases
package import Likelihood
import Statistics

extension Lessons {
  /// What a calibration was fitted on.
  ///
  /// - Parameters:
  ///   - pairs, groups: the same that it was given.
  ///   - calibration: alternatives without a fit have no lessons.
  package init(
    _ pairs: [CalibrationFit.Pair], _ groups: [LabelledGroup], of calibration: Calibration, learning: LeaveFamiliesOut
  ) {
    var comparisons: [Alternative: [Lesson]] = [:]
    var about: [CalibrationFit.Pair] = []
    for alternative in calibration.fits.map(\.alternative) {
      let chosen = pairs.filter { CalibrationFit.isComparison($0.labelled, alternative) }
      about += chosen
      comparisons[alternative] = Self.lessons(chosen.map { CalibrationFit.comparison($0, alternative) }, learning)
    }
    let together = calibration.groups == nil ? [] : groups.filter { $0.label != nil }
    self.init(
      evenness: learning.evenness, fewestSources: learning.minimumSources, fewestFamilies: learning.minimumFamilies,
      comparisons: comparisons, groups: Self.lessons(together.map(\.learned), learning), models: Self.models(about))
  }

  private static func lessons(_ cases: [LeaveFamiliesOut.Case], _ learning: LeaveFamiliesOut) -> [Lesson] {
    zip(cases, learning.logRatios(cases)).map { one, ratio in
      Lesson(
        score: CalibrationFit.rounded(one.score, to: 6), label: one.label == true,
        kin: Kin(names: one.families, source: one.source, developer: one.developer),
        ratio: ratio.map { CalibrationFit.rounded($0 / Double.ln10, to: 3) })
    }
  }

  /// Sets of answers may know a model by different names, and spell it in different ways: all that any of them says is its own.
  private static func models(_ pairs: [CalibrationFit.Pair]) -> [String: Set<String>] {
    pairs.reduce(into: [:]) { models, pair in
      models[pair.labelled.teacher.rawValue, default: []].formUnion(pair.names.teacher)
      models[pair.labelled.student.rawValue, default: []].formUnion(pair.names.student)
    }
  }
}

extension Lessons.Lesson {
  var learned: LeaveFamiliesOut.Case {
    .init(score: score, label: label, families: kin.names, source: kin.source, developer: kin.developer)
  }
}
