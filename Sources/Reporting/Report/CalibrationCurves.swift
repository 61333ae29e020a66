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
package struct CalibrationCurves: Sendable, Encodable {
  /// At one value of log10: of a ratio for the first two curves, of prior odds for the others.
  package struct Point: Sendable, Encodable {
    package let log10: Figure
    /// Share of ratios at least as high where the proposition is true, and where the alternative is.
    package let ifTrue: Figure
    package let ifFalse: Figure
    /// In bits: of the ratios, after the best monotone recalibration of the same data, and with ratio 1 for all.
    package let entropy: Figure
    package let recalibrated: Figure
    package let reference: Figure

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
  package struct Misleading: Sendable, Encodable {
    package let ratio: Int
    /// Where the alternative is true, and a ratio is at least so high.
    package let forProposition: Share
    /// Where the proposition is true, and a ratio is at most its inverse.
    package let forAlternative: Share

    enum CodingKeys: String, CodingKey {
      case ratio
      case forProposition = "for_the_proposition"
      case forAlternative = "for_the_alternative"
    }
  }

  package struct Share: Sendable, Encodable {
    package let families: Int
    package let of: Int
    /// One-sided, 95 %, Clopper and Pearson.
    package let upperLimit: Figure

    enum CodingKeys: String, CodingKey {
      case families, of
      case upperLimit = "upper_limit"
    }

    init(_ share: LikelihoodRatio.Share) {
      families = share.count
      of = share.of
      upperLimit = Figure(share.upperLimit)
    }

    package var text: String {
      "\(families) of \(of), at most \(Figure(100 * (upperLimit.value ?? 1)).text(decimals: 0)) %"
    }
  }

  package let points: [Point]
  package let misleading: [Misleading]

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
}
