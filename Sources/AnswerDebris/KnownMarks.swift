/// Special tokens and labels of the catalogue that answers of one model begin or end with.
///
/// By bytes: all marks are ASCII or whole characters, and there are many answers.
struct KnownMarks {
  /// In the order of their names; only those that enough answers have.
  let counts: [(mark: String, count: Int)]
  private let known: Set<String>

  private static let starts = bucketed(DebrisCatalogue.tokens + DebrisCatalogue.labels) { $0.first }
  private static let ends = bucketed(DebrisCatalogue.tokens + DebrisCatalogue.turns) { $0.last }
  /// Longest special token that is known by its form.
  private static let longestToken = 48
  /// Marks of one answer that are counted.
  private static let maximumMarks = 8

  init(_ answers: [String]) {
    var found: [String: Int] = [:]
    for answer in answers {
      for mark in Set(Self.marks(of: Array(answer.utf8)[...])) { found[mark, default: 0] += 1 }
    }
    let all = Double(max(answers.count, 1))
    let words = Set(DebrisCatalogue.labels + DebrisCatalogue.turns)
    let counted = found.filter { mark, count in
      let least = words.contains(mark) ? CommonBorder.minimumShareOfMarks : Debris.leastKnown
      return count >= Debris.minimumRepeats && Double(count) >= least * all
    }
    counts = counted.sorted { $0.key < $1.key }.map { (mark: $0.key, count: $0.value) }
    known = Set(counted.keys)
  }

  /// The answer without the known marks at both ends, however many follow one another.
  func removed(from answer: String) -> String {
    guard !known.isEmpty else { return answer }
    let bytes = Array(answer.utf8)
    var text = bytes[...]
    while true {
      if let mark = Self.first(of: text), known.contains(mark.name) {
        text = text[mark.range.upperBound...].drop { $0 <= 0x20 }
      } else if let mark = Self.last(of: text), known.contains(mark.name) {
        text = Self.withoutSpace(text[..<mark.range.lowerBound])
      } else {
        return text.count == bytes.count ? answer : String(decoding: text, as: UTF8.self)
      }
    }
  }

  private static func marks(of answer: ArraySlice<UInt8>) -> [String] {
    var found: [String] = []
    var text = answer
    while found.count < maximumMarks {
      if let mark = first(of: text) {
        found.append(mark.name)
        text = text[mark.range.upperBound...]
      } else if let mark = last(of: text) {
        found.append(mark.name)
        text = text[..<mark.range.lowerBound]
      } else {
        break
      }
    }
    return found
  }

  private typealias Mark = (name: String, range: Range<Int>)

  private static func first(of text: ArraySlice<UInt8>) -> Mark? {
    let start = text.drop { $0 <= 0x20 }
    guard let byte = start.first else { return nil }
    // What ends in a line end has one; the space before it is none of its own.
    for mark in starts[byte] ?? [] where start.starts(with: mark.utf8) {
      return (mark, start.startIndex..<(start.startIndex + mark.utf8.count))
    }
    guard byte == UInt8(ascii: "<"), let end = start.prefix(longestToken).firstIndex(of: UInt8(ascii: ">")) else {
      return nil
    }
    return token(start[...end])
  }

  private static func last(of text: ArraySlice<UInt8>) -> Mark? {
    let end = withoutSpace(text)
    guard let byte = end.last else { return nil }
    for mark in ends[byte] ?? [] where end.suffix(mark.utf8.count).elementsEqual(mark.utf8) {
      return (mark, (end.endIndex - mark.utf8.count)..<end.endIndex)
    }
    guard byte == UInt8(ascii: ">"), let start = end.suffix(longestToken).lastIndex(of: UInt8(ascii: "<")) else {
      return nil
    }
    return token(end[start...])
  }

  /// `<|name|>` or `<｜name｜>`, and nothing else.
  private static func token(_ text: ArraySlice<UInt8>) -> Mark? {
    for (open, close) in [("<|", "|>"), ("<｜", "｜>")] where text.starts(with: open.utf8) {
      let name = text.dropFirst(open.utf8.count).dropLast(close.utf8.count)
      guard text.suffix(close.utf8.count).elementsEqual(close.utf8), !name.isEmpty,
        name.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "|") })
      else { continue }
      return (String(decoding: text, as: UTF8.self), text.startIndex..<text.endIndex)
    }
    return nil
  }

  private static func withoutSpace(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while let last = text.last, last <= 0x20 { text = text.dropLast() }
    return text
  }

  /// By a byte, longest first.
  private static func bucketed(_ marks: [String], _ byte: (String.UTF8View) -> UInt8?) -> [UInt8: [String]] {
    marks.sorted { $1.utf8.count < $0.utf8.count }.reduce(into: [:]) { buckets, mark in
      if let byte = byte(mark.utf8) { buckets[byte, default: []].append(mark) }
    }
  }
}
