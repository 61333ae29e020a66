/// How the report is computed anew by anybody, and how near the result must come.
struct Recomputation: Sendable, Encodable {
  let command: String
  let inputs: String
  let tolerance: String
  let notRepeatable: String

  enum CodingKeys: String, CodingKey {
    case command, inputs, tolerance
    case notRepeatable = "not_repeatable"
  }

  /// - Parameter calibration: the name that the program knows it by; nil for one of a file, and for none.
  init(_ report: Report, calibration: String?) {
    let record = report.likelihoodRatio.calibration
    let options =
      " --method \(report.method.version)"
      + (record == nil ? "" : " --calibration \(calibration ?? "CALIBRATION.json")")
      + (report.excerpts ? "" : " --no-excerpts")
    let isRun = report.protocolRecord.run != nil
    command =
      isRun
      ? "retort report CASE.retort\(options) -o DIR"
      : "retort compare --suspect FILE --candidate FILE --cohort FOLDER --lineage FILE --seed "
        + "\(report.protocolRecord.seed)"
        + "\(options) -o DIR"
    inputs =
      (isRun
        ? "The case file, or its evidence with `retort verify EVIDENCE`."
        : "The files whose SHA-256 stand with the models, `--candidate` once for each, in their order; `--lineage`, "
          + "`--corpus` and "
          + "`--probes` as they were given.")
      + (record != nil && calibration == nil ? " The calibration whose SHA-256 stands with the validation set." : "")
      + " No network is used."
    tolerance =
      "The same program on the same kind of processor gives the same bytes. Elsewhere a number with a fraction may "
      + "differ by one "
      + "unit of its last digit, or by 1 in 100,000; every word and every whole number is the same."
    notRepeatable =
      "Nothing in the computation is random but what the seed fixes. Asking the endpoints again gives other answers, "
      + "and so other "
      + "numbers, within about the intervals."
  }

  /// - Parameter digest: SHA-256 of `result.json`, as hexadecimal digits.
  func section(digest: String, software: [[String]]) -> ReportSection {
    ReportSection(
      "Software, and how to compute this again",
      [
        .table(ReportView.Table(["", ""], software)),
        .table(
          ReportView.Table(
            ["", ""],
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
      ["validation of this version", "`make validate` of the source; its figures are in Reports/validation"],
    ]
  }
}
