import Formats

/// A text that a model's thoughts stand in, taken apart: the same for answers of endpoints, streams, imports and transcripts.
package struct ThoughtSplit: Hashable, Sendable {
  package let reasoning: String
  /// Without the wrapper that some models put around it.
  package let text: String
  /// The mark with which the thoughts begin, in lower case, such as `<think>`.
  package let mark: String
  /// Whether a message to a tool stands in it.
  package let callsTool: Bool

  /// - Returns: nil for a text that does not begin with thoughts.
  package init?(_ text: String) {
    // Most answers have none of it: bytes are looked through faster than code points.
    var text = text
    guard text.withUTF8(Self.mayHold) else { return nil }
    let marked = MarkedText(text)
    guard
      let found = Self.channels(marked) ?? Self.lastChannel(marked) ?? Self.strippedChannels(marked)
        ?? Self.blocks(marked) ?? Self.closedOnly(marked)
    else { return nil }
    self = found
  }

  private init(reasoning: String, text: String, mark: String, callsTool: Bool = false) {
    self.reasoning = reasoning
    self.text = text
    self.mark = mark
    self.callsTool = callsTool
  }

  /// Beginnings of marks without brackets, at most eight letters of each.
  private static let openings = [
    "analysis", "commenta", "assistan", "model", "thinking", "here is", "here are", ":::think", "&lt;", "*thinkin",
    "> ",
  ]

  /// Begins with a bracket or with words that marks without brackets begin with, or holds the end of a tag or a special token.
  private static func mayHold(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let head = bytes.drop { $0 <= 0x20 }.prefix(8).map { $0 | 0x20 }
    guard let first = head.first else { return false }
    // In lower case, `[` is `{`.
    if [0x3C, 0x7B].contains(first) || first >= 0x80 { return true }
    if openings.contains(where: { head.starts(with: $0.utf8) }) { return true }
    var last: UInt8 = 0
    for byte in bytes {
      if byte == 0x2F, last == 0x3C || last == 0x5B || last == 0x81 || last == 0x3B { return true }
      if byte == 0x7C, last == 0x3C { return true }
      last = byte
    }
    return false
  }

  // MARK: - Tags

  /// Blocks of thoughts one after the other, and the answer behind them.
  private static func blocks(_ text: MarkedText) -> ThoughtSplit? {
    var place = block(text, at: text.start) == nil ? behindHeader(text, from: text.start) : text.start
    var mark: String?
    var thoughts: [String] = []
    while let block = block(text, at: place) {
      mark = mark ?? block.mark
      thoughts.append(text[block.inner])
      place = text.skippingSpace(from: block.end)
    }
    guard let mark else { return nil }
    // Thoughts within thoughts, or an end that is written twice.
    let rest = closedOnly(MarkedText(text[place..<text.count]))
    if let rest, !rest.reasoning.isEmpty { thoughts.append(rest.reasoning) }
    return ThoughtSplit(
      reasoning: thoughts.joined(separator: "\n"), text: rest?.text ?? unwrapped(text, from: place), mark: mark)
  }

  /// Behind the header of a role that some servers leave before the thoughts: special tokens and the role's name.
  private static func behindHeader(_ text: MarkedText, from start: Int) -> Int {
    var place = start
    while place < text.count {
      if let role = ThoughtMarks.roles.first(where: { text.starts(with: $0, at: place) }) {
        place = text.skippingSpace(from: place + role.unicodeScalars.count)
      } else if let tag = Tag(text, at: place), tag.mark.hasPrefix("<|"),
        !ThoughtMarks.words.contains(where: tag.name.contains)
      {
        place = text.skippingSpace(from: tag.end)
      } else {
        return place
      }
    }
    return place
  }

  private static func block(_ text: MarkedText, at place: Int) -> (mark: String, inner: Range<Int>, end: Int)? {
    for pair in ThoughtMarks.sentences where text.starts(with: pair.opening, at: place) {
      let start = place + pair.opening.count
      guard let end = text.range(of: pair.closing, from: start) else { continue }
      return (text.folded(place..<start), start..<end.lowerBound, end.upperBound)
    }
    if let details = details(text, at: place) ?? quoted(text, at: place) { return details }
    guard let tag = Tag(text, at: place), ThoughtMarks.words.contains(where: tag.name.contains) else { return nil }
    guard let end = text.range(ofAny: tag.closings, from: tag.end) else {
      // Open to the end: thoughts that were cut off, and no answer.
      return tag.name.contains("think") ? (tag.mark, tag.end..<text.count, text.count) : nil
    }
    if speaksOf(text, tag.end..<end.lowerBound, before: end.upperBound) { return nil }
    return (tag.mark, tag.end..<end.lowerBound, end.upperBound)
  }

  /// Whether tags are words of one sentence: no new one begins behind either, and none ends before the second.
  private static func speaksOf(_ text: MarkedText, _ inner: Range<Int>, before rest: Int) -> Bool {
    func isWithin(_ place: Int) -> Bool {
      text.starts(with: " ", at: place) && place + 1 < text.count && ("a"..."z").contains(text.scalars[place + 1])
    }
    return isWithin(inner.lowerBound) && isWithin(rest) && text.scalars[inner.upperBound - 1] == " "
      && !endsSentence(text, before: inner.upperBound)
  }

  /// Lines of a quotation under a line that says what they are: Poe's.
  private static func quoted(_ text: MarkedText, at place: Int) -> (mark: String, inner: Range<Int>, end: Int)? {
    guard let mark = ["*thinking...*\n", "> thinking\n"].first(where: { text.starts(with: $0, at: place) }) else {
      return nil
    }
    let start = place + mark.unicodeScalars.count
    var (line, end) = (text.skippingSpace(from: start), start)
    while text.starts(with: ">", at: line) {
      end = text.scalars[line...].firstIndex(where: MarkedText.isNewline) ?? text.count
      line = text.skippingSpace(from: end)
    }
    return end > start ? (text.folded(place..<(start - 1)), start..<end, end) : nil
  }

  /// What pages hide: Open WebUI's say that it is reasoning, others in the line that is shown.
  private static func details(_ text: MarkedText, at place: Int) -> (mark: String, inner: Range<Int>, end: Int)? {
    guard text.starts(with: "<details", at: place), let head = text.range(of: ">", from: place),
      let end = text.range(of: "</details>", from: head.upperBound)
    else { return nil }
    let inner = head.upperBound..<end.lowerBound
    if text.starts(with: "<details type=\"reasoning\"", at: place) {
      return ("<details type=\"reasoning\">", inner, end.upperBound)
    }
    let line = text.skippingSpace(from: head.upperBound)
    guard text.starts(with: "<summary>", at: line), let shown = text.range(of: "</summary>", from: line),
      shown.lowerBound < end.lowerBound
    else { return nil }
    let words = text.folded(line..<shown.lowerBound)
    return ThoughtMarks.words.contains(where: { words.holds($0) }) ? ("<details>", inner, end.upperBound) : nil
  }

  /// Some templates put the beginning of thoughts into the prompt: then the answer has only their end. A text that speaks of
  /// the tag has it between spaces or quotation marks, and not at once behind a full stop.
  private static func closedOnly(_ text: MarkedText) -> ThoughtSplit? {
    guard let end = text.range(ofAny: ThoughtMarks.closings, from: 0) else { return nil }
    let before = end.lowerBound > 0 ? text.scalars[end.lowerBound - 1] : nil
    let after = end.upperBound < text.count ? text.scalars[end.upperBound] : nil
    let standsAlone = (before.map(MarkedText.isNewline) ?? true) && (after.map(MarkedText.isNewline) ?? true)
    let isJoined = !isSetOff(before) && (!isSetOff(after) || after == " " && endsSentence(text, before: end.lowerBound))
    guard standsAlone || endsPart(text, end) || isJoined else { return nil }
    let opening = text.folded(end).replacing("/", with: "")
    guard text.range(of: opening, from: 0).map({ $0.lowerBound > end.lowerBound }) ?? true else { return nil }
    return ThoughtSplit(
      reasoning: text[0..<end.lowerBound], text: unwrapped(text, from: text.skippingSpace(from: end.upperBound)),
      mark: opening)
  }

  /// Whether a tag stands between a sentence that is over and a new part.
  private static func endsPart(_ text: MarkedText, _ tag: Range<Int>) -> Bool {
    guard endsSentence(text, before: tag.lowerBound) else { return false }
    if text.starts(with: "\n\n", at: tag.upperBound) { return true }
    let next = Tag(text, at: text.skippingSpace(from: tag.upperBound))
    return next.map { tag in ThoughtMarks.answerWords.contains(where: tag.name.contains) } ?? false
  }

  private static func endsSentence(_ text: MarkedText, before place: Int) -> Bool {
    text.scalars[..<place].last { !MarkedText.isSpace($0) }.map { ".!?…。".unicodeScalars.contains($0) } ?? false
  }

  /// Whether a sign beside a tag makes it one that is spoken of.
  private static func isSetOff(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar, !MarkedText.isNewline(scalar) else { return false }
    return MarkedText.isSpace(scalar) || "`'\"“”‘’«»()*,;:".unicodeScalars.contains(scalar)
  }

  /// The answer without the tag around it, if one is.
  private static func unwrapped(_ text: MarkedText, from start: Int) -> String {
    guard let tag = Tag(text, at: start), ThoughtMarks.answerWords.contains(where: tag.name.contains) else {
      return text[start..<text.count]
    }
    let end = text.scalars.lastIndex { !MarkedText.isSpace($0) }.map { $0 + 1 } ?? text.count
    for closing in tag.closings {
      guard let found = text.range(of: closing, from: tag.end) else { continue }
      // Behind it something else follows: then it is a part of the answer.
      guard found.upperBound == end else { return text[start..<text.count] }
      let inner = text.skippingSpace(from: tag.end)
      let last = text.scalars[..<found.lowerBound].lastIndex { !MarkedText.isSpace($0) }.map { $0 + 1 } ?? inner
      return text[min(inner, last)..<max(last, min(inner, last))]
    }
    return text[text.skippingSpace(from: tag.end)..<text.count]
  }

  /// A name in brackets.
  private struct Tag {
    let mark: String
    let name: String
    /// Behind its closing bracket.
    let end: Int
    let closings: [String]

    init?(_ text: MarkedText, at place: Int) {
      for bracket in ThoughtMarks.brackets where text.starts(with: bracket.open, at: place) {
        let start = place + bracket.open.unicodeScalars.count
        let name = text.scalars[start...].prefix(ThoughtMarks.longestName).prefix { Self.isOfName($0) }
        let end = start + name.count
        guard !name.isEmpty, text.starts(with: bracket.close, at: end) else { continue }
        self.end = end + bracket.close.unicodeScalars.count
        self.name = text.folded(start..<end)
        mark = text.folded(place..<self.end)
        closings = Self.closings(of: self.name, bracket)
        return
      }
      return nil
    }

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F, 0x2581: true
      default: false
      }
    }

    private static func closings(of name: String, _ bracket: (open: String, close: String)) -> [String] {
      for word in ["begin", "start"] where name.contains(word) {
        return [bracket.open + name.replacing(word, with: "end") + bracket.close]
      }
      return [bracket.open + "/" + name + bracket.close]
        + (bracket.open == "<|" ? ["</|" + name + "|>", "</" + name + ">", ThoughtMarks.nextMessage] : [])
    }
  }

  // MARK: - Channels

  /// Messages of OpenAI's harmony format, whose channel says what each is: `final` is the answer, the others are thoughts.
  private static func channels(_ text: MarkedText) -> ThoughtSplit? {
    let channel = "<|channel|>"
    let start = text.start
    let header = "<|start|>assistant"
    let first = text.starts(with: header, at: start) ? start + header.unicodeScalars.count : start
    guard text.starts(with: channel, at: first) else { return nil }
    var thoughts: [String] = []
    var answer: [String] = []
    var callsTool = false
    var place = first
    while let name = text.range(of: channel, from: place) {
      guard let body = text.range(of: "<|message|>", from: name.upperBound) else { break }
      let ends = ["<|end|>", "<|return|>", "<|call|>", "<|start|>", channel]
      let end = text.range(ofAny: ends, from: body.upperBound)?.lowerBound ?? text.count
      if text.starts(with: "final", at: name.upperBound) {
        answer.append(text[body.upperBound..<end])
      } else {
        if text.folded(name.upperBound..<body.lowerBound).holds("to=") { callsTool = true }
        thoughts.append(text[body.upperBound..<end])
      }
      place = end
    }
    guard !thoughts.isEmpty || !answer.isEmpty else { return nil }
    return ThoughtSplit(
      reasoning: thoughts.joined(separator: "\n"), text: answer.joined(separator: "\n"), mark: channel,
      callsTool: callsTool)
  }

  /// The same where the prompt held the beginning: only the header of the answer is left. A text that shows the format has the
  /// header in a block of code, or behind others.
  private static func lastChannel(_ text: MarkedText) -> ThoughtSplit? {
    guard let header = text.range(ofAny: ["<|start|>", "```"], from: 0),
      text.starts(with: "<|start|>assistant<|channel|>final", at: header.lowerBound),
      let body = text.range(of: "<|message|>", from: header.upperBound)
    else { return nil }
    let close = text.range(ofAny: ["<|end|>", "<|return|>", "<|start|>"], from: body.upperBound)?.lowerBound
    let begin = text.starts(with: "<|message|>", at: text.start) ? text.start + "<|message|>".unicodeScalars.count : 0
    let end = text.range(of: "<|end|>", from: begin).map { min($0.lowerBound, header.lowerBound) } ?? header.lowerBound
    return ThoughtSplit(
      reasoning: text[min(begin, end)..<end], text: text[body.upperBound..<(close ?? text.count)],
      mark: "<|channel|>")
  }

  /// The same where the server dropped the special tokens and kept the words: `analysis…assistantfinal…`.
  private static func strippedChannels(_ text: MarkedText) -> ThoughtSplit? {
    let start = text.start
    guard let word = ["analysis", "commentary"].first(where: { text.starts(with: $0, at: start) }) else { return nil }
    let begin = start + word.unicodeScalars.count
    // The word itself goes on with a space or a mark.
    guard begin < text.count, text.scalars[begin].value == 0x0A || isLetter(text.scalars[begin]),
      let end = text.range(of: "assistantfinal", from: begin)
    else { return nil }
    return ThoughtSplit(
      reasoning: text[begin..<end.lowerBound], text: text[text.skippingSpace(from: end.upperBound)..<text.count],
      mark: "analysis…assistantfinal")
  }

  /// Of ASCII; of the rest whatever is no space.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x80 ? !MarkedText.isSpace(scalar) : (0x61...0x7A).contains(scalar.value | 0x20)
  }
}
