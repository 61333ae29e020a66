package import Cases

/// In which language, or at least in which script, a set of answers is written: by it figures of a validation are told apart.
package enum MainLanguage: String, Sendable, CaseIterable {
  case english
  /// Another language in the Latin script.
  case otherLatin
  case japanese, chinese, korean
  case cyrillic, greek

  /// What is looked at: enough to tell one script from another.
  private static let models = 8
  private static let answers = 20

  /// English by its function words, the others by the script of most letters of the first answers of the first models. Ideographs
  /// are Japanese where a tenth of what stands with them is kana.
  package static func of(_ transcripts: [ModelID: Transcript]) -> MainLanguage {
    if EnglishShare.isEnglish(transcripts) { return .english }
    var counts: [Script: Int] = [:]
    for (_, transcript) in transcripts.sorted(by: { $0.key < $1.key }).prefix(models) {
      for response in transcript.responses.prefix(answers) {
        for scalar in response.text.unicodeScalars {
          if let script = Script(scalar) { counts[script, default: 0] += 1 }
        }
      }
    }
    func count(_ script: Script) -> Int { counts[script] ?? 0 }
    let (kana, ideographs) = (count(.kana), count(.ideographs))
    let found: [(language: MainLanguage, letters: Int)] = [
      (.otherLatin, count(.latin)), (10 * kana >= kana + ideographs ? .japanese : .chinese, kana + ideographs),
      (.korean, count(.hangul)), (.cyrillic, count(.cyrillic)), (.greek, count(.greek)),
    ]
    return found.max { $0.letters < $1.letters }?.language ?? .otherLatin
  }

  private enum Script: Hashable {
    case latin, kana, ideographs, hangul, cyrillic, greek

    init?(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: self = .latin
      case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
      case 0x400...0x52F: self = .cyrillic
      case 0x3041...0x30FF: self = .kana
      case 0x3400...0x4DBF, 0x4E00...0x9FFF: self = .ideographs
      case 0x1100...0x11FF, 0xAC00...0xD7A3: self = .hangul
      default: return nil
      }
    }
  }
}
