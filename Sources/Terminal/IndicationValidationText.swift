import Foundation
import Likelihood
import Reporting
import Validation

/// What a validation says of the words "a link is indicated".
struct IndicationValidationText {
  let indication: IndicationValidation
  let pairs: [LabelledPair]

  var lines: [String] {
    var lines = [
      "", "## How often a link is indicated", "", Self.rule, "",
      "| pairs | ratio of \(Self.least) or more | a link is indicated | exact 95 % limits, as if pairs were independent |",
      "|---|---|---|---|",
    ]
    func add(_ name: String, _ isIncluded: (LabelledPair) -> Bool) {
      let rate = indication.rate(of: isIncluded)
      guard rate.of > 0 else { return }
      lines.append(
        "| \(name) | \(rate.reaching) of \(rate.of) | \(rate.indicated) of \(rate.of) | "
          + String(format: "%.1f %% to %.1f %% |", 100 * rate.low, 100 * rate.high))
    }
    add("label 1: documented teacher") { $0.label == 1 }
    add("label 0: no known link") { $0.label == 0 }
    for relation in Set(pairs.map(\.relation)).sorted() {
      let labels = Set(pairs.filter { $0.relation == relation }.map(\.label))
      let name = labels.count == 1 ? labels.first.flatMap { $0 }.map { "label \($0)" } ?? "no label" : "mixed"
      add("\(relation.markdown) (\(name))") { $0.relation == relation }
    }
    let suspects = indication.suspectsMisled()
    return lines + ["", Self.suspects(suspects.count, of: suspects.of)]
  }

  private static let least = String(format: "%g", IndicationRule.leastRatio)

  private static let rule = """
    The words are said where the ratio for a link rather than no link is \(least) or more and the lower end of its 95 % interval is above 1. Each pair by lines that saw no developer, family or base model of it; its interval over students' families and teachers' developers, drawn together, and probes, as in a case.
    """

  private static func suspects(_ count: Int, of all: Int) -> String {
    """
    Of \(all) suspects with candidates that are known to have no link with them, a link is indicated with one or more of these for \(count).
    """
  }
}
