import Cases
import Escaping
package import Reporting
package import Validation

/// The first page's answers on a terminal: of each candidate two to four lines, then a line or two for what kind, which of
/// those named, and what would change it; and one for what likelihoods say beside it.
package struct AnswerText {
  private let answer: SpokenAnswer
  private let likelihoods: ReferenceFindings?
  private let width: Int
  private let bold: (String) -> String

  /// - Parameters:
  ///   - likelihoods: of the same suspect and candidates; nil where nobody was asked for them.
  ///   - width: columns of the terminal; nil where lines go to a file or a program, which may want them whole.
  ///   - bold: makes a word stand out, where the terminal can.
  package init(
    _ answer: SpokenAnswer, likelihoods: ReferenceFindings? = nil, width: Int?,
    bold: @escaping (String) -> String = { $0 }
  ) {
    self.answer = answer
    self.likelihoods = likelihoods
    self.width = width.map { max($0, 40) } ?? .max / 2
    self.bold = bold
  }

  package var lines: [String] {
    answer.groups.flatMap(lines) + answer.candidates.flatMap(lines) + rest
      + answer.further.flatMap { wrapped($0.question, $0.sentence) }
      + beside
  }

  /// Of the first candidate alone.
  package var firstCandidate: [String] { answer.candidates.first.map(lines) ?? [] }

  private func lines(_ candidate: SpokenAnswer.Candidate) -> [String] {
    ["\(candidate.mark) \(bold(candidate.model.rawValue.harmless)): \(bold(candidate.words.harmless))"]
      + Self.wrap(candidate.sentence.harmless, width: width - 2).map { "  \($0)" }
  }

  private func lines(_ group: SpokenAnswer.Group) -> [String] {
    ["\(group.mark) \(bold(group.name.harmless)): \(bold(group.words.harmless))"]
      + Self.wrap(group.sentence.harmless, width: width - 2).map { "  \($0)" }
  }

  private var rest: [String] {
    answer.others > 0 ? ["  \(answer.others) more candidates, none with a higher ratio, stand in the report."] : []
  }

  private var beside: [String] {
    guard let likelihoods else { return [] }
    return wrapped(LikelihoodWording.question, LikelihoodWording.beside(likelihoods).printable)
  }

  private func wrapped(_ question: String, _ sentence: String) -> [String] {
    Self.wrap("\(question) \(sentence)".harmless, width: width).enumerated().map { place, line in
      place == 0 && line.hasPrefix(question) ? bold(question) + line.dropFirst(question.count) : line
    }
  }

  /// Lines of at most `width` columns, broken between words; a word that is longer stands alone. A character of Chinese,
  /// Japanese or Korean takes two columns.
  package static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var columns = 0
    for word in text.split(separator: " ") {
      let size = self.columns(word)
      if columns > 0, columns + 1 + size > width {
        lines.append(line)
        (line, columns) = ("", 0)
      }
      line += columns == 0 ? String(word) : " \(word)"
      columns += (columns == 0 ? 0 : 1) + size
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static func columns(_ word: Substring) -> Int {
    word.unicodeScalars.reduce(0) { sum, scalar in
      let isWide =
        scalar.properties.isIdeographic || (0x3040...0x30FF).contains(scalar.value)
        || (0xAC00...0xD7A3).contains(scalar.value)
      return sum + (isWide ? 2 : 1)
    }
  }
}
