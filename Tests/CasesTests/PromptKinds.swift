import Cases
import Formats
import Foundation
import Testing

/// Kinds of prompts by their words: the rules of `Tests/Bench/prompts.py`, which measured them.
struct PromptKinds: Decodable {
  struct Rule: Decodable {
    let kind: String
    let pattern: String
  }

  /// Characters: below, a prompt is short.
  let shortBelow: Int
  /// Characters: above, a prompt is long.
  let longAbove: Int
  /// Characters: above, a prompt of several lines brings a material along.
  let materialAbove: Int
  let rules: [Rule]

  /// Kinds that tell most of a link by each call, as measured.
  static let open: Set = ["explanation", "open question", "creative", "list", "other"]

  private enum CodingKeys: String, CodingKey {
    case rules
    case shortBelow = "short_below"
    case longAbove = "long_above"
    case materialAbove = "material_above"
  }

  static func english() throws -> PromptKinds {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Bench/prompt-kinds.json").path
    let all = try JSONDecoder().decode([String: PromptKinds].self, from: Data(FileBytes.read(file)))
    return try #require(all["en"])
  }

  /// The first rule that fits.
  func kind(of prompt: String) throws -> String {
    let text = prompt.trimmingCharacters(in: .whitespacesAndNewlines)
    let hasMaterial =
      text.unicodeScalars.count > 2 * materialAbove
      || text.contains("\n") && text.unicodeScalars.count > materialAbove
    for rule in rules {
      let isGiven = rule.kind == "given text"
      let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(isGiven ? 300 : 600)))
      let pattern = try NSRegularExpression(pattern: rule.pattern, options: .caseInsensitive)
      if isGiven && hasMaterial
        || pattern.firstMatch(in: start, range: NSRange(start.startIndex..., in: start)) != nil
      {
        return rule.kind
      }
    }
    return "other"
  }

  func isMedium(_ prompt: String) -> Bool {
    (shortBelow...longAbove).contains(prompt.unicodeScalars.count)
  }
}
