import Foundation
import Statistics

/// Who the answers say made them: sentences that speak of the speaker and name a maker of models.
///
/// A sentence counts for a maker if it holds one of `claims` and one of the maker's names, and does not deny it (`ClaimSentence`);
/// an answer counts once for a maker. What an answer says of itself is weak evidence: the web is full of sentences by ChatGPT, and a system prompt
/// can order any name.
package struct IdentityClaims: Hashable, Sendable {
  package struct Claim: Hashable, Sendable {
    package let maker: String
    package let answers: Int
    /// Wilson's interval of 95 % for the share of answers.
    package let low: Double
    package let high: Double
  }

  /// Names of makers and of their models, lower-cased.
  package static let makers: [(maker: String, names: [String])] = [
    ("Alibaba", ["alibaba", "qwen", "tongyi", "通义", "千问", "阿里"]),
    ("Anthropic", ["anthropic", "claude"]),
    ("Baidu", ["baidu", "ernie", "文心", "百度"]),
    ("ByteDance", ["bytedance", "doubao", "豆包", "字节"]),
    ("Cohere", ["cohere"]),
    ("DeepSeek", ["deepseek", "深度求索"]),
    ("Google", ["google", "gemini", "bard", "palm", "gemma", "谷歌", "グーグル"]),
    ("Meta", ["meta ai", "llama", "facebook"]),
    ("Microsoft", ["microsoft", "phi-", "微软", "マイクロソフト"]),
    ("Mistral", ["mistral", "mixtral"]),
    ("Moonshot", ["moonshot", "kimi", "月之暗面"]),
    ("OpenAI", ["openai", "chatgpt", "gpt-", "オープンai"]),
    ("xAI", ["xai", "grok"]),
    ("Zhipu", ["zhipu", "chatglm", "glm-", "智谱"]),
  ]

  /// Turns of phrase in which a speaker speaks of itself, by BCP 47 tag.
  package static let claims: [String: [String]] = [
    "en": [
      "i am", "i'm", "i was", "my name is", "created by", "developed by", "trained by", "made by", "built by",
      "as an ai",
      "as a language model", "call me",
    ],
    "de": ["ich bin", "ich wurde", "mein name ist", "entwickelt von"],
    "fr": ["je suis", "j'ai été", "mon nom est", "développé par", "créé par"],
    "es": ["soy", "fui", "mi nombre es", "desarrollado por", "creado por"],
    "ja": ["私は", "開発され", "によって作られ", "と申します"],
    "zh": ["我是", "我叫", "我由", "开发的", "训练的", "作为"],
  ]

  private static let names = MakerNames(makers.flatMap(\.names))

  private static let phrases = claims.sorted { $0.key < $1.key }.flatMap(\.value)

  /// Answers that were looked at.
  package let answers: Int
  /// Makers that some answer names, the most often named first.
  package let found: [Claim]

  /// - Parameter readsDenials: whether denials are none, as to versions from 0.10.0 on.
  package init(_ texts: [String], readsDenials: Bool = true) {
    var counts = [Int](repeating: 0, count: Self.makers.count)
    for text in texts {
      let named = readsDenials ? Self.named(text) : Self.namedAnyhow(text)
      for (index, maker) in Self.makers.enumerated() where named.contains(maker.maker) { counts[index] += 1 }
    }
    answers = texts.count
    found = zip(Self.makers, counts).filter { $1 > 0 }.map { maker, count in
      let interval = WilsonInterval.at95(successes: count, trials: texts.count)
      return Claim(maker: maker.maker, answers: count, low: interval.low, high: interval.high)
    }.sorted { ($1.answers, $0.maker) < ($0.answers, $1.maker) }
  }

  /// Makers whom one answer claims.
  package static func named(_ text: String) -> Set<String> {
    guard names.mayStand(in: text) else { return [] }
    var named: Set<String> = []
    for sentence in sentences(text) where phrases.contains(where: { sentence.contains($0) }) {
      let found = makers.filter { maker in maker.names.contains { sentence.contains($0) } }
      guard !found.isEmpty else { continue }
      let claim = ClaimSentence(sentence)
      for maker in found where claim.claims(maker.names) { named.insert(maker.maker) }
    }
    return named
  }

  /// As versions before 0.10.0 have it: wherever a phrase and a name stand in a sentence, within words and denied too.
  private static func namedAnyhow(_ text: String) -> Set<String> {
    var named: Set<String> = []
    for sentence in sentences(text) {
      guard phrases.contains(where: { sentence.contains($0) }) else { continue }
      for (maker, names) in makers where names.contains(where: { sentence.contains($0) }) { named.insert(maker) }
    }
    return named
  }

  private static func sentences(_ text: String) -> [Substring] {
    text.lowercased().replacingOccurrences(of: "’", with: "'").split(whereSeparator: { ".!?。！？\n".contains($0) })
  }
}
