package import Cases

/// The calibrations of a case that is itself part of what its calibration was fitted on: each without the families of its own
/// question.
package struct CalibrationsApart: Sendable {
  /// By candidate; one that is not here is judged by the whole.
  package let candidates: [ModelID: Calibration]
  /// By the group's name.
  package let groups: [String: Calibration]

  package init(candidates: [ModelID: Calibration], groups: [String: Calibration]) {
    self.candidates = candidates
    self.groups = groups
  }

  /// For a case of which nothing was learned.
  package static let none = CalibrationsApart(candidates: [:], groups: [:])
}
