package import Cases
import Escaping
import Likelihood
import Similarity

/// What a reader can look at for one candidate. Without excerpts it holds numbers and names of probes, and no word of
/// any model.
package struct EvidenceToLookAt: Sendable, Encodable {
  package struct Shown: Sendable, Encodable {
    package let choice: String
    package let probe: PromptID
    /// What the probe adds to the combined score.
    package let adds: Figure
    /// Words and marks in marked parts, of all of the answer.
    package let suspect: Marked
    package let candidate: Marked
    /// The probe's text; nil without excerpts, or where it is not known.
    package let prompt: String?
  }

  package struct Marked: Sendable, Encodable {
    package let shared: Int
    package let units: Int
    package let isCut: Bool
    /// nil without excerpts.
    package let text: [Segment]?

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

  package struct Segment: Sendable, Encodable {
    package let text: String
    package let isShared: Bool

    enum CodingKeys: String, CodingKey {
      case text
      case isShared = "shared"
    }
  }

  package struct Run: Sendable, Encodable {
    package let probe: PromptID
    package let length: Int
    package let others: Int
    package let answering: Int
    package let text: String?
  }

  package struct Phrase: Sendable, Encodable {
    package let text: String
    package let suspect: Int
    package let candidate: Int
    package let cohortShare: Figure
    package let suspectZ: Figure
    package let candidateZ: Figure

    enum CodingKeys: String, CodingKey {
      case text, suspect, candidate
      case cohortShare = "cohort_share"
      case suspectZ = "suspect_z"
      case candidateZ = "candidate_z"
    }
  }

  /// Characters of a probe, a run and a phrase that are shown.
  private static let maximumCharacters = 300

  package let probes: Int
  package let probesOfHalf: Int
  package let shown: [Shown]
  package let runs: [Run]
  /// nil without excerpts.
  package let phrases: [Phrase]?

  enum CodingKeys: String, CodingKey {
    case probes, shown, runs, phrases
    case probesOfHalf = "probes_of_half"
  }

  init(_ evidence: PairEvidence, probes asked: [PromptID: Probe], excerpts: Bool) {
    func excerpt(_ text: String) -> String? {
      excerpts ? text.printable.shortened(to: Self.maximumCharacters) : nil
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
}

extension Report {
  /// Those with which a link is indicated, and of those without a ratio the ones that stand out from the cohort.
  package var candidatesToLookInto: [ModelID] {
    zip(verdicts, answer.findings).filter { verdict, finding in
      finding.standing == .linkIndicated || finding.standing == .notEvaluated && verdict.standing == .standsOut
    }.map(\.0.candidate)
  }
}
