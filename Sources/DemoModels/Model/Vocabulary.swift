/// The tokens of a model: the words and marks of its training answers, an end token, and the 256 bytes.
///
/// A token is a run of letters, digits and inner apostrophes or one other mark, each with the one space before it,
/// if there is one. Letter case is kept. What the vocabulary does not hold is spelled in bytes, so that every text has
/// tokens and the tokens of a text, joined, are that text again.
///
/// - Source: byte fallback as in Kudo and Richardson, "SentencePiece", EMNLP 2018 (demonstrations).
package struct Vocabulary: Sendable {
  package typealias Token = Int

  /// The token that ends an answer. It stands for no bytes.
  package static let end: Token = 256
  private static let firstPiece = 257

  private let pieces: [[UInt8]]
  private let tokenOfPiece: [String: Token]

  /// - Parameter texts: the pieces are numbered in the order of their first occurrence here.
  init(texts: [String]) {
    var pieces: [[UInt8]] = []
    var tokenOfPiece: [String: Token] = [:]
    for text in texts {
      for piece in Self.pieces(of: text) where tokenOfPiece[piece] == nil {
        tokenOfPiece[piece] = Self.firstPiece + pieces.count
        pieces.append(Array(piece.utf8))
      }
    }
    self.pieces = pieces
    self.tokenOfPiece = tokenOfPiece
  }

  /// How many tokens there are: a distribution over next tokens has this many entries.
  package var count: Int { Self.firstPiece + pieces.count }

  /// How many tokens are pieces of the training text.
  var pieceCount: Int { pieces.count }

  package func tokens(of text: String) -> [Token] {
    Self.pieces(of: text).flatMap { piece in
      tokenOfPiece[piece].map { [$0] } ?? piece.utf8.map { Token($0) }
    }
  }

  /// The bytes that a token adds to the text; none for the end token.
  package func bytes(of token: Token) -> [UInt8] {
    if token < Self.end { return [UInt8(token)] }
    return token == Self.end ? [] : pieces[token - Self.firstPiece]
  }

  /// How a token is printed on the wire. Bytes that are no text by themselves are printed as `bytes:\x..`, as OpenAI
  /// prints them, and the end token as `<|end|>`.
  package func printed(_ token: Token) -> String {
    if token == Self.end { return "<|end|>" }
    if token < Self.end {
      let digits = String(token, radix: 16)
      return "bytes:\\x" + (digits.count == 1 ? "0" + digits : digits)
    }
    return String(decoding: pieces[token - Self.firstPiece], as: UTF8.self)
  }

  static func pieces(of text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var pieces: [String] = []
    var start = 0
    while start < scalars.count {
      var end = start
      if scalars[end] == " ", end + 1 < scalars.count, scalars[end + 1] != " ", scalars[end + 1] != "\n" { end += 1 }
      if isWordScalar(scalars[end]) {
        while end < scalars.count, isWordScalar(scalars[end]) || isInnerApostrophe(at: end, of: scalars) { end += 1 }
      } else {
        end += 1
      }
      var piece = String.UnicodeScalarView()
      piece.append(contentsOf: scalars[start..<end])
      pieces.append(String(piece))
      start = end
    }
    return pieces
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII
      ? ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  private static func isInnerApostrophe(at index: Int, of scalars: [Unicode.Scalar]) -> Bool {
    scalars[index] == "'" && index > 0 && isWordScalar(scalars[index - 1])
      && index + 1 < scalars.count && isWordScalar(scalars[index + 1])
  }
}
