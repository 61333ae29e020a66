import Foundation

/// Sentences about a likelihood ratio that do not name the two propositions that it is about.
package enum HalfSaid {
  package static func sentences(in text: String) -> [String] {
    let plain = text.replacingOccurrences(of: "\\", with: "")
    let sentences = plain.replacingOccurrences(of: #"([.|>])\s"#, with: "$1\n", options: .regularExpression).split(
      separator: "\n"
    ).map(String.init)
    func has(_ sentence: String, _ pattern: String) -> Bool {
      sentence.range(of: pattern, options: .regularExpression) != nil
    }
    return sentences.filter { sentence in
      if has(sentence, "times as probable"), !has(sentence, " if .* as if ") { return true }
      if has(sentence, "support for neither"), !has(sentence, "support for neither .* nor ") { return true }
      if has(sentence, "support for (?!neither)"), !has(sentence, "rather than") { return true }
      return has(sentence, #"\b[Rr]atios? (of|above|below|for|between) (?=.*\d)"#)
        && !has(sentence, "rather than|against|if .* as if")
    }
  }
}
