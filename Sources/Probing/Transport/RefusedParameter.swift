import Formats

/// A parameter of sampling that an endpoint will not take, whatever its value or unless it has the one of the server's own.
struct RefusedParameter: Hashable, Sendable {
  /// As the request has it, such as `top_p`; in lower case where the message has it so.
  let name: String

  /// Longer ones before those that stand in them.
  private static let names = [
    "max_completion_tokens", "max_output_tokens", "maxoutputtokens", "max_tokens", "stream_options", "top_logprobs",
    "responselogprobs", "logprobs", "temperature", "top_p", "topp", "top_k", "min_p", "seed", "candidatecount",
  ]
  private static let phrases = [
    "unsupported parameter", "unsupported value", "unsupported_parameter", "unsupported_value", "not supported",
    "unsupported", "is deprecated", "are deprecated", "unrecognized request argument", "extra inputs are not permitted",
    "extra_forbidden", "unknown name", "unknown parameter", "unknown field", "unexpected keyword", "does not support",
    "doesn't support", "cannot both be specified", "only the default", "not permitted", "not allowed",
    "not enabled for",
    "is allowed for this model", "may only be set to", "range of", "不支持", "参数非法",
  ]
  private static let quotes = ["'", "`", "\"", "‘", "“"]

  init?(_ said: ErrorWords) {
    guard said.speaks(ofOneOf: Self.phrases) else { return nil }
    if let named = said.parameter, Self.names.contains(named.lowercased()) || named == "n" {
      name = named
      return
    }
    // The one that is spoken of comes first; others that would do may follow.
    let found = Self.names.compactMap { name in Self.place(of: name, in: said.text).map { (name, $0) } }
    if let first = found.min(by: { $0.1 < $1.1 }) {
      name = first.0
    } else if Self.quotes.contains(where: { said.text.holds("\($0)n\($0)") }) {
      // Quoted: a letter alone may be one.
      name = "n"
    } else {
      return nil
    }
  }

  /// Words of everyday English, which a prompt that an error repeats may hold.
  private static let plainWords: Set = ["temperature", "seed"]

  /// Whether a plain word is a parameter's name: it stands in quotes or behind a colon or the like, is called a parameter, or what is said
  /// of one stands beside it.
  private static func isNamed(_ place: Range<Int>, in bytes: [UInt8]) -> Bool {
    let (before, after) = (bytes[..<place.lowerBound], bytes[place.upperBound...])
    let marks = Array("'`\"‘’“”=.:[]".utf8)
    if before.last(where: { $0 != 0x20 }).map(marks.contains) == true
      || (after.first.map(marks.contains) == true && after.first != 0x2E)
    {
      return true
    }
    let near = before.suffix(24).reversed().drop { $0 == 0x20 || $0 == 0x3A }
    let next = Array(after.prefix(40))
    return next.starts(with: " parameter".utf8)
      || phrases.contains { next.place(of: $0.utf8) != nil || near.starts(with: $0.utf8.reversed()) }
  }

  /// Where a name stands as a word of its own.
  private static func place(of name: String, in text: String) -> Int? {
    let (bytes, mark) = (Array(text.utf8), Array(name.utf8))
    func isOfWord(_ byte: UInt8) -> Bool {
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "-")
    }
    var start = bytes.startIndex
    while let place = bytes.place(of: mark, from: start) {
      let found = place..<(place + mark.count)
      let isAlone =
        (place == 0 || !isOfWord(bytes[place - 1]))
        && (found.upperBound == bytes.count || !isOfWord(bytes[found.upperBound]))
      if isAlone, !plainWords.contains(name) || isNamed(found, in: bytes) { return found.lowerBound }
      start = found.upperBound
    }
    return nil
  }
}
