import Likelihood
import Reporting

/// The method a second time, for those who compute it again: formulas and parameters, where `MethodWording` has plain
/// words.
enum ExactMethodWording {
  static let introduction =
    "The same, exactly. Further definitions, with their sources, stand in the code of each part."

  /// Steps with their definitions, in the order of the computation.
  static func steps(_ report: Report) -> [[String]] {
    let method = report.method
    let combined = method.channels.filter(\.isCombined).count
    let adjusted = method.channels.filter { $0.lengthCoefficient != nil }.map(\.name)
    var steps = [["units", units]]
    steps += method.channels.map { ["\($0.name), version \($0.version)", $0.definition] }
    steps.append(["score", score])
    if !adjusted.isEmpty {
      steps.append(["length, of \(adjusted.joined(separator: ", "))", length(isDrawn: fitsDrawnPairs(report))])
    }
    steps += [
      ["normalised", normalised],
      [
        "cohort of each side",
        method.reference == .farHalf ? farHalf : "all that are left after relatives are taken out",
      ],
      ["combined", "mean of z over the \(combined) combined channels"],
      [
        "intervals",
        """
        \(method.replicates) draws of the probes with replacement, seed \(report.protocolRecord.seed); percentiles, \(Wording.percent(method.confidence))
        """,
      ],
      ["limit for a further unrelated model", limit],
    ]
    guard let calibration = report.likelihoodRatio.calibration else { return steps }
    let hasLead = method.strongestRivals != nil
    return steps + [
      ["fused", fused(strongestRivals: method.strongestRivals)],
      [
        "likelihood ratio",
        """
        ln LR = a \(calibration.reliability == nil ? "" : "w ")f + b, \(weight(calibration.reliability))then clipped to the bounds; a and b by logistic regression at prior \(calibration.prior.text(decimals: 2)) with penalty \(calibration.penalty.text(decimals: 3)) · a² / 2\(hasLead ? "; a pair weighs 1/√n, n the pairs of its student's family and label; against one base model g in place of f" : "")
        """,
      ],
      [
        "interval of a ratio",
        """
        percentiles over a, b of students' families\(hasLead ? " and teachers' developers" : "") drawn with replacement, each with a draw of the probes
        """,
      ],
      ["bounds", bounds(hasLead: hasLead)],
    ]
  }

  /// "" where scores are not weighed.
  private static func weight(_ reliability: Report.Reliability?) -> String {
    reliability.map { "w = √(n / (n + \($0.halfway))) with n the probes that both answered, " } ?? ""
  }

  private static func fused(strongestRivals: Int?) -> String {
    guard let count = strongestRivals else { return "f = mean of asinh z over the combined channels" }
    return """
      f = g + lead, g = mean of asinh z over the combined channels, lead = g − the mean of the \(count) greatest g(suspect, rival), each rival over the cohort of its own pair
      """
  }

  private static let units = """
    text in Unicode's composed form (NFC); runs of word characters, lower-cased, and single other marks; where most letters of all answers to a probe belong to scripts without spaces, single characters
    """

  private static let score = """
    s(a, b) = mean of a channel over the probes that both answered; of several samples, over their pairs
    """

  private static func length(isDrawn: Bool) -> String {
    """
    s′(a, b) = s(a, b) − β (|ℓa − ℓb| − mean), ℓ = ln of a model's mean characters; β by least squares over \(isDrawn ? "\(LengthAdjustment.maximumPairs) pairs, drawn at random by the seed \(LengthAdjustment.seed) from all" : "all pairs") that are not asked about, in the table above
    """
  }

  /// Whether there are more pairs than the adjustment for length is fitted on.
  private static func fitsDrawnPairs(_ report: Report) -> Bool {
    let models = Set(report.cohort.map(\.model) + report.candidates.map(\.model)).count + 1
    return models * (models - 1) / 2 > LengthAdjustment.maximumPairs
  }

  private static let normalised = """
    z = ½ [(s′ − mean s′(suspect, c)) / sd s′(suspect, c) + (s′ − mean s′(c, candidate)) / sd s′(c, candidate)], c in the cohort; sd with n − 1, at least ½ / probes
    """

  private static let farHalf = """
    by channel, the half (rounded up, 5 at least) with the lowest scores towards the other model, decided once on the measured scores
    """

  private static let limit = """
    mean + t · sd · √(1 + 1/n) of the cohort's combined scores; t of Student with n − 1 degrees at one tail of (1 − confidence) / candidates
    """

  private static func bounds(hasLead: Bool) -> String {
    """
    the tightest of the empirical lower and upper bounds (ELUB, Vergeer et al. 2016), the bounds of invariance (Alberink et al. 2014), the number of students' families\(hasLead ? ", and that of teachers' developers with a link" : ""); 1 to 1 where ratios of unseen families inform no better than chance
    """
  }
}
