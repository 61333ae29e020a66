import Likelihood
import Reporting

extension Report {
  /// What is found for each group, before its members; nil where no group has several.
  var groupSection: ReportSection? {
    guard !groups.isEmpty else { return nil }
    let sentences = groups.map { group in
      [
        group.sentence, group.calibratedWithout.map(CalibratedWithoutWording.group),
        group.hasSeveral ? GroupWording.place(group) : nil,
      ].compactMap(\.self).joined(separator: " ")
    }
    let rule = groupRule.map { [ReportBlock.text(GroupWording.rule(found: $0.found, falsely: $0.falsely))] } ?? []
    return ReportSection(GroupWording.sectionTitle, [.list(sentences)] + rule)
  }
}
