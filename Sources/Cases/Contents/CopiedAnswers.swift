package import Formats

/// Answers of a run that were not drawn from the model but copied from an earlier answer to the same prompt: by a cache that says
/// so, or under the name of a response that was given before.
///
/// They stay in the case file, and are no samples: two samples of which one is a copy say nothing of how a model answers twice.
package struct CopiedAnswers: Sendable {
  package struct Key: Hashable, Sendable {
    package let model: ModelID
    package let probe: PromptID
    package let sample: Int

    package init(model: ModelID, probe: PromptID, sample: Int) {
      self.model = model
      self.probe = probe
      self.sample = sample
    }
  }

  /// One answer of a run, as far as copies show by it.
  package struct Seen: Sendable {
    package let key: Key
    package let text: Digest
    package let responseID: String?
    /// See `CacheSign`.
    package let cacheSign: String?

    package init(_ key: Key, _ answer: Answer, cacheSign: String?) {
      self.key = key
      text = Digest(of: answer.text)
      responseID = answer.responseID
      self.cacheSign = cacheSign
    }
  }

  /// Copies of an answer that is there.
  package let copies: Set<Key>
  /// Answers that a cache gave, whether the one they are copies of is there or not.
  package let fromCache: Set<Key>
  /// What copies were known by: a header of a cache, or `one response id`; by model, the commonest.
  package let signs: [ModelID: String]

  /// - Parameter answers: in the order of the attempts.
  package init(_ answers: [Seen]) {
    struct Question: Hashable { let model: ModelID, probe: PromptID }
    struct Name: Hashable { let model: ModelID, id: String }
    // Some servers give all responses one name: it tells nothing.
    var named: [Name: Set<Digest>] = [:]
    for answer in answers {
      if let id = answer.responseID { named[Name(model: answer.key.model, id: id), default: []].insert(answer.text) }
    }
    let several = Set(Dictionary(grouping: named.keys, by: \.model).filter { $0.value.count > 1 }.keys)
    var copies: Set<Key> = []
    var counts: [ModelID: [String: Int]] = [:]
    for (_, given) in Dictionary(grouping: answers, by: { Question(model: $0.key.model, probe: $0.key.probe) }) {
      for (place, answer) in given.enumerated().dropFirst() {
        let earlier = given[..<place].filter { $0.text == answer.text }
        guard !earlier.isEmpty else { continue }
        let repeatsName = answer.responseID.map { id in
          several.contains(answer.key.model) && named[Name(model: answer.key.model, id: id)]?.count == 1
            && earlier.contains { $0.responseID == id }
        }
        guard let sign = answer.cacheSign ?? (repeatsName == true ? "one response id" : nil) else { continue }
        copies.insert(answer.key)
        let name = answer.cacheSign.map { String($0.prefix { $0 != ":" }) } ?? sign
        counts[answer.key.model, default: [:]][name, default: 0] += 1
      }
    }
    self.copies = copies
    fromCache = Set(answers.filter { $0.cacheSign != nil }.map(\.key))
    signs = counts.compactMapValues { signs in signs.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
  }

  /// Copies of one model; nil if there are none.
  package func count(of model: ModelID) -> Int? {
    let count = copies.count { $0.model == model }
    return count == 0 ? nil : count
  }
}
