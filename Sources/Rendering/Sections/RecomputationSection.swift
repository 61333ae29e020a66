import Reporting

extension Recomputation {
  /// - Parameter digest: SHA-256 of `result.json`, as hexadecimal digits.
  func section(digest: String, software: [[String]]) -> ReportSection {
    ReportSection(
      "Software, and how to compute this again",
      [
        .table(ReportTable("Software", ["", ""], software)),
        .table(
          ReportTable(
            "How to compute the report again", ["", ""],
            [
              ["command", command], ["from", inputs], ["expected SHA-256 of result.json", digest],
              ["tolerance", tolerance], ["not repeatable", notRepeatable],
            ])),
      ])
  }
}

extension Report {
  /// What computed the report.
  var software: [[String]] {
    [
      ["program", tool], ["method", "version \(method.version): \(method.name)"],
      ["channels", method.channels.map { "\($0.name) \($0.version)" }.joined(separator: ", ")],
      ["linear algebra", "\(method.library), kernel \(method.kernel)"],
      [
        "calibration",
        likelihoodRatio.calibration.map { "\($0.name), of \($0.tool), SHA-256 \($0.sha256)" } ?? "none",
      ],
      ["validation of this version", RecomputationWording.validation],
    ]
  }
}
