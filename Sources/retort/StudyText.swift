import CaseFile
import Foundation
import Likelihood
import Reporting
import Statistics

/// The README of a study. Its figures are read from the `result.json` of each suspect, so that the two cannot disagree.
struct StudyText {
  struct Result {
    let suspect: ModelID
    /// Folder of its report, within that of the study.
    let place: String
    let document: JSONValue
  }

  struct Chapter {
    let comparison: Study.Comparison
    let answers: StudyAnswers
    let results: [Result]
    let standing: [StandingPair]
  }

  let study: Study
  let chapters: [Chapter]
  let identity: [IdentityAnswers]
  let profiles: WordProfiles?
  let tool: String

  func markdown() -> String {
    let parts =
      [["# \(study.title.markdown)", "", study.introduction.trimmed, "", "## In short", ""], inShort]
      + chapters.map(chapter) + [identityTable, profileTable, ["", "## What this supports, and what not", ""]]
      + [[study.conclusion.trimmed, "", "Made by `make cases` with \(tool), seed \(study.seed)."]]
    return parts.joined().joined(separator: "\n") + "\n"
  }

  // MARK: What was found, in sentences

  private var inShort: [String] {
    let results = chapters.flatMap(\.results)
    let pairs = results.flatMap { $0.candidates }
    let standing = results.flatMap { result in
      result.verdicts.filter { $0["standing"]?.string == "stands_out" }.compactMap { $0["sentence"]?.string }
    }
    let given = results.flatMap(\.candidates).count { $0.ratios.contains { $0["log10"] != nil } }
    let copies = results.compactMap { result -> String? in
      let finding = result.document["identical_answers"]
      guard let shared = finding?["with_suspect"]?.array, !shared.isEmpty else { return nil }
      return finding?["sentence"]?.string
    }
    return
      [
        "- \(pairs.count) \(pairs.count == 1 ? "pair" : "pairs") of suspect and candidate were compared. "
          + "A likelihood ratio is given for \(given) of them"
          + (given == pairs.count
            ? "." : "; why not for the others, and what would be needed, stands with each set below."),
        "- \(standing.isEmpty ? "No suspect stands out towards any candidate" : "\(standing.count) of the \(pairs.count) pairs stand out")"
          + " from the cohort"
          + (standing.isEmpty ? " by the rule of the report." : ":"),
      ] + standing.map { "  - \($0.markdown)" } + copies.map { "- \($0.markdown)" }
  }

  // MARK: One set

  private func chapter(_ chapter: Chapter) -> [String] {
    let left = chapter.answers.leftOut
    var lines = ["", "## `\(chapter.comparison.set)`", "", chapter.comparison.about.trimmed, ""]
    if !left.isEmpty {
      lines += [
        "\(left.count) models that answered fewer than \(chapter.comparison.fewestPrompts) prompts were left out: "
          + left.map(\.rawValue.markdown).joined(separator: ", ") + ".", "",
      ]
    }
    lines += [
      "| suspect | candidates | stands out towards | nearest candidate | combined score | rank in its cohort | headline ratio |",
      "|---|---|---|---|---|---|---|",
    ]
    lines += chapter.results.map(row)
    lines += nearestByDeveloper(chapter.results)
    lines += alternatives(chapter.results)
    let applicability = Set(chapter.results.flatMap(\.candidates).compactMap { $0.value["applicability"]?.string })
    let outside = applicability.filter { $0.hasPrefix("Not evaluated") }.sorted()
    if let first = outside.first {
      lines += [
        "",
        "\(first.markdown)"
          + (outside.count > 1 ? " The other pairs without a ratio lie outside likewise; each report says where." : ""),
      ]
    }
    lines += chapter.standing.flatMap { $0.lines() }
    let set = chapter.comparison.set
    lines += [
      "",
      "[All scores](\(set)/scores.csv); [tree](\(set)/tree.svg) and [heat map](\(set)/heatmap.svg) of all models of the set "
        + "(diamonds: suspects; squares: candidates)."
        + (study.keepsReports
          ? ""
          : " The whole reports, a folder a suspect, are made beside them by `make cases`; for their size they are not kept here."),
    ]
    return lines
  }

  /// Against which alternatives there are ratios, and why not against the others.
  private func alternatives(_ results: [Result]) -> [String] {
    let ratios = results.flatMap(\.candidates).flatMap(\.ratios)
    let rows = Alternative.allCases.map { alternative -> String in
      let own = ratios.filter { $0["alternative"]?.string == alternative.rawValue }
      let values = own.compactMap { $0["log10"]?.number }
      let reasons = own.compactMap { $0["not_evaluated"]?.string }.reduce(into: [String: Int]()) {
        $0[$1, default: 0] += 1
      }
      let why = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.first
      let range =
        values.min().flatMap { low in
          values.max().map { "\(RatioText.number(log10: low)) to \(RatioText.number(log10: $0))" }
        } ?? "–"
      let left = own.count - values.count
      let cells = [
        RatioText.alternative(alternative.rawValue).markdown, "\(values.count) of \(own.count)", range,
        left == 0
          ? ""
          : "\(left): " + (why.map { $0.key.markdown } ?? "no scores") + (reasons.count > 1 ? ", and the like" : ""),
      ]
      return "| " + cells.joined(separator: " | ") + " |"
    }
    return [
      "", "| alternative | pairs with a ratio | from, to | not evaluated, because |", "|---|---|---|---|",
    ] + rows
  }

  private func row(_ result: Result) -> String {
    let candidates = result.candidates
    let nearest = candidates.max { ($0.score ?? -.infinity) < ($1.score ?? -.infinity) }
    let out = result.verdicts.filter { $0["standing"]?.string == "stands_out" }.compactMap { $0["candidate"]?.string }
    let combined = nearest?.value["combined"]
    let cells = [
      study.keepsReports
        ? "[\(result.suspect.rawValue.markdown)](\(result.place.markdownPath)/report.md)"
        : result.suspect.rawValue.markdown,
      "\(candidates.count)",
      out.isEmpty ? "none" : out.map(\.markdown).joined(separator: ", "),
      nearest?.value["model"]?.string?.markdown ?? "–",
      (nearest?.score.map(Self.number) ?? "–") + " " + Self.interval(combined?["interval"]),
      combined.map(Self.rank) ?? "–",
      nearest.flatMap(Self.headline) ?? "not evaluated",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  /// Who is nearest, developer by developer: the highest combined score of its models.
  private func nearestByDeveloper(_ results: [Result]) -> [String] {
    let developers = Set(results.flatMap(\.candidates).compactMap { $0.value["developer"]?.string }).sorted()
    guard developers.count > 1 else { return [] }
    let rows = results.map { result in
      let cells = developers.map { developer -> String in
        let best = result.candidates.filter { $0.value["developer"]?.string == developer }
          .max { ($0.score ?? -.infinity) < ($1.score ?? -.infinity) }
        guard let best, let score = best.score else { return "–" }
        return "\(Self.number(score)) \(best.value["model"]?.string?.markdown ?? "")"
      }
      return "| \(result.suspect.rawValue.markdown) | " + cells.joined(separator: " | ") + " |"
    }
    return [
      "",
      "The highest combined score of each developer's models, in standard deviations of the cohort; a score is no ratio:",
      "", "| suspect | " + developers.map(\.markdown).joined(separator: " | ") + " |",
      "|---|" + developers.map { _ in "---|" }.joined(),
    ] + rows
  }

  // MARK: Context

  private var identityTable: [String] {
    guard let about = study.identity else { return [] }
    let head = ["model", "answers", "of these, no vendor in the prompt"] + about.vendors.map(\.name.markdown)
    let rows = identity.map { answers -> String in
      let trials = answers.unprompted.count
      let cells = about.vendors.map { vendor -> String in
        let count = answers.naming(vendor.words)
        guard trials > 0 else { return "–" }
        let limits = ExactInterval.twoSided(successes: count, trials: trials, confidence: 0.95)
        return String(
          format: "%d (%.0f to %.0f %%)", count, 100 * limits.low, 100 * limits.high)
      }
      return "| \(answers.model.rawValue.markdown) | \(answers.all) | \(trials) | " + cells.joined(separator: " | ")
        + " |"
    }
    return [
      "", "## `\(about.folder)`: what the models say that they are", "", about.about.trimmed, "",
      "Answers that name a vendor or its models, with exact 95 % intervals; one answer may name several:", "",
      "| " + head.joined(separator: " | ") + " |", "|" + head.map { _ in "---|" }.joined(),
    ] + rows
  }

  private var profileTable: [String] {
    guard let about = study.profiles, let profiles else { return [] }
    let rows = about.suspects.map { suspect -> String in
      let overlaps = profiles.overlaps(of: suspect)
      let shares = overlaps.map(\.share).sorted()
      let shown = overlaps.prefix(5).map { "\($0.model.markdown) \(Self.percent($0.share))" }.joined(separator: ", ")
      return "| \(suspect.markdown) | \(shown) | \(shares.isEmpty ? "–" : Self.percent(shares[shares.count / 2])) |"
    }
    return [
      "", "## Word profiles", "", about.about.trimmed, "",
      "| model | share of the most repeated words in common, the five nearest of \(profiles.words.count - 1) | median |",
      "|---|---|---|",
    ] + rows
  }

  // MARK: As JSON

  /// What `--json` prints.
  func document(folder: String) -> JSONValue {
    .object([
      "schema": .string("retort.study/1"), "tool": .string(tool), "title": .string(study.title),
      "file": .string("\(folder)/README.md"),
      "results": .array(
        chapters.flatMap { chapter in
          chapter.results.map { result in
            .object([
              "set": .string(chapter.comparison.set), "suspect": .string(result.suspect.rawValue),
              "file": .string("\(folder)/\(result.place)/result.json"), "candidates": .integer(result.candidates.count),
              "with_ratio": .integer(result.candidates.count { $0.ratios.contains { $0["log10"] != nil } }),
              "stands_out": .array(
                result.verdicts.filter { $0["standing"]?.string == "stands_out" }.compactMap { $0["candidate"] }),
              "identical_answers": .array(
                (result.document["identical_answers"]?["with_suspect"]?.array ?? []).compactMap { $0["model"] }),
            ])
          }
        }),
    ])
  }

  private static func headline(_ candidate: Result.Candidate) -> String? {
    guard let ratio = candidate.ratios.first(where: { $0["headline"]?.bool == true }),
      let value = ratio["log10"]?.number
    else { return nil }
    let name = ratio["alternative"]?.string.map(RatioText.alternative) ?? ""
    return "\(RatioText.number(log10: value)) against \(name.markdown)"
  }

  /// Score, interval and place of what `combined` holds.
  static func score(_ combined: JSONValue?) -> String {
    guard let combined, let score = combined["score"]?.number else { return "–" }
    return "\(number(score)) \(interval(combined["interval"]).markdown), rank \(rank(combined))"
  }

  private static func rank(_ combined: JSONValue) -> String {
    "\(combined["rank"]?.integer ?? 0) of \(combined["of"]?.integer ?? 0)"
  }

  static func number(_ value: Double) -> String {
    String(format: "%.2f", value).replacingOccurrences(of: "-", with: "−")
  }

  private static func interval(_ range: JSONValue?) -> String {
    guard let low = range?["low"]?.number, let high = range?["high"]?.number else { return "" }
    return "[\(number(low)), \(number(high))]"
  }

  static func percent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }
}

extension StudyText.Result {
  struct Candidate {
    let value: JSONValue
    var score: Double? { value["combined"]?["score"]?.number }
    var ratios: [JSONValue] { value["likelihood_ratios"]?.array ?? [] }
  }

  var candidates: [Candidate] { (document["candidates"]?.array ?? []).map(Candidate.init) }
  var verdicts: [JSONValue] { document["verdicts"]?.array ?? [] }
}

extension String {
  /// Without white space at the end: block scalars of YAML end with a line end.
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
