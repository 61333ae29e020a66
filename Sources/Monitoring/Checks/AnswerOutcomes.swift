package import Cases
import Similarity

/// Which answers are none of a model to the question: an endpoint in trouble says 200 as well. They are counted as a stratum of their
/// own, and compared with nothing.
package struct AnswerOutcomes: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A complete answer without text.
    case empty
    /// The limit of tokens was reached before any text came: a model that thinks first.
    case cut
    /// Withheld by a content filter.
    case filtered
    /// Refused in a field that says so.
    case refused
    /// What a server or a proxy says: a page, an error object.
    case debris
    /// One sentence, given to probes that have nothing in common.
    case oneForAll = "one_for_all"
  }

  /// Answers without text of their own, by kind.
  package let counts: [Kind: Int]
  package let all: Int
  /// Answers that say something.
  package let telling: [RecordedAnswer]
  /// The sentence that was given to unrelated probes, if there is one.
  package let sentence: String?
  /// By probe: of all its answers so many without text.
  package let byProbe: [PromptID: (without: Int, of: Int)]

  package var without: Int { counts.values.reduce(0, +) }

  /// The kind of most of them.
  package var commonest: Kind? { counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key }

  /// A sentence has so many words at least: short answers may well be the same to many questions.
  private static let words = 4
  private static let scalars = 20

  /// - Parameter known: answers that probes are known to give, by their key; one of them is no sentence for all.
  package init(_ answers: [RecordedAnswer], known: [PromptID: ProbeRecord]? = nil) {
    let kinds = answers.map(Self.kind)
    let probes = Set(answers.map(\.response.prompt)).count
    // In a baseline nothing is known yet, and small models do repeat themselves.
    let needed = known == nil ? max(5, (probes + 3) / 4) : max(3, (probes + 9) / 10)
    var given: [String: Set<PromptID>] = [:]
    let keys = answers.map { ProbeRecord.key($0.response.text) }
    for (number, answer) in answers.enumerated() where kinds[number] == nil && Self.isSentence(answer.response.text) {
      let probe = answer.response.prompt
      guard known?[probe].map({ $0.answers[ProbeRecord.key(answer.response.text, $0.reading)] == nil }) ?? true else {
        continue
      }
      given[keys[number], default: []].insert(probe)
    }
    let repeated = given.filter { $0.value.count >= needed }
    var counts: [Kind: Int] = [:]
    var telling: [RecordedAnswer] = []
    var byProbe: [PromptID: (without: Int, of: Int)] = [:]
    var sentences: [String: Int] = [:]
    for (number, answer) in answers.enumerated() {
      let probe = answer.response.prompt
      let isForAll = repeated[keys[number]]?.contains(probe) == true
      byProbe[probe, default: (0, 0)].of += 1
      guard let kind = kinds[number] ?? (isForAll ? .oneForAll : nil) else {
        telling.append(answer)
        continue
      }
      if kind == .oneForAll { sentences[answer.response.text, default: 0] += 1 }
      counts[kind, default: 0] += 1
      byProbe[probe, default: (0, 0)].without += 1
    }
    self.counts = counts
    all = answers.count
    self.telling = telling
    self.byProbe = byProbe
    sentence = sentences.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private static func kind(_ answer: RecordedAnswer) -> Kind? {
    switch answer.outcome {
    case .filtered: return .filtered
    case .refused: return .refused
    case .ok, .empty, .truncated, .failed: break
    }
    let text = answer.response.text
    guard text.contains(where: { !$0.isWhitespace }) else { return answer.outcome == .truncated ? .cut : .empty }
    let start = text.drop { $0.isWhitespace }.prefix(32).lowercased()
    let isPage = ["<!doctype html", "<html", "<?xml", "{\"error\"", "{\"detail\""].contains(where: start.hasPrefix)
    return isPage ? .debris : nil
  }

  private static func isSentence(_ text: String) -> Bool {
    let parts = text.split(whereSeparator: \.isWhitespace)
    let isSpaced = parts.count >= words && text.unicodeScalars.count >= scalars
    // Scripts without spaces.
    return isSpaced || parts.contains { part in part.unicodeScalars.count { $0.value >= 0x3000 } >= scalars / 2 }
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.counts == b.counts && a.all == b.all && a.telling == b.telling
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(counts)
    hasher.combine(all)
  }
}
