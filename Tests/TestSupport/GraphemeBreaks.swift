/// Scalars of every class by which Unicode joins code points to one sign, and how they are put around a delimiter.
///
/// - Source: Unicode Standard Annex 29, table 2 and the properties it refers to.
package enum GraphemeBreaks {
  package static let classes: [(name: String, scalar: Unicode.Scalar)] = [
    ("prepend", "\u{600}"), ("prepend, Kaithi", "\u{110BD}"), ("prepend, Malayalam", "\u{D4E}"),
    ("extend", "\u{301}"), ("extend that composes with < = >", "\u{338}"), ("extend, enclosing", "\u{20E3}"),
    ("variation selector", "\u{FE0F}"), ("emoji modifier", "\u{1F3FB}"), ("virama", "\u{94D}"),
    ("nonjoiner", "\u{200C}"),
    ("joiner", "\u{200D}"), ("spacing mark", "\u{903}"), ("regional indicator", "\u{1F1E6}"), ("Hangul L", "\u{1100}"),
    ("Hangul V", "\u{1161}"), ("Hangul T", "\u{11A8}"), ("Hangul LV", "\u{AC00}"), ("Hangul LVT", "\u{AC01}"),
    ("CR", "\r"), ("LF", "\n"), ("control", "\u{7}"), ("escape", "\u{1B}"), ("C1", "\u{9B}"),
    ("line separator", "\u{2028}"),
    ("bidi", "\u{202E}"), ("zero width", "\u{200B}"), ("soft hyphen", "\u{AD}"), ("pictograph", "\u{1F600}"),
    ("tag", "\u{E0061}"), ("plain", "a"), ("space", " "), ("nothing else", "\u{FEFF}"),
  ]

  /// The delimiter behind the scalar, before it, between two, and with one after each of its own.
  package static func around(_ delimiter: String, _ scalar: Unicode.Scalar) -> [String] {
    let sign = String(scalar)
    let within = delimiter.unicodeScalars.map { String($0) + sign }.joined()
    return [
      delimiter, sign + delimiter, delimiter + sign, sign + delimiter + sign, within,
      "x" + sign + delimiter + sign + "y",
      delimiter + sign + delimiter, sign + sign + delimiter + delimiter,
    ]
  }

  /// A text for each class in which the scalar hides every delimiter of a payload, before and behind.
  ///
  /// - Parameter delimiters: what is hidden; `hiding` puts the scalar before each, behind each, or on both sides.
  package static func hiding(_ payload: String, delimiters: String = "<>\"'&=`[]()") -> [String] {
    let set = Set(delimiters.unicodeScalars)
    return classes.flatMap { name, scalar -> [String] in
      let sign = String(scalar)
      func hidden(_ before: String, _ behind: String) -> String {
        payload.unicodeScalars.map { set.contains($0) ? before + String($0) + behind : String($0) }.joined()
      }
      return [hidden(sign, ""), hidden("", sign), hidden(sign, sign)]
    }
  }
}
