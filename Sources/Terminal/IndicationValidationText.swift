import Escaping
import Foundation
import Likelihood
import Validation

/// What a validation says of the words "a link is indicated".
struct IndicationValidationText {
  let indication: IndicationValidation
  let pairs: [LabelledPair]
  /// Sets of answers in English.
  let english: Set<String>

  var lines: [String] {
    var lines = [
      "", "## How often a link is indicated", "", Self.rule, "",
      Self.head("pairs"),
      "|---|---|---|---|",
    ]
    func add(_ name: String, _ isIncluded: (LabelledPair) -> Bool) {
      let rate = indication.rate(of: isIncluded)
      guard rate.of > 0 else { return }
      lines.append(Self.row(name, rate))
    }
    add("label 1: documented teacher") { $0.label == 1 }
    add("label 0: no known link") { $0.label == 0 }
    for relation in Set(pairs.map(\.relation)).sorted() {
      let labels = Set(pairs.filter { $0.relation == relation }.map(\.label))
      let name = labels.count == 1 ? labels.first.flatMap { $0 }.map { "label \($0)" } ?? "no label" : "mixed"
      add("\(relation.markdown) (\(name))") { $0.relation == relation }
    }
    let suspects = indication.suspectsMisled()
    return lines + ["", Self.suspects(suspects.count, of: suspects.of) + " " + Self.draws(indication.draws)] + planted
  }

  /// Empty where nothing was drawn.
  private var planted: [String] {
    let all = indication.plantedRate()
    guard all.of > 0 else { return [] }
    let parts: [(name: String, rate: IndicationValidation.Rate)] = [
      ("all", all), ("in English", indication.plantedRate { english.contains($0.studentCorpus) }),
      ("in other languages", indication.plantedRate { !english.contains($0.studentCorpus) }),
    ]
    return ["", "### A planted null", "", Self.planted(all.of), "", Self.head("planted pairs"), "|---|---|---|---|"]
      + parts.filter { $0.rate.of > 0 }.map { Self.row($0.name, $0.rate) }
  }

  private static func head(_ what: String) -> String {
    "| \(what) | ratio of \(least) or more | a link is indicated | exact 95 % limits, as if pairs were independent |"
  }

  private static func row(_ name: String, _ rate: IndicationValidation.Rate) -> String {
    let limits = String(format: "%.1f %% to %.1f %%", 100 * rate.low, 100 * rate.high)
    return "| \(name) | \(rate.reaching) of \(rate.of) | \(rate.indicated) of \(rate.of) | \(limits) |"
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

  private static func draws(_ draws: IndicationValidation.Draws) -> String {
    """
    Of \(draws.drawn) draws of families and developers behind these intervals \(draws.failed) left too little to fit a line on, and are in none.
    """
  }

  private static func planted(_ count: Int) -> String {
    """
    \(count) pairs drawn at random, of each set as its share of the models: one model as the suspect, a member of its cohort as the candidate. Left out of the draw are the suspect's relatives by developer, family or base, however far back, its documented teachers and those of the models that it was tuned from, and all kin of these teachers. A link that is indicated here is false, or one that no document tells of.
    """
  }
}
