import Cases
import Similarity

/// Whom a model says that made it: weak evidence, for a system prompt can order any name, and the web is full of them.
struct IdentityFinding: Sendable, Encodable {
  struct Claim: Sendable, Encodable {
    let maker: String
    let answers: Int
  }

  let model: ModelID
  let answers: Int
  /// Makers that some answer names, the most often named first.
  let claims: [Claim]

  /// Of the suspect, then of the candidates.
  static func all(_ contents: CaseContents) -> [IdentityFinding] {
    ([contents.suspect] + contents.candidates).compactMap { model in
      contents.transcripts[model].map { transcript in
        let found = IdentityClaims(transcript.responses.map(\.text))
        return IdentityFinding(
          model: model, answers: found.answers,
          claims: found.found.map { Claim(maker: $0.maker, answers: $0.answers) })
      }
    }
  }
}
