import Formats

/// Recorded answers to questions such as "who made you?", one JSON object a line: `answer`, and whether the prompt around
/// the question, since removed, named a vendor or a model (`template_mentions_ai_vendor`).
package struct IdentityAnswers: Sendable {
  package let model: ModelID
  package let all: Int
  /// Answers whose prompt named no vendor: only in these is a name the model's own.
  package let unprompted: [String]

  private struct Line: Decodable {
    let answer: String
    let template_mentions_ai_vendor: Bool
  }

  /// - Throws: `FileError` naming file and line.
  package static func read(file: String, model: ModelID) throws -> IdentityAnswers {
    let bytes = try Gzip.inflateIfNeeded(FileBytes.read(file), file: file)
    var all = 0
    var unprompted: [String] = []
    try JSONLines(file: file, bytes: bytes).forEach(as: Line.self) { value, _ in
      all += 1
      if !value.template_mentions_ai_vendor { unprompted.append(value.answer) }
    }
    return IdentityAnswers(model: model, all: all, unprompted: unprompted)
  }

  /// How many of the unprompted answers hold at least one of the words.
  ///
  /// - Parameter words: in lower case.
  package func naming(_ words: [String]) -> Int {
    unprompted.count { answer in
      let lower = answer.lowercased()
      return words.contains { lower.contains($0) }
    }
  }
}
