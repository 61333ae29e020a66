import Formats
import Similarity

/// What of an answer is compared; two answers of which that is the same count as one.
package enum AnswerReading: String, CaseIterable, Hashable, Sendable {
  /// All of it, as it came.
  case exact
  /// Words and marks, not their dress: see `AnswerKey`.
  case words
  /// The last number that it names; its words where there is none.
  case number
  /// The value that it is written in JSON as, however it is laid out, within a code fence or without; its words where it is none.
  case json

  package func key(_ answer: String) -> String {
    switch self {
    case .exact: answer
    case .words: AnswerKey.text(answer)
    case .number: Self.lastNumber(answer) ?? AnswerKey.text(answer)
    case .json:
      JSONValue(parsing: Array(Self.unfenced(answer).utf8), upTo: .response)?.canonical ?? AnswerKey.text(answer)
    }
  }

  /// `1,234.50` is 1234.5, and the stop behind a sentence is no part of a number.
  private static func lastNumber(_ answer: String) -> String? {
    let bytes = Array(answer.utf8)
    func isDigit(_ place: Int) -> Bool { bytes.indices.contains(place) && (0x30...0x39).contains(bytes[place]) }
    guard var end = bytes.indices.last(where: isDigit) else { return nil }
    var start = end
    while isDigit(start - 1) || [0x2C, 0x2E].contains(start > 0 ? bytes[start - 1] : 0) && isDigit(start - 2) {
      start -= 1
    }
    end += 1
    var text = String(decoding: bytes[start..<end], as: UTF8.self)
    if isGrouped(text) { text.removeAll { $0 == "," } }
    if start > 0, bytes[start - 1] == 0x2D, !isDigit(start - 2) { text = "-" + text }
    guard let number = Double(text) else { return text }
    return JSONValue.number(number).canonical
  }

  /// Whether commas stand between groups of three digits, and nowhere else.
  private static func isGrouped(_ text: String) -> Bool {
    let groups = text.prefix { $0 != "." }.split(separator: ",", omittingEmptySubsequences: false)
    return groups.count > 1 && (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  /// Without the fence around it.
  private static func unfenced(_ answer: String) -> Substring {
    let text = answer[...].trimmed
    guard text.hasPrefix("```"), text.hasSuffix("```"), text.count > 6,
      let line = text.firstIndex(where: \.isNewline)
    else { return text }
    return text[line...].dropLast(3).trimmed
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
