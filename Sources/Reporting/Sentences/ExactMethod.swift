/// The method a second time, for those who compute it again: formulas and parameters, where `Wording.method` has plain
/// words.
enum ExactMethod {
  static func blocks(_ report: Report) -> [ReportSection.Block] {
    var blocks: [ReportSection.Block] = [
      .text("The same, exactly. Further definitions, with their sources, stand in the code of each part."),
      .table(ReportView.Table(["step", "definition"], steps(report))),
    ]
    if let calibration = report.likelihoodRatio.calibration {
      blocks.append(
        .table(
          ReportView.Table(
            ["alternative", "slope a", "intercept b", "bounds of the ratio"],
            calibration.figures.map { fit in
              let ends = [fit.bounds.low, fit.bounds.high].compactMap { $0.value.map(RatioWording.ratio) }
              return [
                RatioWording.name(fit.alternative), fit.slope.text(decimals: 4), fit.intercept.text(decimals: 4),
                ends.joined(separator: " to "),
              ]
            })))
    }
    return blocks
  }

  private static func steps(_ report: Report) -> [[String]] {
    let method = report.method
    let combined = method.channels.filter(\.isCombined).count
    let adjusted = method.channels.filter { $0.lengthCoefficient != nil }.map(\.name)
    var steps = [
      [
        "units",
        "text in Unicode's composed form (NFC); runs of word characters, lower-cased, and single other marks; where "
          + "most letters "
          + "of all answers to a probe belong to scripts without spaces, single characters",
      ]
    ]
    steps += method.channels.map { ["\($0.name), version \($0.version)", channel($0.name)] }
    steps.append(
      ["score", "s(a, b) = mean of a channel over the probes that both answered; of several samples, over their pairs"])
    if !adjusted.isEmpty {
      steps.append([
        "length, of \(adjusted.joined(separator: ", "))",
        "s′(a, b) = s(a, b) − β (|ℓa − ℓb| − mean), ℓ = ln of a model's mean characters; β by least squares over all "
          + "pairs that are "
          + "not asked about, in the table above",
      ])
    }
    steps += [
      [
        "normalised",
        "z = ½ [(s′ − mean s′(suspect, c)) / sd s′(suspect, c) + (s′ − mean s′(c, candidate)) / sd s′(c, "
          + "candidate)], c in the "
          + "cohort; sd with n − 1, at least ½ / probes",
      ],
      [
        "cohort of each side",
        method.reference == "far_half"
          ? "by channel, the half (rounded up, 5 at least) with the lowest scores towards the other model, decided "
            + "once on the "
            + "measured scores" : "all that are left after relatives are taken out",
      ],
      ["combined", "mean of z over the \(combined) combined channels"],
      [
        "intervals",
        "\(method.replicates) draws of the probes with replacement, seed \(report.protocolRecord.seed); percentiles, "
          + "\(Figure(100 * (method.confidence.value ?? 0)).text(decimals: 0)) %",
      ],
      [
        "limit for a further unrelated model",
        "mean + t · sd · √(1 + 1/n) of the cohort's combined scores; t of Student with n − 1 degrees at one tail of "
          + "(1 − confidence) "
          + "/ candidates",
      ],
    ]
    guard let calibration = report.likelihoodRatio.calibration else { return steps }
    return steps + [
      ["fused", "f = mean of asinh z over the combined channels"],
      [
        "likelihood ratio",
        "ln LR = a f + b, then clipped to the bounds; a and b by logistic regression at prior "
          + "\(calibration.prior.text(decimals: 2)) "
          + "with penalty \(calibration.penalty.text(decimals: 3)) · a² / 2",
      ],
      [
        "interval of a ratio",
        "percentiles over a, b of families drawn with replacement, each with a draw of the probes",
      ],
      [
        "bounds",
        "the tightest of the empirical lower and upper bounds (ELUB, Vergeer et al. 2016) and the number of "
          + "independent families; "
          + "1 to 1 where ratios of unseen families inform no better than chance",
      ],
    ]
  }

  private static func channel(_ name: String) -> String {
    switch name {
    case "openings_2": "1 if both answers begin with the same 2 units (without spaces: 4 characters), else 0"
    case "beginnings":
      "cosine of the 1- to 3-grams of the first 10 units (without spaces: 2- to 4-grams of the first 30 characters), "
        + "each weighing "
        + "(1 + ln tf) · ln(N / df) over the N answers to the probe"
    case "sentence_openings":
      "the same cosine, of the first unit and the first two of each sentence and line (without spaces: 3 and 5 "
        + "characters)"
    case "style":
      "minus the mean absolute difference of 72 features of structure, marks and words, standardised over the "
        + "answers to the probe, "
        + "clipped at ±3"
    case "content_overlap":
      "the same cosine, of 2- to 4-grams of words and of single marks (without spaces: 3- to 5-grams of characters)"
    default: name
    }
  }
}
