import Formats
import Rendering
import Testing

/// What counts as the same, line by line and member by member, where a report is made again.
@Suite("Lines and members compared")
struct ReportComparisonTests {
  @Test(
    "names, versions and whole numbers are equal to the byte, whatever digits they hold",
    arguments: [
      ("gpt-3.5-turbo", "gpt-4-turbo"), ("asked claude-3.5 twice", "asked claude-3.6 twice"), ("qwen1.5", "qwen1.6"),
      ("3.5-turbo", "3.6-turbo"), ("retort 0.1.0", "retort 0.1.1"), ("of 2.5b", "of 2.6b"), ("a/1.5", "a/1.6"),
      ("score 0.04", "score 1"), ("rank 3 of 3.", "rank 3 of 4."), ("rank 3", "rank 4"), ("0.5, 12", "0.5, 13"),
      ("13.66", "13.68"), ("9.9", "10.1"), ("K 1.5", "\u{212A} 1.5"), ("e\u{301} 1.5", "\u{E9} 1.5"),
      ("1.5e-05", "1.5e-04"), (#"title="M1.5""#, #"title="M1.6""#),
    ])
  func names(stated: String, computed: String) {
    #expect(ReportComparison.difference(stated: stated, computed: computed) != nil)
    #expect(ReportComparison.difference(stated: computed, computed: stated) != nil)
    let comparison = NumbersComparison(words: [], added: [])
    func document(_ text: String) -> JSONValue { .object(["member": .string(text)]) }
    #expect(comparison.difference(stated: document(stated), computed: document(computed))?.path == "member")
  }

  @Test(
    "a figure may differ by one unit of its last digit, in a sentence, a table, a drawing or a tree",
    arguments: [
      ("score 13.66 [11.49, 14.63].", "score 13.67 [11.49, 14.62]."), ("−0.32", "−0.33"), ("1.51e-05", "1.52e-05"),
      (#"<path class="x" d="M10.25 3.5V4.75"/>"#, #"<path class="x" d="M10.26 3.5V4.76"/>"#),
      ("(gpt-3.5:0.123,b:0.5)97:0.25;", "(gpt-3.5:0.124,b:0.5)97:0.25;"), ("10.0", "9.9"), ("7.00", "7.01"),
    ])
  func figures(stated: String, computed: String) {
    #expect(ReportComparison.difference(stated: stated, computed: computed) == nil)
    func document(_ text: String) -> JSONValue { .object(["tree": .string(text), "name": .string("x")]) }
    let (one, other) = (document(stated), document(computed))
    #expect(NumbersComparison(words: [], added: [], figures: ["tree"]).difference(stated: one, computed: other) == nil)
    #expect(NumbersComparison(words: [], added: []).difference(stated: one, computed: other)?.path == "tree")
  }
}
