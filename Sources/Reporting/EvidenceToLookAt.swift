import CaseFile
import Likelihood
import Similarity

/// What a reader can look at for one candidate. Without excerpts it holds numbers and names of probes, and no word of
/// any model.
struct EvidenceToLookAt: Sendable, Encodable {
  struct Shown: Sendable, Encodable {
    let choice: String
    let probe: PromptID
    /// What the probe adds to the combined score.
    let adds: Figure
    /// Words and marks in marked parts, of all of the answer.
    let suspect: Marked
    let candidate: Marked
    /// The probe's text; nil without excerpts, or where it is not known.
    let prompt: String?
  }

  struct Marked: Sendable, Encodable {
    let shared: Int
    let units: Int
    let isCut: Bool
    /// nil without excerpts.
    let text: [Segment]?

    enum CodingKeys: String, CodingKey {
      case shared, units, text
      case isCut = "cut"
    }

    init(_ side: MarkedAnswers.Side, excerpts: Bool) {
      shared = side.shared
      units = side.units
      isCut = side.isCut
      text = excerpts ? side.segments.map { Segment(text: $0.text.printable, isShared: $0.isShared) } : nil
    }
  }

  struct Segment: Sendable, Encodable {
    let text: String
    let isShared: Bool

    enum CodingKeys: String, CodingKey {
      case text
      case isShared = "shared"
    }
  }

  struct Run: Sendable, Encodable {
    let probe: PromptID
    let length: Int
    let others: Int
    let answering: Int
    let text: String?
  }

  struct Phrase: Sendable, Encodable {
    let text: String
    let suspect: Int
    let candidate: Int
    let cohortShare: Figure
    let suspectZ: Figure
    let candidateZ: Figure

    enum CodingKeys: String, CodingKey {
      case text, suspect, candidate
      case cohortShare = "cohort_share"
      case suspectZ = "suspect_z"
      case candidateZ = "candidate_z"
    }
  }

  /// Characters of a probe, a run and a phrase that are shown.
  private static let mostCharacters = 300

  let probes: Int
  let probesOfHalf: Int
  let shown: [Shown]
  let runs: [Run]
  /// nil without excerpts.
  let phrases: [Phrase]?

  enum CodingKeys: String, CodingKey {
    case probes, shown, runs, phrases
    case probesOfHalf = "probes_of_half"
  }

  init(_ evidence: PairEvidence, probes asked: [PromptID: Probe], excerpts: Bool) {
    func excerpt(_ text: String) -> String? {
      excerpts ? text.printable.shortened(to: Self.mostCharacters) : nil
    }
    probes = evidence.probes
    probesOfHalf = evidence.probesOfHalf
    shown = evidence.shown.map {
      Shown(
        choice: $0.choice.rawValue, probe: $0.prompt, adds: Figure($0.carries),
        suspect: Marked($0.answers.first, excerpts: excerpts), candidate: Marked($0.answers.second, excerpts: excerpts),
        prompt: asked[$0.prompt].flatMap { excerpt($0.prompt) })
    }
    runs = evidence.runs.map {
      Run(
        probe: $0.prompt, length: $0.length, others: $0.others, answering: $0.answering, text: excerpt($0.text))
    }
    phrases =
      excerpts
      ? evidence.phrases.map {
        Phrase(
          text: excerpt($0.text) ?? "", suspect: $0.first, candidate: $0.second, cohortShare: Figure($0.cohortShare),
          suspectZ: Figure($0.zFirst), candidateZ: Figure($0.zSecond))
      } : nil
  }

  static let notShown =
    "Answers of this pair are not looked into here: that is done for the \(PairEvidence.mostCandidates) candidates "
    + "with the highest "
    + "combined scores, and by `retort explain` for any."

  func blocks(suspect: ModelID, candidate: ModelID) -> [ReportSection.Block] {
    var blocks: [ReportSection.Block] = [
      .heading("Answers to look at"),
      .text(
        "\(probesOfHalf) of the \(probes) probes that both answered make half of what probes add to the combined "
          + "score. Shown by rule, so that nothing is picked: of all these probes, ordered by what each adds, the "
          + "first, the "
          + "middle and the last, with each model's first answer."
          + (phrases == nil ? " Texts are left out of this report." : "")),
    ]
    blocks.append(
      .table(
        ReportView.Table(
          ["probe", "by what it adds", "adds", "shared units of the suspect's answer", "of the candidate's"],
          shown.map {
            [
              $0.probe.rawValue, $0.choice, Wording.score($0.adds), "\($0.suspect.shared) of \($0.suspect.units)",
              "\($0.candidate.shared) of \($0.candidate.units)",
            ]
          })))
    if phrases != nil {
      blocks.append(
        .text(
          "Marked: what both answers have in runs of 4 words or marks and more (in scripts without spaces, 8 "
            + "characters), and how "
            + "both begin."))
      blocks += shown.map { .pair(pair($0, suspect: suspect, candidate: candidate)) }
    }
    if !runs.isEmpty {
      blocks += [
        .text(
          "Word for word in both, those that the fewest of the other models say first. A run that most say is forced "
            + "by the prompt."
        ),
        .table(
          ReportView.Table(
            ["probe", "units", "said by others"] + (phrases == nil ? [] : ["text"]),
            runs.map {
              [$0.probe.rawValue, String($0.length), "\($0.others) of \($0.answering)"]
                + (phrases == nil ? [] : [$0.text ?? ""])
            })),
      ]
    }
    if let phrases, !phrases.isEmpty {
      blocks += [
        .text("Phrases that both use on more prompts than the cohort does; the deviation is in standard errors."),
        .table(
          ReportView.Table(
            ["phrase", "prompts: suspect", "candidate", "cohort", "deviation: suspect", "candidate"],
            phrases.map {
              [
                $0.text, String($0.suspect), String($0.candidate),
                Figure(100 * ($0.cohortShare.value ?? 0)).text(decimals: 1) + " %", $0.suspectZ.text(decimals: 1),
                $0.candidateZ.text(decimals: 1),
              ]
            })),
      ]
    }
    return blocks
  }

  private func pair(_ shown: Shown, suspect: ModelID, candidate: ModelID) -> PairView {
    func side(_ model: ModelID, _ marked: Marked) -> PairView.Side {
      PairView.Side(
        model: model.rawValue.printable,
        segments: (marked.text ?? []).map { .init(text: $0.text.printable, isShared: $0.isShared) }, isCut: marked.isCut
      )
    }
    return PairView(
      title: "\(shown.choice), \(shown.probe)".printable, prompt: (shown.prompt ?? "").printable,
      hasPrompt: shown.prompt != nil, sides: [side(suspect, shown.suspect), side(candidate, shown.candidate)])
  }
}
