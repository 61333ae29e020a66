import Cases
import Escaping
import Reporting

extension EvidenceToLookAt {
  func blocks(suspect: ModelID, candidate: ModelID) -> [ReportBlock] {
    let hasTexts = phrases != nil
    var blocks: [ReportBlock] = [
      .heading("Answers to look at"), .text(EvidenceWording.choice(self)), .table(shownTable(candidate)),
    ]
    if hasTexts {
      blocks.append(.text(EvidenceWording.marked))
      blocks += shown.map { .pair(pair($0, suspect: suspect, candidate: candidate)) }
    }
    if !runs.isEmpty { blocks += [.text(EvidenceWording.runs), .table(runTable(candidate, hasTexts: hasTexts))] }
    if let phrases, !phrases.isEmpty {
      blocks += [.text(EvidenceWording.phrases), .table(Self.table(phrases, candidate))]
    }
    return blocks
  }

  private func shownTable(_ candidate: ModelID) -> ReportTable {
    ReportTable(
      "Answers of \(candidate) shown, by rule",
      ["probe", "by what it adds", "adds", "shared units of the suspect's answer", "of the candidate's"],
      shown.map {
        [
          $0.probe.rawValue, $0.choice, Wording.score($0.adds), "\($0.suspect.shared) of \($0.suspect.units)",
          "\($0.candidate.shared) of \($0.candidate.units)",
        ]
      })
  }

  private func runTable(_ candidate: ModelID, hasTexts: Bool) -> ReportTable {
    ReportTable(
      "Runs that \(candidate) and the suspect say word for word",
      ["probe", "units", "said by others", "rarity"] + (hasTexts ? ["text"] : []),
      runs.map {
        [$0.probe.rawValue, String($0.length), "\($0.others) of \($0.answering)", EvidenceWording.rarity($0)]
          + (hasTexts ? [$0.text ?? ""] : [])
      })
  }

  private static func table(_ phrases: [Phrase], _ candidate: ModelID) -> ReportTable {
    ReportTable(
      "Phrases that \(candidate) and the suspect use more than the cohort",
      ["phrase", "prompts: suspect", "candidate", "cohort", "deviation: suspect", "candidate"],
      phrases.map {
        [
          $0.text, String($0.suspect), String($0.candidate), Wording.percent($0.cohortShare, decimals: 1),
          $0.suspectZ.text(decimals: 1), $0.candidateZ.text(decimals: 1),
        ]
      })
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
