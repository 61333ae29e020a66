/// What makes two answers the same: their words and marks, not their dress.
package enum AnswerKey {
  /// Longest answer that is compared as a whole, in Unicode scalars of its key.
  package static let longest = 80

  /// The answer in Unicode's composed form, lower-cased, white space made single, without the marks around it that only dress
  /// it: quotes, asterisks, backticks, and a final stop. An answer of marks alone keeps them.
  package static func text(_ answer: String) -> String {
    let lower = NormalisedText(answer.lowercased())
    let words = String(decoding: lower.utf8, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var scalars = Substring(words)
    while let last = scalars.last, dress.contains(last) || last == "." || last == "。" { scalars.removeLast() }
    while let first = scalars.first, dress.contains(first) { scalars.removeFirst() }
    return scalars.isEmpty ? words : String(scalars)
  }

  private static let dress: Set<Character> = ["\"", "'", "*", "`", "_", "“", "”", "‘", "’", "«", "»", "「", "」", " "]
}
