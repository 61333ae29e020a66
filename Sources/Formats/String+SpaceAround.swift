extension String {
  /// Without white space of any kind at its ends, no-break spaces, zero-width ones and byte order marks included: people see none
  /// of them, and spreadsheets and web pages leave them behind.
  package var withoutSpaceAround: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isInvisibleSpace }),
      let last = scalars.lastIndex(where: { !$0.isInvisibleSpace })
    else { return "" }
    return String(scalars[first...last])
  }
}

extension Unicode.Scalar {
  /// White space, or what has no width and joins nothing.
  package var isInvisibleSpace: Bool {
    properties.isWhitespace || self == "\u{200B}" || self == "\u{2060}" || self == "\u{FEFF}"
  }
}
