/// A prompt at the beginning of the answer to it: servers and tools that return all they fed into a model give it back.
///
/// White space and the `>` of a quotation do not count.
package struct PromptEcho {
  /// Bytes that may stand before it, such as the name of a role.
  private static let longestHead = 256
  /// Bytes of a prompt that an answer does not begin with by chance.
  private static let longEnough = 20

  /// What stands before it.
  package let head: String
  /// What stands behind it.
  package let rest: String
  package let isLong: Bool

  /// - Returns: nil where the prompt does not stand there; a short one must end as a word does.
  package init?(of prompt: String, in text: String) {
    let asked = Self.written(prompt.utf8)
    let start = Array(text.utf8.prefix(Self.longestHead + 2 * prompt.utf8.count))
    let places = start.indices.filter { Self.isWritten(start[$0]) }
    guard let first = asked.first, places.count >= asked.count else { return nil }
    let begins = (0...min(Self.longestHead, places.count - asked.count)).first { begin in
      start[places[begin]] == first
        && zip(places[begin...], asked).allSatisfy { start[$0] == $1 }
    }
    guard let begins else { return nil }
    head = String(decoding: places[..<begins].map { start[$0] }, as: UTF8.self)
    let end = places[begins + asked.count - 1] + 1
    rest = String(decoding: text.utf8.dropFirst(end), as: UTF8.self)
    isLong = asked.count >= Self.longEnough
    guard isLong || !Self.isOfWord(asked.last) || !Self.isOfWord(start.dropFirst(end).first) else { return nil }
  }

  private static func written(_ bytes: String.UTF8View) -> [UInt8] { bytes.filter(isWritten) }

  private static func isWritten(_ byte: UInt8) -> Bool { byte > 0x20 && byte != UInt8(ascii: ">") }

  /// A letter or a digit; whatever is not of ASCII counts as one.
  private static func isOfWord(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}

extension Transcript {
  /// The same answers, of which it is known which give back their prompts.
  ///
  /// - Parameter prompts: what was asked; a prompt that the transcript knows itself stays.
  package func knowing(_ prompts: [PromptID: String]) -> Transcript {
    var found = echoed
    for response in responses where found[response.prompt] == nil {
      guard let prompt = prompts[response.prompt], PromptEcho(of: prompt, in: response.text) != nil else { continue }
      found[response.prompt] = prompt
    }
    return Transcript(
      model: model, responses: responses, source: source, thoughtsInText: thoughtsInText, echoed: found)
  }
}
