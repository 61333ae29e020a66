import Formats

/// Pieces of the content of a streamed message, put together: texts, or lists of parts of which those of one kind that follow
/// one another are one.
struct StreamedContent {
  /// A last piece that says again all that came before it: some servers end a stream so. Shorter ones may be words.
  static let shortestRepeat = 16

  private let pieces: [JSONValue]

  init(_ pieces: [JSONValue]) { self.pieces = pieces.filter { $0 != .null } }

  /// nil if there are none.
  var joined: JSONValue? {
    guard !pieces.isEmpty else { return nil }
    let texts = pieces.compactMap(\.string)
    if texts.count == pieces.count { return .string(Self.text(texts)) }
    var parts: [JSONValue] = []
    for piece in pieces.flatMap({ $0.array ?? [$0] }) {
      let part = piece.string.map { JSONValue.object(["type": .string("text"), "text": .string($0)]) } ?? piece
      if let last = parts.last, let both = Self.merged(last, part) {
        parts[parts.count - 1] = both
      } else if part != .object(["type": .string("text"), "text": .string("")]) {
        parts.append(part)
      }
    }
    return .array(parts)
  }

  /// The texts one after the other, without a last one that repeats them all; of a stream that says in every event all that was
  /// said before, the last.
  static func text(_ texts: [String]) -> String {
    let spoken = texts.filter { !$0.isEmpty }
    if let all = cumulative(spoken) { return all }
    guard let last = spoken.last, spoken.count > 2, last.utf8.count >= shortestRepeat else { return spoken.joined() }
    let before = spoken.dropLast().joined()
    return before.isSame(as: last) ? before : before + last
  }

  /// nil unless each text begins with the whole one before it, and all grow: pieces of an answer do not.
  private static func cumulative(_ texts: [String]) -> String? {
    let different = texts.enumerated().filter { $0.offset == 0 || !$0.element.isSame(as: texts[$0.offset - 1]) }
      .map(\.element)
    guard let last = different.last, different.count > 2, last.utf8.count >= shortestRepeat else { return nil }
    return zip(different, different.dropFirst()).allSatisfy { before, after in
      after.utf8.count > before.utf8.count && after.utf8.starts(with: before.utf8)
    } ? last : nil
  }

  /// Two parts of one kind as one; nil for what is not said in pieces.
  private static func merged(_ one: JSONValue, _ other: JSONValue) -> JSONValue? {
    guard let type = one["type"]?.string, other["type"]?.string == type,
      ["text", "thinking", "reasoning"].contains(type)
    else { return nil }
    let said = [one, other].map { part in
      part[type]?.string ?? part[type]?.array?.compactMap { $0["text"]?.string }.joined() ?? part["text"]?.string ?? ""
    }
    return .object(["type": .string(type), type: .string(said.joined())])
  }
}
