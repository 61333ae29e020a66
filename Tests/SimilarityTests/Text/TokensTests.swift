import Foundation
import Similarity
import Statistics
import TestSupport
import Testing

@Suite("Tokens")
struct TokensTests {
  /// Numbers the tokens in the order of their first occurrence: hashes have no other meaning.
  private func pattern(_ text: String) -> [Int] {
    var numbers: [UInt64: Int] = [:]
    return Tokens(text).hashes.map { hash in
      if let known = numbers[hash] { return known }
      numbers[hash] = numbers.count
      return numbers.count - 1
    }
  }

  @Test("words are lower-cased, marks stand alone, white space is nothing")
  func ascii() {
    #expect(pattern("The cat -- the CAT!") == [0, 1, 2, 2, 0, 1, 3])
    #expect(Tokens("a_1 b.\n\tc").shapes == [.word, .word, .mark, .word])
    #expect(pattern("") == [])
    #expect(pattern(" \n ") == [])
  }

  @Test("the shape of a word is its first ending in English, or that it begins with a digit")
  func shapes() {
    let words = "Walking red only cats nation moment kindness city 3rd ٣rd ing ed s x йing naïf ЧАС TION"
    #expect(
      Tokens(words).shapes == [
        .ing, .ed, .ly, .s, .noun, .noun, .s, .noun, .number, .number, .ing, .ed, .s, .word, .ing, .word, .word, .noun,
      ])
    #expect(Tokens("Tell me, is it 4?").shapes == [.word, .word, .mark, .s, .word, .number, .mark])
  }

  @Test("letters of every script are lower-cased, and words end at the same scalars as by the library's properties")
  func scalars() {
    var wrong: [UInt32] = []
    for value in UInt32(0x80)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value), !(0xE000...0xF8FF).contains(value) else { continue }
      let own = scalar.properties
      let isWord =
        switch own.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
          .letterNumber, .otherNumber:
          true
        case .nonspacingMark, .spacingMark: !own.isDefaultIgnorableCodePoint
        default: false
        }
      // Composed, as a text is before it is parted; what is more than one scalar then is another text.
      let composed = String(scalar).precomposedStringWithCanonicalMapping
      guard composed.unicodeScalars.count == 1, composed.unicodeScalars.first == scalar else { continue }
      let found = Tokens(composed)
      let expected: [TokenShape] =
        isWord ? [own.generalCategory == .decimalNumber ? .number : .word] : own.isWhitespace ? [] : [.mark]
      let lower = Tokens(own.lowercaseMapping.precomposedStringWithCanonicalMapping)
      if found.shapes != expected || isWord && lower.hashes.count == 1 && found.hashes != lower.hashes {
        wrong.append(value)
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count), first \(wrong.prefix(5))")
  }

  @Test("composed and decomposed letters are one token")
  func composed() { #expect(Tokens("caf\u{E9}").hashes == Tokens("Cafe\u{301}").hashes) }

  @Test("text taken for composed is what Foundation composes, after every kind of letter that something can join")
  func composedBlocks() {
    var wrong: [String] = []
    for value in UInt32(0x80)...0x2FA1F {
      guard let scalar = Unicode.Scalar(value), !(0xE000...0xF8FF).contains(value) else { continue }
      for base in ["e", "か", "가"] {
        let text = base + String(scalar)
        if NormalisedText(text).utf8 != Array(text.precomposedStringWithCanonicalMapping.utf8) { wrong.append(text) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count), first \(wrong.prefix(5).map { $0.unicodeScalars.map(\.value) })")
  }

  @Test(
    "a long text of letters that come apart is composed as its parts are, in the time of its length",
    .timeLimit(.minutes(1)),
    arguments: [
      ("e\u{301}", "\u{E9}"), ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), ("か\u{3099}", "が"),
      ("α\u{301}", "ά"), ("ا\u{653}", "آ"), ("ক\u{9C7}\u{9BE}", "কো"),
      ("x q\u{323}\u{307}", "x q\u{323}\u{307}"),
    ])
  func longComposed(apart: String, composed: String) {
    // Times the length, it would take minutes.
    let count = 300_000
    let text = NormalisedText(String(repeating: apart, count: count))
    #expect(text.utf8 == Array(String(repeating: composed, count: count).utf8))
  }

  @Test("however a long text is cut, it is composed as the whole is")
  func composedInPieces() {
    var generator = SeededGenerator(seed: 20)
    let scalars: [Unicode.Scalar] = [
      "a", " ", "e", "\u{301}", "\u{323}", "\u{344}", "α", "ω", "\u{345}", "ا", "\u{653}", "\u{654}", "ক", "\u{9C7}",
      "\u{9BE}",
      "\u{9D7}", "\u{B47}", "\u{B3E}", "\u{915}", "\u{93C}", "\u{958}", "\u{1025}", "\u{102E}", "\u{1100}", "\u{1161}",
      "\u{11A8}",
      "\u{AC00}", "か", "\u{3099}", "\u{16D67}", "\u{F71}", "\u{F72}", "\u{F73}", "\u{1F00}", "\u{2126}", "\u{FB1D}",
      "\u{1D15E}",
    ]
    for _ in 0..<20 {
      var text = String.UnicodeScalarView()
      for _ in 0..<4_000 { text.append(scalars[Int(generator.next() % UInt64(scalars.count))]) }
      let whole = String(text).precomposedStringWithCanonicalMapping
      #expect(NormalisedText(String(text)).utf8.elementsEqual(whole.utf8))
    }
  }

  @Test(
    "tokens are those of Python's \\w+|[^\\w\\s]", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func python() throws {
    let texts = [
      "Hello, World! It's 3.14 -- isn't it? (yes_no)", "Größe: ÄPFEL & Öl; naïve café", "Привет, Мир! Ещё раз.",
      "日本語のテキスト、mixed with English。", "**bold** `code` #1\r\n\t- item\u{A0}x", "🙂👍🏽 emoji—dash…", "İstanbul ǅ ǆ ﬁ ½ ² ①",
    ]
    let script = """
      import json, re, sys, unicodedata
      out = []
      for text in json.load(sys.stdin):
        seen = {}
        tokens = re.findall(r"\\w+|[^\\w\\s]", unicodedata.normalize("NFC", text))
        out.append([seen.setdefault(t.lower(), len(seen)) for t in tokens])
      print(json.dumps(out))
      """
    let expected = try JSONDecoder().decode(
      [[Int]].self, from: IndependentPython.run(script, input: JSONEncoder().encode(texts)))
    for (text, numbers) in zip(texts, expected) { #expect(pattern(text) == numbers, "\(text)") }
  }
}
