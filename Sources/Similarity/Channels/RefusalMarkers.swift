/// Whether an answer declines, by how refusals are worded: a list of turns of phrase by language, looked for at the
/// beginning of the answer.
///
/// - Note: A list of words is no judge of meaning: an answer that declines in other words is missed, and one that begins
///   by quoting a refusal is taken for one.
package enum RefusalMarkers {
  /// Bytes that are looked at: refusals come first, and long answers quote all kinds of things later.
  static let looked = 400

  /// By BCP 47 tag; lower-cased, with `'` for every apostrophe.
  package static let phrases: [String: [String]] = [
    "en": [
      "i can't help", "i cannot help", "i can't assist", "i cannot assist", "i can't provide", "i cannot provide",
      "i can't do that", "i cannot do that", "i'm unable to", "i am unable to", "i'm not able to", "i am not able to",
      "i can't comply", "i cannot comply", "i won't", "i will not", "i must decline", "i have to decline",
      "i'm sorry, but i can", "i am sorry, but i can", "i apologize, but i can", "i'm sorry, i can", "as an ai",
      "i don't feel comfortable", "i do not feel comfortable", "against my guidelines", "it would not be appropriate",
      "it is not appropriate",
    ],
    "de": ["ich kann dabei nicht helfen", "dabei kann ich nicht helfen", "tut mir leid, aber", "ich darf nicht"],
    "fr": ["je ne peux pas", "je suis désolé, mais", "je ne suis pas en mesure"],
    "es": ["no puedo ayudar", "lo siento, pero no", "no puedo proporcionar"],
    "ja": ["お手伝いできません", "申し訳ありませんが", "申し訳ございませんが", "お答えできません", "提供することはできません", "できかねます"],
    "zh": ["我无法", "我不能", "很抱歉", "抱歉,", "抱歉，", "无法提供", "对不起"],
  ]

  /// By their first byte: few bytes of an answer begin any.
  private static let byFirstByte: [[[UInt8]]] = {
    var found = [[[UInt8]]](repeating: [], count: 256)
    for phrase in phrases.values.joined().map({ Array($0.utf8) }) { found[Int(phrase[0])].append(phrase) }
    return found
  }()

  package static func declines(_ text: String) -> Bool { declines(NormalisedText(text)) }

  static func declines(_ text: NormalisedText) -> Bool {
    // ’ is E2 80 99.
    var beginning: [UInt8] = []
    for byte in text.utf8.prefix(looked) {
      beginning.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      let count = beginning.count
      if byte == 0x99, count > 2, beginning[count - 2] == 0x80, beginning[count - 3] == 0xE2 {
        beginning.replaceSubrange((count - 3)..., with: [0x27])
      }
    }
    let byFirstByte = byFirstByte
    return beginning.indices.contains { start in
      byFirstByte[Int(beginning[start])].contains { beginning[start...].starts(with: $0) }
    }
  }
}
