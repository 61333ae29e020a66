import CaseFile
package import Cases
import Escaping
package import Formats
import Foundation
import Likelihood
package import Reporting
import Statistics

/// The README of a study. Its figures are those of each suspect's report, so that the two cannot disagree.
package struct StudyText {
  package struct Result {
    package let report: Report
    /// Folder of the report, within that of the study.
    package let place: String

    package init(_ report: Report, place: String) {
      self.report = report
      self.place = place
    }
  }

  /// What was found in one set of answers.
  package struct Chapter {
    fileprivate let comparison: Study.Comparison
    /// Models with too few answers.
    fileprivate let leftOut: [ModelID]
    fileprivate let results: [Result]
    fileprivate let standing: [StandingPair]
    /// Models in tree and heat map; nil for all of the set.
    fileprivate let drawnFigures: Int?

    package init(
      _ comparison: Study.Comparison, leftOut: [ModelID], results: [Result], standing: [StandingPair],
      drawnFigures: Int? = nil
    ) {
      self.comparison = comparison
      self.leftOut = leftOut
      self.results = results
      self.standing = standing
      self.drawnFigures = drawnFigures
    }
  }

  private let study: Study
  private let chapters: [Chapter]
  private let identity: [IdentityAnswers]
  private let profiles: WordProfiles?
  private let tool: String

  package init(
    _ study: Study, chapters: [Chapter], identity: [IdentityAnswers], profiles: WordProfiles?, tool: String
  ) {
    self.study = study
    self.chapters = chapters
    self.identity = identity
    self.profiles = profiles
    self.tool = tool
  }

  package func markdown() -> String {
    let parts =
      [["# \(study.title.markdown)", "", study.introduction.trimmed, "", "## In short", ""], inShort]
      + chapters.map(chapter) + [identityTable, profileTable, ["", "## What this supports, and what not", ""]]
      + [[study.conclusion.trimmed, "", "Made by `make cases` with \(tool), seed \(study.seed)."]]
    return parts.joined().joined(separator: "\n") + "\n"
  }

  // MARK: What was found, in sentences

  private var inShort: [String] {
    let reports = chapters.flatMap(\.results).map(\.report)
    let pairs = reports.flatMap(\.candidates)
    let findings = reports.flatMap(\.answer.findings)
    let indicated = findings.filter { $0.standing == .linkIndicated }.map(\.sentence)
    let given = findings.count { $0.log10?.value != nil }
    let copies = reports.filter { !$0.identicalAnswers.beyondCohort.isEmpty }.map {
      IdenticalAnswersWording.beyond(
        $0.suspect, $0.identicalAnswers.beyondCohort, most: $0.identicalAnswers.mostElsewhere)
    }
    return
      [
        """
        - \(pairs.count) \(pairs.count == 1 ? "pair" : "pairs") of suspect and candidate were compared. \
        A likelihood ratio is given for \(given) of them\(given == pairs.count ? "" : "; why not for the others, and what would be needed, stands with each set below").
        """
      ] + groupsInShort(reports) + [StudyWording.indicated(indicated.count, given: given)]
      + indicated.map { "  - \($0.markdown)" } + copies.map { "- \($0.markdown)" }
  }

  /// Candidates of one developer as one, before they are told one by one.
  private func groupsInShort(_ reports: [Report]) -> [String] {
    let groups = reports.flatMap(\.groups).filter(\.hasSeveral)
    guard !groups.isEmpty else { return [] }
    let indicated = groups.filter { $0.standing == .linkIndicated }.map(\.sentence)
    let given = groups.count { $0.log10?.value != nil }
    return [StudyWording.groups(groups.count, given: given, indicated: indicated.count)]
      + indicated.map { "  - \($0.markdown)" }
  }

  // MARK: One set

  private func chapter(_ chapter: Chapter) -> [String] {
    let left = chapter.leftOut
    var lines = ["", "## `\(chapter.comparison.set)`", "", chapter.comparison.about.trimmed, ""]
    if !left.isEmpty {
      lines += [
        "\(left.count) models that answered fewer than \(chapter.comparison.minimumPrompts) prompts were left out: "
          + left.map(\.rawValue.markdown).joined(separator: ", ") + ".", "",
      ]
    }
    lines += [
      "| suspect | candidates | a link is indicated with | highest ratio for a link rather than no link | nearest candidate | combined score | rank in its cohort |",
      "|---|---|---|---|---|---|---|",
    ]
    let reports = chapter.results.map(\.report)
    lines += chapter.results.map(row)
    if reports.contains(where: Self.hasSeveralLines) { lines += ["", StudyWording.severalLines] }
    lines += ratiosOfGroups(reports)
    lines += ratiosByDeveloper(reports)
    lines += nearestByDeveloper(reports)
    lines += alternatives(reports)
    let outside = Set(
      reports.flatMap(\.candidates).filter { $0.applicabilityCode == .outside }.compactMap(\.applicability)
    ).sorted()
    if let first = outside.first {
      lines += [
        "",
        """
        \(first.markdown)\(outside.count > 1 ? " The other pairs without a ratio lie outside likewise; each report says where." : "")
        """,
      ]
    }
    lines += chapter.standing.flatMap(\.lines)
    let set = chapter.comparison.set
    lines += [
      "",
      """
      [All scores](\(set)/scores.csv); [tree](\(set)/tree.svg) and [heat map](\(set)/heatmap.svg) of \(StudyWording.models(inFigures: chapter.drawnFigures)) of the set (diamonds: suspects; squares: candidates).\(study.keepsReports ? "" : Self.reportsElsewhere)
      """,
    ]
    if chapter.drawnFigures != nil { lines += ["", StudyWording.chosen] }
    return lines
  }

  private static let reportsElsewhere = """
     The whole reports, a folder a suspect, are made beside them by `make cases`; for their size they are not kept here.
    """

  /// Against which alternatives there are ratios, and why not against the others.
  private func alternatives(_ reports: [Report]) -> [String] {
    let ratios = reports.flatMap(\.candidates).flatMap(\.ratios)
    let rows = Alternative.allCases.map { alternative -> String in
      let own = ratios.filter { $0.alternative == alternative }
      let values = own.filter(\.canTell)
      let reasons = own.compactMap(\.notEvaluated).reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
      let reason =
        reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.first?.key.markdown ?? RatioWording.cannotVary
      let range =
        Self.least(values).flatMap { low in
          Self.greatest(values).map { "\(RatioWording.number(low)) to \(RatioWording.number($0))" }
        } ?? DescriptionWording.none
      let left = own.count - values.count
      let cells = [
        RatioWording.name(alternative).markdown, "\(values.count) of \(own.count)", range,
        left == 0 ? "" : "\(left): \(reason)\(reasons.count > 1 ? ", and the like" : "")",
      ]
      return "| " + cells.joined(separator: " | ") + " |"
    }
    return [
      "", "| alternative | pairs with a ratio | from, to | not evaluated, because |", "|---|---|---|---|",
    ] + rows
  }

  private static func least(_ ratios: [Report.Ratio]) -> Report.Ratio? {
    ratios.min { ($0.log10?.value ?? 0) < ($1.log10?.value ?? 0) }
  }

  private static func greatest(_ ratios: [Report.Ratio]) -> Report.Ratio? {
    ratios.max { ($0.log10?.value ?? 0) < ($1.log10?.value ?? 0) }
  }

  private func row(_ result: Result) -> String {
    let report = result.report
    let nearest = report.candidates.max { ($0.score ?? -.infinity) < ($1.score ?? -.infinity) }
    let answer = report.answer
    let indicated = answer.findings.filter { $0.standing == .linkIndicated }.map(\.candidate.rawValue.markdown)
    let highest = answer.ranked.first
    let suspect = report.suspect.rawValue.markdown
    let name = study.keepsReports ? "[\(suspect)](\(result.place.markdownPath)/report.md)" : suspect
    let linked = indicated.isEmpty ? "none" : indicated.joined(separator: ", ")
    let ratio = highest.map { "\(ConclusionWording.number($0)) \($0.candidate.rawValue.markdown)" }
    let score = nearest?.score.map(Self.number) ?? "–"
    let cells: [String] = [
      name, "\(report.candidates.count)", highest == nil ? "not evaluated" : linked, ratio ?? "not evaluated",
      nearest?.model.rawValue.markdown ?? "–", "\(score) \(Self.interval(nearest?.combined?.interval))",
      nearest?.combined.map(Self.rank) ?? "–",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  /// Whether ratios of one suspect are of lines that were fitted without different families, or of the whole and of such ones.
  private static func hasSeveralLines(_ report: Report) -> Bool {
    let given = Set(report.answer.ranked.map(\.candidate))
    let own = report.candidates.filter { given.contains($0.model) }
    return Set(own.map { $0.calibratedWithout?.names ?? [] }).count > 1
  }

  /// Developer by developer, the highest ratio of its models: what is alleged is mostly a developer.
  private func ratiosByDeveloper(_ reports: [Report]) -> [String] {
    let developers = Set(reports.flatMap(\.candidates).compactMap(\.developer)).sorted()
    guard developers.count > 1, reports.contains(where: { !$0.answer.ranked.isEmpty }) else { return [] }
    let rows = reports.map { report in
      let cells = developers.map { developer -> String in
        let own = Set(report.candidates.filter { $0.developer == developer }.map(\.model))
        return report.answer.ranked.first { own.contains($0.candidate) }
          .map { "\(ConclusionWording.number($0)) \($0.candidate.rawValue.markdown)" } ?? DescriptionWording.none
      }
      return "| \(report.suspect.rawValue.markdown) | " + cells.joined(separator: " | ") + " |"
    }
    return [
      "", StudyWording.byDeveloper, "", "| suspect | " + developers.map(\.markdown).joined(separator: " | ") + " |",
      "|---|" + developers.map { _ in "---|" }.joined(),
    ] + rows
  }

  /// All candidates of a developer as one.
  private func ratiosOfGroups(_ reports: [Report]) -> [String] {
    let names = Set(reports.flatMap(\.weighedGroups).map(\.group)).sorted()
    guard !names.isEmpty else { return [] }
    let rows = reports.map { report in
      let cells = names.map { name -> String in
        guard let group = report.weighedGroups.first(where: { $0.group == name }) else {
          return DescriptionWording.none
        }
        let interval = group.interval == nil ? "" : " \(GroupWording.interval(group))"
        return "\(GroupWording.number(group))\(interval)".markdown
      }
      return "| \(report.suspect.rawValue.markdown) | " + cells.joined(separator: " | ") + " |"
    }
    return [
      "", StudyWording.byGroup, "", "| suspect | " + names.map(\.markdown).joined(separator: " | ") + " |",
      "|---|" + names.map { _ in "---|" }.joined(),
    ] + rows
  }

  /// Who is nearest, developer by developer: the highest combined score of its models.
  private func nearestByDeveloper(_ reports: [Report]) -> [String] {
    let developers = Set(reports.flatMap(\.candidates).compactMap(\.developer)).sorted()
    guard developers.count > 1 else { return [] }
    let rows = reports.map { report in
      let cells = developers.map { developer -> String in
        let best = report.candidates.filter { $0.developer == developer }
          .max { ($0.score ?? -.infinity) < ($1.score ?? -.infinity) }
        guard let best, let score = best.score else { return "–" }
        return "\(Self.number(score)) \(best.model.rawValue.markdown)"
      }
      return "| \(report.suspect.rawValue.markdown) | " + cells.joined(separator: " | ") + " |"
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

  package func document(folder: String) -> JSONValue {
    .document(
      "retort.study/1", tool: tool,
      [
        "title": .string(study.title),
        "file": .string("\(folder)/README.md"),
        "results": .array(
          chapters.flatMap { chapter in
            chapter.results.map { result in
              let report = result.report
              return .object([
                "set": .string(chapter.comparison.set), "suspect": .string(report.suspect.rawValue),
                "file": .string("\(folder)/\(result.place)/result.json"),
                "candidates": .integer(report.candidates.count),
                "with_ratio": .integer(report.candidates.count { $0.ratios.contains { $0.log10 != nil } }),
                "link_indicated": .array(
                  report.answer.findings.filter { $0.standing == .linkIndicated }.map {
                    .string($0.candidate.rawValue)
                  }),
                "stands_out": .array(
                  report.verdicts.filter { $0.standing == .standsOut }.map { .string($0.candidate.rawValue) }),
                "identical_answers": .array(
                  report.identicalAnswers.withSuspect.map { .string($0.model.rawValue) }),
              ])
            }
          }),
      ])
  }

  /// Score, interval and place.
  static func score(_ combined: Report.Combined?) -> String {
    guard let combined, let score = combined.score.value else { return "–" }
    return "\(number(score)) \(interval(combined.interval).markdown), rank \(rank(combined))"
  }

  private static func rank(_ combined: Report.Combined) -> String { "\(combined.rank) of \(combined.of)" }

  static func number(_ value: Double) -> String {
    String(format: "%.2f", value).replacingOccurrences(of: "-", with: "−")
  }

  private static func interval(_ range: Report.Range?) -> String {
    guard let low = range?.low.value, let high = range?.high.value else { return "" }
    return "[\(number(low)), \(number(high))]"
  }

  static func percent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }
}

extension Report.Candidate {
  fileprivate var score: Double? { combined?.score.value }
}

extension String {
  /// Without white space at the end: block scalars of YAML end with a line end.
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
