import Statistics

/// How a single answer is built: 72 numbers of structure, marks and words. Rates are a thousand characters each, under a
/// square root, which evens the spread of counts.
struct StyleFeatures: Sendable {
  static let count = 16 + marks.count + 1 + wordGroups.count + phrases.count + 2

  /// In the order of `structure`, `marks`, `**`, `wordGroups`, `phrases`, digits, capitals.
  let values: [Double]

  /// Counted as single characters. `**`, bold in Markdown, is counted as a pair.
  private static let marks = Array(",;:!?(\"'—–-…/*`、。「！？：（・".unicodeScalars.map(\.value))

  /// English words that answers differ in, lower-cased; parts of contractions stand alone, since an apostrophe is a mark.
  private static let wordGroups: [[String]] = [
    ["i", "me", "my"], ["you", "your"], ["we", "our", "us"], ["s", "t", "re", "ll", "ve", "m", "d"],
    ["however", "but", "although", "though"], ["additionally", "furthermore", "moreover", "also"],
    ["overall", "conclusion", "summary", "ultimately"], ["may", "might", "could", "can"],
    ["sure", "certainly", "absolutely", "course"], ["here", "following", "below"],
    ["important", "essential", "crucial"], ["is", "are", "was", "were"], ["the"], ["and"], ["that", "which"], ["to"],
    ["of"], ["a", "an"],
  ]

  /// Japanese: endings of sentences, and particles.
  private static let phraseTexts = ["です", "ます", "である", "ました", "ください", "こと", "は", "が", "の", "を", "に", "と"]
  private static let phrases = phraseTexts.map { $0.unicodeScalars.map(\.value) }

  private static let markIndex = Dictionary(uniqueKeysWithValues: marks.enumerated().map { ($1, $0) })

  private static let groupOfWord: WordIndex = {
    var groups: [UInt64: Int] = [:]
    for (index, words) in wordGroups.enumerated() {
      for word in words { if let hash = Tokens(word).hashes.first { groups[hash] = index } }
    }
    return WordIndex(groups)
  }()

  /// What each of `values` is, in words.
  static let names =
    [
      "lines", "sentences", "characters a line", "characters a sentence", "blank lines", "bullets", "numbered items",
      "headings", "first line's length", "last line's length", "first line ends in a colon",
      "last line ends in a full stop", "last line ends in a question mark", "last line ends in an exclamation mark",
      "letters a word", "different words of the first 60",
    ] + marks.map { "mark \(Unicode.Scalar($0).map(String.init) ?? "")" } + ["bold **"]
    + wordGroups.map { "words \($0.joined(separator: "/"))" }
    + phraseTexts.map { "phrase \($0)" }
    + ["digits", "capitals"]

  init(_ answer: PromptAnswers.Answer) {
    let text = answer.scalars
    let characters = Double(max(text.count, 1))
    let words = answer.tokens.words
    let counts = CharacterCounts(text)
    var values = Self.structure(text, words, counts, characters)
    let perThousand = 1_000 / characters
    func rate(_ count: Int) -> Double { (Double(count) * perThousand).squareRoot() }

    values += counts.marks.map(rate)
    values.append(rate(counts.boldMarks))

    var groups = [Int](repeating: 0, count: Self.wordGroups.count)
    let groupOfWord = Self.groupOfWord
    for word in words {
      if let group = groupOfWord[word] { groups[group] += 1 }
    }
    values += groups.map(rate)
    values += Self.phrases.map { counts.hasKana ? rate(text.occurrences(of: $0)) : 0 }
    values += [rate(counts.digits), rate(counts.capitals)]
    self.values = values
  }

  /// How often single characters occur, and pairs of some.
  private struct CharacterCounts {
    /// In the order of `StyleFeatures.marks`.
    private(set) var marks = [Int](repeating: 0, count: StyleFeatures.marks.count)
    private(set) var digits = 0
    private(set) var capitals = 0
    /// Characters of words.
    private(set) var ofWords = 0
    private(set) var hasKana = false
    private(set) var boldMarks = 0
    private(set) var blankLines = 0

    init(_ text: [UInt32]) {
      let markIndex = StyleFeatures.markIndex
      var ascii = [Int](repeating: 0, count: 0x80)
      var counts = ascii.mutableSpan
      let scalars = text.span
      for place in scalars.indices {
        let value = scalars[place]
        guard value >= 0x80 else {
          counts[Int(value)] += 1
          continue
        }
        if let index = markIndex[value] { marks[index] += 1 }
        if value >= 0x3040 && value <= 0x309F { hasKana = true }
        guard let scalar = Unicode.Scalar(value) else { continue }
        let kind = ScalarKind(scalar)
        if kind.contains(.word) { ofWords += 1 }
        if kind.contains(.decimalDigit) { digits += 1 }
        if kind.contains(.capital) { capitals += 1 }
      }
      for (value, count) in ascii.enumerated() where count > 0 {
        let value = UInt32(value)
        if let index = markIndex[value] { marks[index] += count }
        if value >= 0x30 && value <= 0x39 { digits += count }
        if value >= 0x41 && value <= 0x5A { capitals += count }
        if value.isASCIIWordCharacter { ofWords += count }
      }
      if ascii[0x2A] > 1 { boldMarks = text.occurrences(of: [0x2A, 0x2A]) }
      if ascii[0x0A] > 1 { blankLines = text.occurrences(of: [0x0A, 0x0A]) }
    }
  }

  /// The lines that say something, without white space at their ends.
  private static func lines(_ text: [UInt32]) -> [ArraySlice<UInt32>] {
    var lines: [ArraySlice<UInt32>] = []
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, text[end] != 0x0A { end += 1 }
      let line = text[start..<end].strippingWhiteSpace
      if !line.isEmpty { lines.append(line) }
      start = end + 1
    }
    return lines
  }

  /// Lines, sentences, lists, headings, first and last line, words.
  private static func structure(
    _ text: [UInt32], _ words: [UInt64], _ counts: CharacterCounts, _ characters: Double
  ) -> [Double] {
    let lines = lines(text)
    let lineCount = Double(max(lines.count, 1))
    let sentences = SentenceSplit.parts(text).count { text[$0].contains { !$0.isWhiteSpace } }
    let sentenceCount = Double(max(sentences, 1))
    func share(_ test: (ArraySlice<UInt32>) -> Bool) -> Double { Double(lines.count(where: test)) / lineCount }
    func ends(_ line: ArraySlice<UInt32>?, _ marks: [UInt32]) -> Double {
      line?.last.map { marks.contains($0) } == true ? 1 : 0
    }
    let firstWords = words.prefix(60)
    var differentWords = FeatureTable(capacity: firstWords.count)
    _ = differentWords.numbers(of: firstWords)
    let log = Double.logOnGrid
    return [
      log(lineCount), log(sentenceCount), log(characters / lineCount), log(characters / sentenceCount),
      Double(counts.blankLines) / lineCount,
      share(isBullet), share(isNumbered), share { $0.first == 0x23 },
      lines.first.map { log(1 + Double($0.count)) } ?? 0, lines.last.map { log(1 + Double($0.count)) } ?? 0,
      ends(lines.first, [0x3A, 0xFF1A]), ends(lines.last, [0x2E, 0x3002]), ends(lines.last, [0x3F, 0xFF1F]),
      ends(lines.last, [0x21, 0xFF01]),
      Double(counts.ofWords) / Double(max(words.count, 1)),
      Double(differentWords.count) / Double(max(firstWords.count, 1)),
    ]
  }

  private static func isBullet(_ line: ArraySlice<UInt32>) -> Bool {
    switch line.first {
    case 0x2D, 0x2A, 0x2022, 0x30FB: line.dropFirst().first?.isWhiteSpace ?? false
    default: false
    }
  }

  private static func isNumbered(_ line: ArraySlice<UInt32>) -> Bool {
    let rest = line.drop { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0xFF10 && $0 <= 0xFF19 }
    guard rest.startIndex > line.startIndex else { return false }
    return switch rest.first {
    case 0x2E, 0x29, 0xFF0E: true
    default: false
    }
  }
}

extension [UInt32] {
  /// How often `phrase` occurs, occurrences that overlap counted once.
  func occurrences(of phrase: [UInt32]) -> Int {
    guard let first = phrase.first, count >= phrase.count else { return 0 }
    let (all, length) = (span, phrase.count)
    var found = 0
    var index = 0
    while index <= all.count - length {
      if all[index] == first, (1..<length).allSatisfy({ self[index + $0] == phrase[$0] }) {
        found += 1
        index += length
      } else {
        index += 1
      }
    }
    return found
  }
}

extension UInt32 {
  /// Whether the scalar of ASCII with this number belongs into a word token.
  fileprivate var isASCIIWordCharacter: Bool {
    self == 0x5F || (self >= 0x30 && self <= 0x39) || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A)
  }
}
