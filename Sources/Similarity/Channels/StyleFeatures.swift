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
    var values = Self.structure(answer, characters)
    let perThousand = 1_000 / characters
    func rate(_ count: Int) -> Double { (Double(count) * perThousand).squareRoot() }

    var markCounts = [Int](repeating: 0, count: Self.marks.count)
    var digits = 0
    var capitals = 0
    var hasKana = false
    let asciiMarkIndex = Self.asciiMarkIndex
    let markIndex = Self.markIndex
    for value in text {
      if value < 0x80 {
        if value >= 0x30 && value <= 0x39 { digits += 1 }
        if value >= 0x41 && value <= 0x5A { capitals += 1 }
        if let index = asciiMarkIndex[Int(value)] { markCounts[index] += 1 }
      } else {
        if let index = markIndex[value] { markCounts[index] += 1 }
        if value >= 0x3040 && value <= 0x309F { hasKana = true }
        switch Unicode.Scalar(value)?.properties.generalCategory {
        case .decimalNumber: digits += 1
        case .uppercaseLetter: capitals += 1
        default: break
        }
      }
    }
    values += markCounts.map(rate)
    values.append(rate(text.occurrences(of: [0x2A, 0x2A])))

    var groups = [Int](repeating: 0, count: Self.wordGroups.count)
    let groupOfWord = Self.groupOfWord
    for (hash, isWord) in zip(answer.tokens.hashes, answer.tokens.isWord) where isWord {
      if let group = groupOfWord[hash] { groups[group] += 1 }
    }
    values += groups.map(rate)
    values += Self.phrases.map { hasKana ? rate(text.occurrences(of: $0)) : 0 }
    values += [rate(digits), rate(capitals)]
    self.values = values
  }

  private static let asciiMarkIndex: [Int?] = (0..<128).map { markIndex[$0] }

  /// Lines, sentences, lists, headings, first and last line, words.
  private static func structure(_ answer: PromptAnswers.Answer, _ characters: Double) -> [Double] {
    let text = answer.scalars
    let lines = text.split(separator: 0x0A).map(\.strippingWhiteSpace).filter { !$0.isEmpty }
    let lineCount = Double(max(lines.count, 1))
    let sentences = SentenceSplit.parts(text).count { text[$0].contains { !$0.isWhiteSpace } }
    let sentenceCount = Double(max(sentences, 1))
    func share(_ test: (ArraySlice<UInt32>) -> Bool) -> Double { Double(lines.count(where: test)) / lineCount }
    func ends(_ line: ArraySlice<UInt32>?, _ marks: [UInt32]) -> Double {
      line?.last.map { marks.contains($0) } == true ? 1 : 0
    }
    var words: [UInt64] = []
    words.reserveCapacity(answer.tokens.hashes.count)
    for (hash, isWord) in zip(answer.tokens.hashes, answer.tokens.isWord) where isWord { words.append(hash) }
    let firstWords = words.prefix(60)
    let log = Double.logOnGrid
    return [
      log(lineCount), log(sentenceCount), log(characters / lineCount), log(characters / sentenceCount),
      Double(text.occurrences(of: [0x0A, 0x0A])) / lineCount,
      share(isBullet), share(isNumbered), share { $0.first == 0x23 },
      lines.first.map { log(1 + Double($0.count)) } ?? 0, lines.last.map { log(1 + Double($0.count)) } ?? 0,
      ends(lines.first, [0x3A, 0xFF1A]), ends(lines.last, [0x2E, 0x3002]), ends(lines.last, [0x3F, 0xFF1F]),
      ends(lines.last, [0x21, 0xFF01]),
      Double(text.count { $0.isWordCharacter }) / Double(max(words.count, 1)),
      Double(Set(firstWords).count) / Double(max(firstWords.count, 1)),
    ]
  }

  private static func isBullet(_ line: ArraySlice<UInt32>) -> Bool {
    guard let first = line.first, [0x2D, 0x2A, 0x2022, 0x30FB].contains(first) else { return false }
    return line.dropFirst().first?.isWhiteSpace ?? false
  }

  private static func isNumbered(_ line: ArraySlice<UInt32>) -> Bool {
    let rest = line.drop { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0xFF10 && $0 <= 0xFF19 }
    guard rest.startIndex > line.startIndex, let mark = rest.first else { return false }
    return [0x2E, 0x29, 0xFF0E].contains(mark)
  }
}

extension [UInt32] {
  /// How often `phrase` occurs, occurrences that overlap counted once.
  func occurrences(of phrase: [UInt32]) -> Int {
    guard let first = phrase.first, count >= phrase.count else { return 0 }
    var found = 0
    var index = 0
    while index <= count - phrase.count {
      if self[index] == first, self[index..<index + phrase.count].elementsEqual(phrase) {
        found += 1
        index += phrase.count
      } else {
        index += 1
      }
    }
    return found
  }
}

extension UInt32 {
  /// Whether the scalar with this number belongs into a word token.
  fileprivate var isWordCharacter: Bool {
    if self < 0x80 {
      return self == 0x5F || (self >= 0x30 && self <= 0x39) || ((self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A)
    }
    return Unicode.Scalar(self)?.isWordCharacter ?? false
  }
}
