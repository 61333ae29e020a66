import Foundation
import Likelihood
import Validation

/// How good the ratios of one alternative were on pairs of the validation set that their calibration had not seen: both
/// curves of a Tippett plot, and the empirical cross-entropy.
///
/// The ratios are bounded like those that a report gives.
///
/// - Source: Tippett et al. (1968), Meuwly (2001) for the plot; Ramos and Gonzalez-Rodriguez, "Reliable support:
///   Measuring calibration of likelihood ratios" (2013) for the cross-entropy.
struct CalibrationCurves: Sendable, Encodable {
  /// At one value of log10: of a ratio for the first two curves, of prior odds for the others.
  struct Point: Sendable, Encodable {
    let log10: Figure
    /// Share of ratios at least as high where the proposition is true, and where the alternative is.
    let ifTrue: Figure
    let ifFalse: Figure
    /// In bits: of the ratios, after the best monotone recalibration of the same data, and with ratio 1 for all.
    let entropy: Figure
    let recalibrated: Figure
    let reference: Figure

    enum CodingKeys: String, CodingKey {
      case log10
      case ifTrue = "share_if_true"
      case ifFalse = "share_if_false"
      case entropy = "cross_entropy"
      case recalibrated = "cross_entropy_recalibrated"
      case reference = "cross_entropy_without_ratios"
    }
  }

  /// Families with a ratio that points the wrong way by at least so much.
  struct Misleading: Sendable, Encodable {
    let ratio: Int
    /// Where the alternative is true, and a ratio is at least so high.
    let forProposition: Share
    /// Where the proposition is true, and a ratio is at most its inverse.
    let forAlternative: Share

    enum CodingKeys: String, CodingKey {
      case ratio
      case forProposition = "for_the_proposition"
      case forAlternative = "for_the_alternative"
    }
  }

  struct Share: Sendable, Encodable {
    let families: Int
    let of: Int
    /// One-sided, 95 %, Clopper and Pearson.
    let upperLimit: Figure

    enum CodingKeys: String, CodingKey {
      case families, of
      case upperLimit = "upper_limit"
    }

    init(_ share: LikelihoodRatio.Share) {
      families = share.count
      of = share.of
      upperLimit = Figure(share.upperLimit)
    }

    var text: String { "\(families) of \(of), at most \(Figure(100 * (upperLimit.value ?? 1)).text(decimals: 0)) %" }
  }

  let points: [Point]
  let misleading: [Misleading]

  init(_ fit: Calibration.Fit) {
    let evaluation = RatioEvaluation(
      trueLog10: fit.unseen.ifTrue.sorted { $0.key < $1.key }.flatMap(\.value),
      falseLog10: fit.unseen.ifFalse.sorted { $0.key < $1.key }.flatMap(\.value))
    let recalibrated = evaluation.recalibrated
    points = (-8...8).map { step in
      let value = Double(step) / 4
      let shares = evaluation.tippett(value)
      let prior = pow(10, value) / (1 + pow(10, value))
      return Point(
        log10: Figure(value), ifTrue: Figure(shares.ifTrue), ifFalse: Figure(shares.ifFalse),
        entropy: Figure(evaluation.empiricalCrossEntropy(log10PriorOdds: value)),
        recalibrated: Figure(recalibrated.empiricalCrossEntropy(log10PriorOdds: value)),
        reference: Figure(-prior * log2(prior) - (1 - prior) * log2(1 - prior)))
    }
    func share(_ families: [String: [Double]], _ holds: (Double) -> Bool) -> Share {
      Share(.init(count: families.values.count { $0.contains(where: holds) }, of: families.count))
    }
    misleading = [2, 10].map { ratio in
      let threshold = Foundation.log10(Double(ratio))
      return Misleading(
        ratio: ratio, forProposition: share(fit.unseen.ifFalse) { $0 >= threshold },
        forAlternative: share(fit.unseen.ifTrue) { $0 <= -threshold })
    }
  }

  // MARK: - Figure

  func view(alternative: String) -> FigureView {
    func percent(_ share: Figure) -> String { share.value.map { Figure(100 * $0).text(decimals: 1) } ?? "–" }
    return FigureView(
      svg: svg(alternative),
      title: FigureWording.curvesTitle(alternative), caption: FigureWording.curves(alternative: alternative),
      numbers: ReportTable(
        FigureWording.curvesTitle(alternative),
        [
          "log10", "% at least so high: proposition", "alternative", "entropy at these prior odds", "recalibrated",
          "without ratios",
        ],
        points.map {
          [
            $0.log10.text(decimals: 2), percent($0.ifTrue), percent($0.ifFalse), $0.entropy.text(decimals: 3),
            $0.recalibrated.text(decimals: 3), $0.reference.text(decimals: 3),
          ]
        }))
  }

  private func svg(_ alternative: String) -> String {
    let (top, bottom) = (12.0, 190.0)
    var parts: [String] = []
    for (left, title, labels) in [
      (44.0, "ratio", ["0.01", "0.1", "1", "10", "100"]), (404.0, "prior odds", ["0.01", "0.1", "1", "10", "100"]),
    ] {
      for (place, label) in labels.enumerated() {
        let x = left + 72 * Double(place)
        parts += [SVG.line("grid", x, top, x, bottom), SVG.text(label, x, bottom + 16)]
      }
      for share in [0, 0.5, 1] {
        let y = bottom - share * (bottom - top)
        parts += [
          SVG.line("grid", left, y, left + 288, y), SVG.text(Figure(share).text(decimals: 1), left - 8, y + 4, "name"),
        ]
      }
      parts.append(SVG.text(title, left + 144, bottom + 34))
    }
    func curve(_ style: String, _ left: Double, _ value: KeyPath<Point, Figure>) -> String {
      SVG.polyline(
        style,
        points.compactMap { point in
          guard let x = point.log10.value, let y = point[keyPath: value].value else { return nil }
          return (left + 144 + 72 * x, bottom - min(y, 1) * (bottom - top))
        })
    }
    parts += [
      curve("first", 44, \.ifTrue), curve("second", 44, \.ifFalse), curve("first", 404, \.entropy),
      curve("second", 404, \.recalibrated), curve("third", 404, \.reference),
    ]
    return SVG.figure(
      height: bottom + 42,
      label: FigureWording.curvesTitle(alternative),
      parts)
  }
}
