package import Cases
import Escaping
import Formats

/// The first page's answers for a terminal or a page that has no figures.
package struct SpokenAnswer: Sendable {
  /// Most candidates whose findings are shown at once, here and on the first page; of more, those with the highest ratios. A
  /// section has all.
  package static let maximumCandidates = 6
  package static let maximumGroups = 3

  package struct Candidate: Sendable {
    package let model: ModelID
    /// A shape that reads without colour.
    package let mark: String
    /// Such as `a link is indicated: moderate support for a link rather than no link`.
    package let words: String
    /// What was found, and the place among the cohort.
    package let sentence: String
  }

  package struct Further: Sendable {
    package let question: String
    package let sentence: String
  }

  /// Several candidates as one.
  package struct Group: Sendable {
    package let mark: String
    /// Such as `some model of OpenAI`.
    package let name: String
    package let words: String
    package let sentence: String
  }

  package let question: String
  /// Before their members, the highest ratio first; empty where no group of several has one.
  package let groups: [Group]
  /// Those with the highest ratios, where there are many.
  package let candidates: [Candidate]
  /// How many candidates are not among them.
  package let others: Int
  /// Whether any candidate has a ratio.
  package let hasRatio: Bool
  /// What kind, which of those named, and what would change it.
  package let further: [Further]

  init(_ report: Report) {
    let answer = report.answer
    let isLong = answer.findings.count > Self.maximumCandidates
    let shown =
      isLong
      ? Array((answer.ranked.isEmpty ? answer.findings : answer.ranked).prefix(Self.maximumCandidates))
      : answer.findings
    let verdicts = Dictionary(firstOf: report.verdicts.map { ($0.candidate, $0.sentence) })
    question = VerdictWording.question(suspect: report.suspect, candidates: report.candidates.map(\.model)).printable
    groups = report.weighedGroups.prefix(Self.maximumGroups).map { group in
      Group(
        mark: group.standing.mark, name: GroupWording.title(group).printable,
        words: GroupWording.support(group).printable,
        sentence: [group.sentence, GroupWording.place(group)].compactMap(\.self).joined(separator: " ").printable)
    }
    candidates = shown.map { finding in
      Candidate(
        model: finding.candidate, mark: finding.standing.mark,
        words: ConclusionWording.support(finding, answer.alternative).printable,
        sentence: (verdicts[finding.candidate] ?? finding.sentence).printable)
    }
    others = answer.findings.count - shown.count
    hasRatio = !answer.ranked.isEmpty
    further = answer.sentences.filter { $0.question != .link }.map {
      Further(question: ConclusionWording.question($0.question), sentence: $0.text.printable)
    }
  }
}

extension Report {
  /// The answers as a terminal or a start page shows them, in the words of the first page: of each candidate its name, what is
  /// found in few words, and the sentence; then one line each for kind, named and change.
  package var spokenAnswer: SpokenAnswer { SpokenAnswer(self) }
}
