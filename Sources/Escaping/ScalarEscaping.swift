extension String {
  /// The text with some of its scalars written otherwise: what all escapers are made of.
  ///
  /// A browser, a terminal or a runner reads one code point after another, while Swift's `Character` and Foundation's search
  /// look at what a person sees as one sign: `<` behind U+0600 or before U+0301 is no longer `<` to them. So nothing that
  /// escapes may look at more than scalars.
  ///
  /// - Parameter replacement: of a scalar, given the one before it; nil leaves it as it is.
  func replacingScalars(_ replacement: (_ scalar: Unicode.Scalar, _ before: Unicode.Scalar?) -> String?) -> String {
    var result = String.UnicodeScalarView()
    result.reserveCapacity(utf8.count)
    var before: Unicode.Scalar?
    for scalar in unicodeScalars {
      if let text = replacement(scalar, before) {
        result.append(contentsOf: text.unicodeScalars)
      } else {
        result.append(scalar)
      }
      before = scalar
    }
    return String(result)
  }

  /// At most so many scalars, the end given up. Characters would not do: one of them can be as long as an answer.
  package func shortened(to most: Int) -> String {
    guard unicodeScalars.count > most else { return self }
    return String(Substring(unicodeScalars.prefix(most - 1))) + "…"
  }
}

extension Unicode.Scalar {
  /// Marks that join what stands before them. In front of a text they would join the markup before it: no parser reads it so,
  /// but whoever normalises the file (NFC) turns `>` and U+0338 into one other sign.
  var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// As a reference of XML, HTML or Markdown, which is text wherever it stands.
  var reference: String { "&#\(value);" }
}
