/// All channels that need nothing but text, in the order in which they are shown.
package enum ChannelCatalogue {
  package static let text: [any Channel] = [
    OpeningAgreement(length: 1), OpeningAgreement(length: 2), OpeningAgreement(length: 3), OpeningAgreement(length: 5),
    OpeningAgreement(length: 8), BeginningOverlap(), SentenceOpenings(), SkeletonOverlap(),
    ClosingOverlap(), StyleProfile(), ContentOverlap(), ClosingAgreement(length: 3), RareOverlap(),
    VerbatimOverlap(.total), VerbatimOverlap(.longest),
    CharacterProfile(), WordDelta(.burrows), WordDelta(.cosine), AnswerAgreement(),
    RefusalWording(),
  ]

  /// Channels of what models think before they answer: run over `AnswerTable(reasoningOf:)`. Findings beside the score,
  /// never inside.
  package static let reasoning: [any Channel] = [ReasoningMarkerProfile(), ReasoningLength(), SharedWrongValues()]
}
