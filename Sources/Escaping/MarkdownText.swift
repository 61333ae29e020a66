import Mustache

/// A line of Markdown, or a part of one, that shows a text and does nothing else: no emphasis, code, table, heading, list,
/// mathematics, link, image or reference, no HTML, and no command of a log that the file is printed into. Line ends become
/// spaces, since what follows one could be a block of any kind.
///
/// A space of no width keeps apart what sites look for in the finished page: addresses (`http://`, `www.`), mentions (`@name`)
/// and numbers of issues (`#1`). Names of emoji (`:x:`) are left to the site.
struct MarkdownText: MustacheContentType {
  func escapeText(_ text: String) -> String {
    let marked = Self.blockMark(text)
    var place = 0
    return text.replacingScalars { scalar, before in
      defer { place += 1 }
      if place == marked { return Self.isSpace(scalar) ? "&#32;" : "\\\(scalar)" }
      return (Self.needsGap(scalar, after: before) ? "\u{200B}" : "") + Self.escaped(scalar, before)
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar, _ before: Unicode.Scalar?) -> String {
    switch scalar {
    // Two colons begin a command where a line of a log does.
    case ":" where before == ":": "\\:"
    case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "~", "@", "$": "\\\(scalar)"
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    default: scalar.printable ?? (before == nil && scalar.isMark ? scalar.reference : String(scalar))
    }
  }

  private static func needsGap(_ scalar: Unicode.Scalar, after before: Unicode.Scalar?) -> Bool {
    switch before {
    case "@": true
    case ":": scalar == "/"
    case "#": ("0"..."9").contains(scalar)
    case "w", "W": scalar == "w" || scalar == "W"
    default: false
    }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar.printable == " " }

  /// The place of a sign that would begin a list, an underlined heading, a rule or a block of code where a line begins, counted
  /// in scalars: `-` or `+` before a space, `1.` or `1)` likewise, `---`, `===`, and the first of four spaces, which make code.
  private static func blockMark(_ text: String) -> Int? {
    func ends(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(isSpace) ?? true }
    let indent = text.unicodeScalars.prefix(4).prefix(while: isSpace).count
    guard indent < 4 else { return 0 }
    var rest = text.unicodeScalars.dropFirst(indent)
    guard let first = rest.popFirst() else { return nil }
    switch first {
    case "=": return indent
    case "-", "+": return ends(rest.first) || rest.first == first ? indent : nil
    case "0"..."9":
      // A number of ten digits begins no list.
      let digits = 1 + rest.prefix(8).prefix { ("0"..."9").contains($0) }.count
      rest = rest.dropFirst(digits - 1)
      guard let sign = rest.popFirst(), sign == "." || sign == ")", ends(rest.first) else { return nil }
      return indent + digits
    default: return nil
    }
  }
}

extension String {
  /// A path as the target of a link in Markdown: percent-encoded but for what a path may hold as it is (RFC 3986).
  package var markdownPath: String {
    utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "/"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
