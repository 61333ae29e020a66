/// Turns of phrase with which models think aloud, by what they do and by language; looked for in reasoning text only.
///
/// - Note: A list of words is no judge of meaning: "wait" may be what a character in a story does. Models that think in
///   another language than they are asked in are counted by that language's words.
package enum ReasoningMarkers {
  /// What a marker does. The raw values name the features.
  package enum Kind: String, CaseIterable, Sendable {
    /// Stops and doubts: "wait", "hmm".
    case doubt
    /// Turns to something else: "alternatively", "on the other hand".
    case turn
    /// Says what comes next: "let me", "I need to".
    case plan
    /// Looks at it again: "double-check", "verify".
    case check
    /// Draws a conclusion: "therefore", "so the answer".
    case conclusion
    /// Speaks of who asks: "the user", "they want".
    case asker
    /// Begins: "okay", "alright".
    case opening
  }

  /// By kind, then by BCP 47 tag; lower-cased, with `'` for every apostrophe.
  package static let phrases: [Kind: [String: [String]]] = [
    .doubt: [
      "en": ["wait", "hmm", "hm", "uh", "hold on", "not sure", "i'm confused"], "de": ["moment", "hm", "hmm", "warte"],
      "fr": ["attends", "attendez", "hum", "hmm"], "es": ["espera", "un momento", "mmm", "hmm"],
      "ja": ["待って", "うーん", "ちょっと待"], "zh": ["等等", "等一下", "嗯", "不对"],
    ],
    .turn: [
      "en": ["alternatively", "on the other hand", "another way", "another approach", "or maybe", "actually"],
      "de": ["alternativ", "andererseits", "eigentlich"], "fr": ["alternativement", "d'un autre côté", "en fait"],
      "es": ["alternativamente", "por otro lado", "en realidad"], "ja": ["あるいは", "別の方法", "一方で", "実は"],
      "zh": ["或者", "另一方面", "另一种", "其实"],
    ],
    .plan: [
      "en": [
        "let me", "let's", "i need to", "i should", "i'll", "we need to", "we can", "first,", "next,",
      ], "de": ["lass mich", "lassen sie mich", "ich muss", "ich sollte", "zuerst"],
      "fr": ["laissez-moi", "je dois", "il faut", "d'abord", "voyons"],
      "es": ["déjame", "necesito", "debo", "primero", "veamos"], "ja": ["まず", "必要があります", "考えてみ", "ましょう"],
      "zh": ["让我", "我需要", "我应该", "首先", "我们需要"],
    ],
    .check: [
      "en": ["double-check", "double check", "check", "verify", "let me see", "makes sense", "make sure", "recheck"],
      "de": ["überprüfen", "prüfen", "nachrechnen", "ergibt sinn"], "fr": ["vérifier", "vérifions", "c'est logique"],
      "es": ["verificar", "comprobar", "tiene sentido"], "ja": ["確認", "検算", "見直"], "zh": ["检查", "验证", "核对", "确认"],
    ],
    .conclusion: [
      "en": ["therefore", "thus", "hence", "so the answer", "in conclusion"], "de": ["also", "daher", "somit"],
      "fr": ["donc", "par conséquent", "ainsi"], "es": ["por lo tanto", "así que", "entonces"],
      "ja": ["したがって", "よって", "つまり"], "zh": ["因此", "所以", "综上"],
    ],
    .asker: [
      "en": ["the user", "the question", "they want", "the problem asks", "asking for", "asked to"],
      "de": ["der nutzer", "der benutzer", "die frage"], "fr": ["l'utilisateur", "la question"],
      "es": ["el usuario", "la pregunta"], "ja": ["ユーザー", "質問"], "zh": ["用户", "问题"],
    ],
    .opening: [
      "en": ["okay", "ok", "alright", "right", "sure", "well"], "de": ["okay", "gut", "nun"],
      "fr": ["d'accord", "bon", "bien"], "es": ["bien", "vale", "bueno"], "ja": ["さて", "では", "わかりました"],
      "zh": ["好的", "好,", "好，", "那么"],
    ],
  ]

  /// A phrase as it is looked for: by its tokens, or, in scripts without spaces, by its characters.
  private enum Needle: Sendable {
    case tokens([UInt64])
    case scalars([UInt32])
  }

  private static let needles: [[Needle]] = Kind.allCases.map { kind in
    // One phrase may belong to several languages: it counts once.
    let all = Set((phrases[kind] ?? [:]).values.joined())
    let written = Set(all.flatMap { [$0, $0.replacing("'", with: "’")] }).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    return written.map { phrase in
      let text = NormalisedText(phrase)
      return text.countLetters().withoutSpaces > 0 ? .scalars(text.scalars) : .tokens(Tokens(normalised: text).hashes)
    }
  }

  /// How often each kind occurs in 1,000 characters, in the order of `Kind.allCases`.
  static func rates(_ answer: PromptAnswers.Answer) -> [Double] {
    let characters = Double(max(answer.text.characters, 1))
    return needles.map { needles in
      let count = needles.reduce(0) { count, needle in
        switch needle {
        case .tokens(let tokens): count + occurrences(of: tokens, in: answer.tokens.hashes)
        case .scalars(let scalars): count + answer.scalars.occurrences(of: scalars)
        }
      }
      return 1_000 * Double(count) / characters
    }
  }

  /// The same of a text.
  package static func rates(of text: String) -> [Double] { rates(PromptAnswers.Answer(text)) }

  private static func occurrences(of phrase: [UInt64], in tokens: [UInt64]) -> Int {
    guard let first = phrase.first, tokens.count >= phrase.count else { return 0 }
    return (0...tokens.count - phrase.count).count { start in
      tokens[start] == first && tokens[start..<start + phrase.count].elementsEqual(phrase)
    }
  }
}
