import Cases
import Formats
import Foundation
import Testing

@Suite("Spellings")
struct SpellingTests {
  private static let file = "\(ProbeSetTests.folder)/spellings.json"

  @Test(
    "the catalogue that ships has a name and a measured share for each pair, and marks that its plain spelling lacks")
  func shipped() throws {
    let all = try Spelling.catalogue(try FileBytes.read(Self.file), file: "spellings.json")
    #expect(all.count >= 50 && Set(all.map(\.id)).count == all.count)
    for spelling in all {
      #expect(!spelling.name.isEmpty && spelling.cohort.models >= 10, "\(spelling.id)")
      let written = spelling.replace.map(\.mark).joined(separator: "\n")
      let plain = try #require(spelling.plain(written), "\(spelling.id)")
      #expect(plain.text != written && plain.marks >= 1)
    }
    // As counted by Python: what nearly everybody writes, and what hardly anybody does.
    let shares = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.cohort.answers) })
    #expect((shares["bold"] ?? 0) > (shares["bullet-plus"] ?? 1))
  }

  @Test("marks are replaced everywhere, or where a line begins, and counted; without marks there is nothing to compare")
  func plain() {
    func spelling(_ pairs: [(String, String)], _ place: Spelling.Place = .anywhere) -> Spelling {
      Spelling(
        id: "x", language: "en", name: "x", replace: pairs.map { .init(mark: $0, plain: $1) }, place: place,
        cohort: .init(models: 1, answers: 0, habit: 0))
    }
    let quotes = spelling([("“", "\""), ("”", "\"")])
    #expect(quotes.plain("“a” “b”").map { "\($0.text) \($0.marks)" } == "\"a\" \"b\" 4")
    #expect(quotes.plain("\"a\"") == nil)
    let list = spelling([("* ", "- ")], .line)
    #expect(list.plain("* a * b\n  * c\n\t* d")?.text == "- a * b\n  - c\n\t- d")
    #expect(list.plain("a * b") == nil && list.plain("") == nil)
    let rule = spelling([("---\n", "\n")], .line)
    #expect(rule.plain("---\n---\nx")?.marks == 2)
    // Bytes, not characters: a combining mark behind it does not hide a mark.
    #expect(spelling([("…", "...")]).plain("…\u{301}")?.text == "...\u{301}")
  }

  @Test(
    "a catalogue that cannot be read is told by entry",
    arguments: [
      ("{}", "no JSON list"), (#"[{"id":""}]"#, "entry 1 has no id"),
      (#"[{"id":"a","replace":[["x"]]}]"#, "entry 1 has no pairs"),
      (#"[{"id":"a","replace":[["x","y"]],"where":"end"}]"#, "where of entry 1"),
      (#"[{"id":"a","replace":[["x","y"]],"cohort":{"models":3,"answers":2,"habit":0}}]"#, "how usual"),
    ])
  func defects(text: String, words: String) {
    do throws(CasesError) {
      _ = try Spelling.catalogue(Array(text.utf8), file: "f.json")
      Issue.record("read: \(text)")
    } catch {
      #expect("\(error)".contains(words), "\(error)")
    }
  }
}
