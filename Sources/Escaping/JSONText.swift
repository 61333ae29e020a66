/// JSON that people and runners read: the same values, written so that the text commands neither a terminal nor a log, and
/// ends no element of a page that somebody puts it into.
package enum JSONText {
  /// - Parameter json: a document. Outside strings JSON has none of the scalars that are changed here, and within them any may
  ///   be written by its number.
  package static func inert(_ json: String) -> String {
    json.replacingScalars { scalar, before in
      switch scalar {
      case "\n", "\r", "\t", " ": nil
      case "<": escaped(scalar)
      // `##[` is a command wherever it stands in a line.
      case "#" where before == "#": escaped(scalar)
      default: scalar.printable == nil ? nil : escaped(scalar)
      }
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
