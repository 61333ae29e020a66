import Reporting

/// The method in plain words, and exactly.
enum MethodSection {
  static func section(_ report: Report) -> ReportSection {
    let channels = report.method.channels.map {
      [
        $0.name, String($0.version), $0.isCombined ? "yes" : "no",
        $0.lengthCoefficient?.text(decimals: 4) ?? "not adjusted",
      ]
    }
    return ReportSection(
      "Method",
      [
        .text(MethodWording.method(report.method)),
        .table(ReportTable("Channels", ["channel", "version", "combined", "length coefficient"], channels)),
        .text(ExactMethodWording.introduction),
        .table(ReportTable("The computation, step by step", ["step", "definition"], ExactMethodWording.steps(report))),
      ] + (report.likelihoodRatio.calibration.map { [.table(lines($0))] } ?? []))
  }

  private static func lines(_ calibration: Report.CalibrationRecord) -> ReportTable {
    ReportTable(
      "From the fused score to the ratio", ["alternative", "slope a", "intercept b", "bounds of the ratio"],
      calibration.figures.map { fit in
        let ends = [fit.bounds.low, fit.bounds.high].compactMap { $0.value.map(RatioWording.ratio) }
        return [
          RatioWording.name(fit.alternative), fit.slope.text(decimals: 4), fit.intercept.text(decimals: 4),
          ends.joined(separator: " to "),
        ]
      })
  }
}
