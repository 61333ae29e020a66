/// An answer with the place of each of its units in the text: for those who want to read what the channels count.
struct TokenText: Sendable {
  private let utf8: [UInt8]
  /// Ranges of bytes, one for each unit of `PromptAnswers.Answer.units`.
  let ranges: [Range<Int>]

  init(_ answer: PromptAnswers.Answer, byCharacters: Bool) {
    utf8 = answer.text.utf8
    ranges = byCharacters ? Self.characters(utf8) : Self.tokens(utf8)
  }

  /// The text of adjacent units as it is written, from the first to the last; line ends and other white space as one space.
  func text(_ units: Range<Int>) -> String {
    guard !units.isEmpty else { return "" }
    let bytes = utf8[ranges[units.lowerBound].lowerBound..<ranges[units.upperBound - 1].upperBound]
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether the unit is a word, not a mark.
  func isWord(_ unit: Int) -> Bool {
    let scalar = utf8.scalar(at: ranges[unit].lowerBound).0
    return scalar == "_" || scalar.isWordCharacter
  }

  private static func characters(_ utf8: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var index = 0
    var isSpace: [Bool] = []
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      ranges.append(index..<index + length)
      isSpace.append(scalar.value.isWhiteSpace)
      index += length
    }
    guard let first = isSpace.firstIndex(of: false), let last = isSpace.lastIndex(of: false) else { return [] }
    return Array(ranges[first...last])
  }

  private static func tokens(_ utf8: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var index = 0
    var word: Int?
    while index < utf8.count {
      let (scalar, length) = utf8.scalar(at: index)
      if scalar == "_" || scalar.isWordCharacter {
        if word == nil { word = index }
      } else {
        if let start = word { ranges.append(start..<index) }
        word = nil
        if !scalar.value.isWhiteSpace { ranges.append(index..<index + length) }
      }
      index += length
    }
    if let start = word { ranges.append(start..<utf8.count) }
    return ranges
  }
}
