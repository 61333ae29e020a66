import Formats
import Foundation
import Testing

/// Whoever wants to change a sentence of the report finds it by a search for its words.
@Suite("Sentences in the sources")
struct SentenceSourceTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private static func lines(of folder: String) throws -> [(file: String, lines: [String])] {
    try FileBytes.list("\(root)/Sources/\(folder)").filter { $0.hasSuffix(".swift") }.map { name in
      let text = String(decoding: try FileBytes.read("\(root)/Sources/\(folder)/\(name)"), as: UTF8.self)
      return (name, text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }

  /// Places where a line joins a literal to one of the line before it, or to one of the next.
  static func joined(_ lines: [String]) -> [Int] {
    lines.enumerated().filter { _, line in
      let words = line.trimmingCharacters(in: .whitespaces)
      return words.hasPrefix("+ \"") || words.hasSuffix("\" +") || words.hasPrefix("+ #\"")
    }.map { $0.offset + 1 }
  }

  @Test("no literal of a sentence is joined to another across lines")
  func whole() throws {
    let files = try Self.lines(of: "Reporting/Sentences")
    #expect(files.count > 15)
    for (file, lines) in files { #expect(Self.joined(lines) == [], "\(file)") }
    #expect(Self.joined(["let a =", "  \"the first \"", "  + \"and the second\"", "  \"x\" +"]) == [3, 4])
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
    let places = try Self.lines(of: "Reporting/Sentences").filter { $0.lines.contains { $0.contains(sentence) } }
    #expect(places.count == 1)
  }
}
