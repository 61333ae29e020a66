import Escaping
import Formats
import Foundation
import Likelihood
import Rendering
import Reporting
import TestSupport
import Testing

/// Models know that their answers are read by programs. Whatever they write stays text.
@Suite("Hostile text of models")
struct HostileTextTests {
  /// As a model's answer came out of a JSON parser, broken escapes and all.
  static let attacks: [String] = [
    "<script>parent.reached=true</script><img src=http://127.0.0.1:9/a onerror=parent.reached=true>",
    "</p></div></body><iframe src=http://127.0.0.1:9/b></iframe><svg onload=parent.reached=true>",
    "<style>@import url(http://127.0.0.1:9/c);</style><link rel=stylesheet href=http://127.0.0.1:9/d>",
    "{{{html}}} {{> html-table}} {{#rows}}x{{/rows}} ]]> --> <!-- <meta http-equiv=refresh content=0>",
    "::error file=a,line=1::owned\n::add-mask::x\r\n##[error]owned\n::stop-commands::t %0A::set-output name=a::b",
    "\u{1B}[2J\u{1B}]0;title\u{7}\u{1B}]8;;http://127.0.0.1:9/\u{1B}\\link \u{9B}31m\u{90}q \u{8}\u{8}\u{7F}",
    "abc \u{202E}drowssap\u{202C} \u{2066}x\u{2069} \u{200F}y \u{FEFF}z \u{2028}w \u{FFF9}v",
    "| a | b |\n|---|---|\n| [x](javascript:parent.reached=true) | ![y](http://127.0.0.1:9/e) | `` ``` ~~~",
    "# Verdict\n\n- **stands out**: guilty\n\n> @octocat \\*x\\* <details open><summary>s</summary>",
    "<a href=javascript:parent.reached=true>x</a><form action=http://127.0.0.1:9/f><input autofocus onfocus=parent.reached=true>",
  ]

  static func broken() -> [String] {
    // Lone surrogates, an overlong sequence, a cut one: as a JSON document and as bytes.
    let escaped = [#"{"t":"a\ud800b \udc00\ud83d x"}"#, #"{"t":"\u0000\u001b[31m\u009b1m\u202e"}"#]
    let parsed = escaped.compactMap { JSONValue(parsing: $0)?["t"]?.string }
    let bytes = [[0xC0, 0xAF, 0x41], [0xED, 0xA0, 0x80, 0x42], [0xF0, 0x9F, 0x92], [0xFF, 0xFE, 0x43]] as [[UInt8]]
    return parsed + bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  static func report() async throws -> Report {
    let texts = attacks + broken()
    let contents = ReportFixtures.contents(
      models: ReportFixtures.names(7), prompts: texts.count * 3,
      asked: { texts[$0 % texts.count] }
    ) { place, prompt in
      // Suspect and candidate say the same attack, so that it is quoted in every place that quotes.
      place < 2 ? texts[prompt % texts.count] : "\(texts[prompt % texts.count]) \(ReportFixtures.voice(place, prompt))"
    }
    return try await ReportFixtures.report(contents)
  }

  /// Reports in which each attack is in turn the answer that is shown.
  static func reports() async throws -> [Report] {
    var all = [try await report()]
    for attack in attacks + broken() {
      let contents = ReportFixtures.contents(
        models: ReportFixtures.names(7), prompts: 4, asked: { _ in attack }
      ) { place, prompt in
        place < 2 ? "\(attack) \(prompt) \(attack)" : ReportFixtures.voice(place, prompt)
      }
      all.append(try await ReportFixtures.report(contents, replicates: 10))
    }
    return all
  }

  /// Scalars that a terminal, a browser or an editor obeys.
  static func commands(_ text: String, but allowed: Set<UInt32> = [0x0A]) -> [UInt32] {
    text.unicodeScalars.map(\.value).filter { value in
      !allowed.contains(value)
        && (value < 0x20 || (0x7F...0x9F).contains(value) || (0x202A...0x202E).contains(value)
          || (0x2066...0x2069).contains(value) || [0x200E, 0x200F, 0x061C, 0xFEFF, 0x2028, 0x2029].contains(value))
    }
  }

  @Test("no rendering holds a control character, a mark of direction or a workflow command at the start of a line")
  func neutral() async throws {
    for report in try await Self.reports() {
      let texts =
        try ReportFixtures.renderings(report) + [report.spokenAnswer.candidates.map(\.sentence).joined(separator: "\n")]
      for text in texts {
        #expect(Self.commands(text) == [])
        for line in text.split(separator: "\n") {
          let start = line.drop { $0 == " " }
          #expect(!start.hasPrefix("::") && !line.contains("##["), "\(line.prefix(80))")
        }
      }
    }
  }

  @Test("in Markdown it is text: no tag, no link, no heading, no cell of its own")
  func markdown() async throws {
    for report in try await Self.reports() {
      let markdown = try report.markdown()
      for tag in ["<script", "<img", "<iframe", "<svg", "<style", "<a ", "<form", "<meta", "<details"] {
        #expect(!markdown.contains(tag), "\(tag)")
      }
      let bare = markdown.replacingOccurrences(of: "\\]", with: "").replacingOccurrences(of: "\\[", with: "")
      #expect(!bare.contains("](") && !bare.contains("!["))
      #expect(!markdown.contains("\n# Verdict") && !markdown.contains("- **stands out**: guilty"))
      // Every row of a table has as many cells as its head.
      var width: Int?
      for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
        guard line.hasPrefix("|") else {
          width = nil
          continue
        }
        let cells = line.replacingOccurrences(of: "\\|", with: "").count { $0 == "|" }
        if let width { #expect(cells == width, "\(line.prefix(120))") }
        width = width ?? cells
      }
    }
  }

  @Test(
    "in the browser no script runs, no request leaves, and the words are there",
    .enabled(if: HeadlessBrowser.isHere, "\(HeadlessBrowser.note)"))
  func browser() async throws {
    for (place, report) in try await Self.reports().enumerated() {
      let html = try report.html()
      let found = try #require(try HeadlessBrowser.layouts(of: html, widths: [1_280]).first)
      #expect(!found.reached && found.scripts == 0 && found.requests.isEmpty && found.errors.isEmpty, "\(place)")
      #expect(html.components(separatedBy: "<svg").count == html.components(separatedBy: "</svg>").count)
      if (1...Self.attacks.count).contains(place) {
        // What is shown of an answer is the answer, space and forbidden scalars apart.
        let words = Self.attacks[place - 1].printable.split(whereSeparator: \.isWhitespace).prefix(3)
        for word in words { #expect(found.text.contains(word), "\(word)") }
      }
    }
  }
}
