import Formats

/// Files of prompts without answers, as FastChat and arena-hard keep them: their names tell them.
enum QuestionFile {
  private static let names: Set = ["question", "questions", "prompt", "prompts", "probes"]

  static func isOne(_ file: String) -> Bool {
    guard FileEnding(of: file)?.isOfLines == true, let stem = FileEnding.stem(of: file) else { return false }
    return names.contains(stem.lowercased())
  }
}
