import Escaping
import Formats
import Foundation
import TestSupport
import Testing

/// Every escaper, with every delimiter of its target, through every class by which Unicode joins code points. What counts is
/// what a parser sees: bytes.
@Suite("Escaping")
struct EscapingTests {
  static func texts(_ delimiters: [String]) -> [String] {
    delimiters.flatMap { delimiter in
      GraphemeBreaks.classes.flatMap { GraphemeBreaks.around(delimiter, $0.scalar) }
    }
  }

  static func has(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    return text.count >= part.count && (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }

  @Test("in a style sheet nothing ends the string, the sheet or the page, and the text comes out again")
  func style() throws {
    for text in Self.texts(["\"", "\\", "</style>", "}", "url(http://x)", "@import", "\n", "<!--", "-->", "*/", "'"]) {
      let escaped = NeutralText.style(text)
      #expect(!escaped.utf8.contains { "\"'<>{}()@/*-:\n".utf8.contains($0) || $0 >= 0x80 }, "\(text.debugDescription)")
      // As a browser reads it: a backslash, digits of a number, and the space that ends them.
      var read = "".unicodeScalars
      var rest = escaped[...]
      while let first = rest.first {
        if let number = rest.prefixMatch(of: #/\\([0-9a-f]+) /#) {
          read.append(try #require(UInt32(number.1, radix: 16).flatMap { Unicode.Scalar($0) }))
          rest = rest[number.range.upperBound...]
        } else {
          #expect(first != "\\")
          read.append(contentsOf: first.unicodeScalars)
          rest = rest.dropFirst()
        }
      }
      #expect(String(read).utf8.elementsEqual(text.printable.utf8), "\(text.debugDescription)")
    }
  }

  @Test("in HTML, SVG and XML, text and attributes, no byte of markup is left but references")
  func markup() {
    let references = ["&lt;", "&gt;", "&quot;", "&#39;", "&amp;", "&#35;", "&#58;"]
    for text in Self.texts(["<", ">", "\"", "'", "&", "</p>", "<!--", "-->", "]]>", "<?", "##[", "::"]) {
      for escaped in [text.markup, NeutralText.xml(text)] {
        #expect(!escaped.utf8.contains { "<>\"'".utf8.contains($0) }, "\(text.debugDescription)")
        #expect(
          CommandScalars.found(in: escaped, but: [0x0A]).isEmpty && !Self.has(escaped, "##") && !Self.has(escaped, "::")
        )
        let bytes = Array(escaped.utf8)
        for place in bytes.indices where bytes[place] == UInt8(ascii: "&") {
          let rest = String(decoding: bytes[place...].prefix(8), as: UTF8.self)
          let isKnown = references.contains { Self.has(rest, $0) }
          #expect(isKnown || Self.has(rest, "&#"), "\(rest)")
        }
      }
      #expect(!NeutralText.xml(text).utf8.contains(0x0A))
    }
    // A mark in front would join the tag before it, for whoever normalises the file.
    #expect("\u{338}x".markup == "&#824;x" && "a\u{338}".markup == "a\u{338}" && "a\nb".markup == "a\nb")
  }

  @Test("in Markdown every mark is escaped, and no line begins a block")
  func markdown() {
    let marks = Set("`*_{}[]#|~@$".utf8)
    for text in Self.texts([
      "`", "*", "_", "{", "}", "[", "]", "#", "|", "~", "@", "$", "\\", "<", ">", "&", "![a](b)", "[a]: b", "<!--",
      "```",
      "~~~", "http://a.b", "www.a.b", "@octocat", "#1", "&#91;", "&lt;", "::", "##[",
    ]) {
      let escaped = text.markdown
      #expect(CommandScalars.found(in: escaped).isEmpty, "\(text.debugDescription)")
      for part in ["<", ">", "://", "www", "##[", "::"] { #expect(!Self.has(escaped, part), "\(part) in \(escaped)") }
      let bytes = Array(escaped.utf8)
      var backslashes = 0
      for (place, byte) in bytes.enumerated() {
        if marks.contains(byte), !(byte == UInt8(ascii: "#") && place > 0 && bytes[place - 1] == UInt8(ascii: "&")) {
          #expect(backslashes % 2 == 1, "\(text.debugDescription) gives \(escaped)")
        }
        if byte == UInt8(ascii: "&") {
          let rest = String(decoding: bytes[place...].prefix(5), as: UTF8.self)
          #expect(["&lt;", "&gt;", "&amp;", "&#"].contains { Self.has(rest, $0) }, "\(rest)")
        }
        backslashes = byte == UInt8(ascii: "\\") ? backslashes + 1 : 0
      }
      #expect(backslashes % 2 == 0, "a backslash at the end would escape what follows")
    }
    for (text, escaped) in [
      ("- a", "\\- a"), ("+ a", "\\+ a"), ("---", "\\---"), ("===", "\\==="), ("-1.5", "-1.5"), ("1. a", "1\\. a"),
      ("12) a", "12\\) a"), ("1.5 a", "1.5 a"), ("    a", "&#32;   a"), ("\ta", " a"), ("  - a", "  \\- a"),
      (" 1) a", " 1\\) a"), ("-", "\\-"), ("a - b", "a - b"),
      ("2026-11-28. x", "2026-11-28. x"), ("1234567890. a", "1234567890. a"),
    ] { #expect(text.markdown == escaped) }
  }

  @Test("no text ends its fence or leaves a command in it")
  func fenced() {
    for text in Self.texts(["`", "```", "````", "\n```\n", "\r\n```\r\n", "::error::", "##[error]"]) {
      let lines = NeutralText.fenced(text).split(separator: "\n", omittingEmptySubsequences: false)
      let fence = String(lines[lines.count - 1])
      #expect(fence.utf8.allSatisfy { $0 == UInt8(ascii: "`") } && lines[0] == fence + "text")
      for line in lines.dropFirst().dropLast() {
        #expect(!Self.has(String(line), fence) && !Self.has(String(line), "##[") && !Self.has(String(line), "::"))
        #expect(CommandScalars.found(in: String(line)).isEmpty)
      }
    }
  }

  @Test("a line of a log or a terminal holds no command of a runner and no control character")
  func log() {
    for text in Self.texts([
      "::", "##[", "##vso[", "##teamcity[", "::error::x", "section_start:1:a\r\u{1B}[0K", "\u{1B}]8;;http://a\u{7}",
    ]) {
      let line = text.harmless
      #expect(
        CommandScalars.found(in: line).isEmpty && !Self.has(line, "::") && !Self.has(line, "##"),
        "\(text.debugDescription)")
      #expect(line.harmless == line)
      for command in [NeutralText.workflowMessage(text), NeutralText.workflowProperty(text)] {
        #expect(!Self.has(command, "::") && !Self.has(command, "##") && CommandScalars.found(in: command).isEmpty)
      }
    }
    for text in Self.texts(["%0A", ":", ",", "%"]) {
      let bytes = Array(NeutralText.workflowProperty(text).utf8)
      #expect(!bytes.contains(UInt8(ascii: ":")) && !bytes.contains(UInt8(ascii: ",")))
      for place in bytes.indices where bytes[place] == UInt8(ascii: "%") {
        #expect(["%25", "%3A", "%2C"].contains(String(decoding: bytes[place...].prefix(3), as: UTF8.self)))
      }
    }
  }

  @Test("JSON for people has the same values, and no command, tag or invisible scalar")
  func json() throws {
    for text in Self.texts(["<", "</script>", "##[", "::", "\"", "\\", "\\u0023"]) {
      let plain = JSONValue.object(["a\(text)": .array([.string(text), .null])])
      let inert = JSONText.inert(plain.canonical)
      #expect(JSONValue(parsing: inert) == plain, "\(text.debugDescription)")
      #expect(!Self.has(inert, "<") && !Self.has(inert, "##") && CommandScalars.found(in: inert).isEmpty)
      #expect(JSONText.inert(inert) == inert)
    }
    #expect(JSONText.inert("{\n  \"a\": [1, \"é\"]\n}\n") == "{\n  \"a\": [1, \"é\"]\n}\n")
  }

  @Test("a field of a table is one field, and no formula")
  func csv() throws {
    for text in Self.texts([",", "\"", "\r\n", "=1+1", "@a", "+1", "-1+1", "＝1", "\t=1", " =1", ";"]) {
      let field = CSVField.text(text)
      let bytes = Array(field.utf8)
      #expect(CommandScalars.found(in: field).isEmpty, "\(text.debugDescription)")
      let isQuoted = bytes.first == UInt8(ascii: "\"")
      let inner = isQuoted ? bytes.dropFirst().dropLast() : bytes[...]
      if isQuoted {
        #expect(bytes.count > 1 && bytes.last == UInt8(ascii: "\""))
        // Quotes within stand in twos.
        let runs = inner.split(omittingEmptySubsequences: true) { $0 != UInt8(ascii: "\"") }
        #expect(runs.allSatisfy { $0.count % 2 == 0 })
      } else {
        #expect(!bytes.contains(UInt8(ascii: ",")) && !bytes.contains(UInt8(ascii: "\"")))
      }
      let first = String(decoding: inner, as: UTF8.self).unicodeScalars.first { $0 != " " }
      #expect(first.map { !"=+-@＝＋－＠".unicodeScalars.contains($0) } ?? true, "\(field)")
    }
    #expect(CSVField.text("-1.5") == "-1.5" && CSVField.text("gpt-4") == "gpt-4")
    #expect(CSVField.text("@cf/meta") == "\"'@cf/meta\"" && CSVField.text("a\"b") == "\"a\"\"b\"")
  }

  @Test("templates escape each value for their kind, in every part that they take in")
  func templates() throws {
    struct View { let text: String, list: [String] }
    for text in Self.texts(["<", "\"", "&", "|", "["]) {
      for (kind, expected) in [(EscapedTemplate.Kind.html, text.markup), (.markdown, text.markdown)] {
        let made = try EscapedTemplate(
          kind, "({{text}})\n{{#list}}\n{{> part}}\n{{/list}}\n({{text}})",
          parts: ["part": "({{.}})\n{{> leaf}}\n", "leaf": "({{.}})\n"]
        ).render(View(text: text, list: [text]))
        #expect(made == Array(repeating: "(\(expected))", count: 4).joined(separator: "\n"))
      }
    }
  }

  @Test("templates are made in one place, and nothing in them is left unescaped but our own figures")
  func sources() throws {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var seen = 0
    var found: [String: [String]] = [:]
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = String(decoding: try FileBytes.read(file.path), as: UTF8.self)
      seen += 1
      let isMaker = file.lastPathComponent == "EscapedTemplate.swift"
      #expect(
        isMaker || !text.contains("MustacheTemplate(") && !text.contains("MustacheLibrary("),
        "\(file.lastPathComponent)")
      if file.path.contains("/Escaping/") {
        #expect(!text.contains("replacingOccurrences") && !text.contains(": Character"), "\(file.lastPathComponent)")
      }
      guard text.contains("Mustache") || text.contains("{{#") else { continue }
      let unescaped = text.components(separatedBy: "{{{").dropFirst().map { $0.components(separatedBy: "}}}")[0] }
      if !unescaped.isEmpty { found[file.lastPathComponent] = unescaped.sorted() }
      #expect(!text.contains("{{&"))
    }
    #expect(seen > 100)
    // Labels are written for a style sheet, where references of HTML mean nothing.
    #expect(found == ["ReportTemplates.swift": ["labels", "svg"]])
  }
}
