/// How an answer is built when its words of content are taken away: a template of parts of speech without a tagger.
///
/// Marks and English function words stay. Of any other word its shape stays (`TokenShape`): that it begins with a digit, else its
/// ending in English, the first that fits of -ing, -ed, -ly, -s (and so -ness), and one shape for -tion, -ment and -ity; else only
/// that there is a word. Of other languages written with spaces, so the marks stay and how many words stand between them.
enum Skeleton {
  /// - Parameter limit: tokens that are looked at.
  static func units(_ tokens: Tokens, limit: Int) -> [UInt64] {
    let functionWords = FunctionWords.english
    return zip(tokens.hashes, tokens.shapes).prefix(limit).map { hash, shape in
      // Spread like the hash of a token, which no shape is likely to be; a sequence of zeros would have one hash at any length.
      shape == .mark || functionWords.contains(hash) ? hash : TokenHash.mixed(UInt64(shape.rawValue))
    }
  }
}
