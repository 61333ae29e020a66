package import Cases
import Similarity

/// Whom a model says that made it: weak evidence, for a system prompt can order any name, and the web is full of them.
package struct IdentityFinding: Sendable, Encodable {
  package struct Claim: Sendable, Encodable {
    package let maker: String
    package let answers: Int

    init(_ claim: IdentityClaims.Claim) { (maker, answers) = (claim.maker, claim.answers) }
  }

  package let model: ModelID
  package let answers: Int
  /// Makers that some answer names, the most often named first.
  package let claims: [Claim]
  /// The same of the answers to probes with a system prompt; nil where none of its probes, or all, have one.
  package let withSystem: Part?

  package struct Part: Sendable, Encodable {
    package let answers: Int
    package let claims: [Claim]
  }

  enum CodingKeys: String, CodingKey {
    case model, answers, claims
    case withSystem = "with_system"
  }

  /// Of the suspect, then of the candidates.
  static func all(_ contents: CaseContents, readsDenials: Bool = true) -> [IdentityFinding] {
    ([contents.suspect] + contents.candidates).compactMap { model in
      contents.transcripts[model].map { transcript in
        let found = IdentityClaims(transcript.responses.map(\.text), readsDenials: readsDenials)
        let ordered = transcript.responses.filter { contents.probes[$0.prompt]?.system != nil }
        let part = IdentityClaims(ordered.map(\.text), readsDenials: readsDenials)
        return IdentityFinding(
          model: model, answers: found.answers, claims: found.found.map(Claim.init),
          withSystem: ordered.isEmpty || ordered.count == transcript.responses.count
            ? nil : Part(answers: part.answers, claims: part.found.map(Claim.init)))
      }
    }
  }
}
