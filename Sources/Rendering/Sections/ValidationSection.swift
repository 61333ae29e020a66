import Likelihood
import Reporting

extension Report.CalibrationRecord {
  /// The set that the ratios rest on, by name and hash, and how good they were on it.
  var section: ReportSection {
    var blocks: [ReportBlock] = [
      .table(
        ReportTable(
          "The calibration", ["", ""],
          [
            ["calibration", "\(name), of \(tool)"], ["SHA-256 of the calibration", sha256],
            ["SHA-256 of the table of pairs", pairs], ["SHA-256 over the answers of all its models", transcripts],
            ["families of students", "\(families.count): \(families.joined(separator: ", "))"], ["range", range],
          ])),
      .text(CalibrationWording.counts),
      .table(
        ReportTable(
          "How good its ratios are, by alternative",
          [
            "alternative", "pairs: proposition, alternative", "families", "Cllr", "least Cllr",
            "families above 2 though the alternative is true", "10 or more",
            "families below 1/2 though the proposition is true", "1/10 or less",
          ],
          (figures.map { (RatioWording.name($0.alternative), $0) }
            + (groups.map { [(CalibrationWording.groups, $0)] } ?? [])).map { name, fit in
              [
                name, "\(fit.pairsIfTrue), \(fit.pairsIfFalse)",
                "\(fit.familiesIfTrue), \(fit.familiesIfFalse)", fit.cllr.text(decimals: 2),
                fit.minimalCllr.text(decimals: 2),
              ] + fit.curves.misleading.map(\.forProposition.text) + fit.curves.misleading.map(\.forAlternative.text)
            })),
    ]
    for fit in figures {
      let name = RatioWording.name(fit.alternative)
      if fit.bounds.low.value == 0, fit.bounds.high.value == 0 {
        blocks.append(.text(CalibrationWording.noCurves(alternative: name)))
      } else {
        blocks.append(.figure(fit.curves.view(alternative: name)))
      }
    }
    return ReportSection("Validation set", blocks)
  }
}
