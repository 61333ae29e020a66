/// The pieces in which a drawn text is streamed: one or more tokens and the text they add.
///
/// Each piece is whole UTF-8, and the pieces, joined, are the text, also where a stop string cut the last token.
package struct TextPiece {
  package let tokens: [DrawnToken]
  package let text: String

  package static func pieces(of drawn: DrawnText, _ vocabulary: Vocabulary) -> [TextPiece] {
    var pieces: [TextPiece] = []
    var held: [DrawnToken] = []
    var heldBytes: [UInt8] = []
    var sent = 0
    for (index, token) in drawn.tokens.enumerated() {
      let bytes = vocabulary.bytes(of: token.token).prefix(drawn.bytes.count - sent)
      sent += bytes.count
      held.append(token)
      heldBytes += bytes
      let isLast = index == drawn.tokens.count - 1
      guard isLast || String(validating: heldBytes, as: UTF8.self) != nil else { continue }
      pieces.append(TextPiece(tokens: held, text: String(decoding: heldBytes, as: UTF8.self)))
      held = []
      heldBytes = []
    }
    return pieces
  }
}
