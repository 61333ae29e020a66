import Formats
import Foundation
import Testing

/// Whoever wants to change a sentence of the report finds it by a search for its words.
@Suite("Sentences in the sources")
struct SentenceSourceTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static func lines(of folder: String) throws -> [(file: String, lines: [String])] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)").filter { $0.hasSuffix(".swift") }.sorted()
      .map {
        let text = String(decoding: try FileBytes.read("\(root)/\(folder)/\($0)"), as: UTF8.self)
        return ($0, text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
      }
  }

  /// Lines that join a literal of two words or more to what stands before or after it: `+ "…"`, `+ (… ? "…" : "…")`, `"…" +`.
  static func joined(_ lines: [String]) -> [Int] {
    lines.enumerated().filter { _, line in
      let words = line.trimmingCharacters(in: .whitespaces)
      let isJoined =
        words.hasPrefix("+ \"") || words.hasPrefix("+ #\"") || words.hasPrefix("+ (") || words.hasSuffix("\" +")
        || words.hasSuffix("\"# +")
      // Markup of figures is no prose, and a list of texts is none that is joined.
      return isJoined && !words.contains("[\"") && words.contains(#/"[^"<>|]*[a-z]{2,} [a-z]{2,}[^"<>]*"/#)
    }.map { $0.offset + 1 }
  }

  /// Lines of a long literal that end, by a backslash, where no sentence and no part of an enumeration ends.
  static func cut(_ lines: [String]) -> [Int] {
    var isInside = false
    return lines.enumerated().filter { _, line in
      let words = line.trimmingCharacters(in: .whitespaces)
      let wasInside = isInside
      if !words.hasPrefix("//"), words.components(separatedBy: "\"\"\"").count % 2 == 0 { isInside.toggle() }
      return wasInside && isInside && words.contains(#/[a-z0-9,:;] \\$/#)
    }.map { $0.offset + 1 }
  }

  @Test("no literal of a sentence is joined to another across lines, nor cut within a sentence")
  func whole() throws {
    let files = try Self.lines(of: "Sources")
    #expect(files.count > 400)
    // The texts that the demo's models learn from are not what the program says.
    for (file, lines) in files where !file.hasPrefix("DemoModels/Texts/") {
      #expect(Self.joined(lines) == [], "\(file)")
      #expect(Self.cut(lines) == [], "\(file)")
    }
  }

  @Test("what is joined or cut is seen, and what only looks like it is not")
  func seen() {
    let joined = [
      "let a =", #"  "the first""#, #"  + "and the second""#, #"  "one and two" +"#,
      #"  + (isOne ? "" : "of them all")"#,
    ]
    #expect(Self.joined(joined) == [3, 4, 5])
    let others = [##"  + #"<text class="small" x="1">one two</text>"#"##, "  + (rows)", #"  + " |""#, #"a + "b c""#]
    #expect(Self.joined(others) == [])
    let lines = [
      #"let a = """"#, #"  The whole. \"#, #"  The half: \"#, #"  and \"#, "  rest", #"  """"#, #"x, \"#,
    ]
    #expect(Self.cut(lines) == [3, 4])
  }

  @Test(
    "sentences of the committed reports stand whole in one line of the sources",
    arguments: [
      (
        "aligner/alpaca_eval/aligner-2b_claude-3-opus-20240229",
        "part of any closeness is that of the usual, not that of one teacher."
      ),
      (
        "aligner/alpaca_eval/aligner-2b_claude-3-opus-20240229",
        "A certificate of a host names its domain, not the weights behind it; names and fingerprints are what an endpoint says of itself."
      ),
      (
        "aligner/alpaca_eval/aligner-2b_qwen1.5-72b-chat",
        "The tree says which models are near each other, not why: the same teacher, the same base, the same developer and the same year have that effect as well."
      ),
      (
        "aligner/alpaca_eval/aligner-2b_qwen1.5-72b-chat",
        "that also depends on everything else that is known, which is for those who decide."
      ),
      (
        "claude2-alpaca/alpaca_eval/claude2-alpaca-13b",
        "whoever chose models, probes and method may have seen them."
      ),
      (
        "claude2-alpaca/alpaca_eval/claude2-alpaca-13b",
        "Asking the endpoints again gives other answers, and so other numbers, within about the intervals."
      ),
    ])
  func found(report: String, sentence: String) throws {
    let text = String(decoding: try FileBytes.read("\(Self.root)/Reports/\(report)/report.md"), as: UTF8.self)
    #expect(text.contains(sentence))
    let sentences = try ["Reporting", "Rendering"].flatMap { try Self.lines(of: "Sources/\($0)/Sentences") }
    let places = sentences.filter { $0.lines.contains { $0.contains(sentence) } }
    #expect(places.count == 1)
  }
}
