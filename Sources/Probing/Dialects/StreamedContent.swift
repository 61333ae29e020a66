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
    // The texts of the last part, joined once, when another kind follows: there may be a piece for each word.
    var open: (type: String, said: [String])?
    func close() {
      if let open, open.said.count > 1 {
        parts[parts.count - 1] = .object(["type": .string(open.type), open.type: .string(open.said.joined())])
      }
    }
    for piece in pieces.flatMap({ $0.array ?? [$0] }) {
      let part = piece.string.map { JSONValue.object(["type": .string("text"), "text": .string($0)]) } ?? piece
      let type = part["type"]?.string.flatMap { ["text", "thinking", "reasoning"].contains($0) ? $0 : nil }
      if let type, open?.type == type {
        open?.said.append(Self.said(part, type))
      } else if part != .object(["type": .string("text"), "text": .string("")]) {
        close()
        open = type.map { ($0, [Self.said(part, $0)]) }
        parts.append(part)
      }
    }
    close()
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

  /// What a part of a kind that is said in pieces says.
  private static func said(_ part: JSONValue, _ type: String) -> String {
    part[type]?.string ?? part[type]?.array?.compactMap { $0["text"]?.string }.joined() ?? part["text"]?.string ?? ""
  }
}
