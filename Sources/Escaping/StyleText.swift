extension NeutralText {
  /// For a string in quotes within a style sheet of a page: letters, digits and spaces stand as they are, all else by its
  /// number. So nothing ends the string, the sheet or the page, and nothing is a reference to elsewhere.
  package static func style(_ text: String) -> String {
    text.printable.replacingScalars { scalar, _ in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", ",", ".": nil
      // The space ends the number.
      default: "\\\(String(scalar.value, radix: 16)) "
      }
    }
  }
}
