package import Formats

/// The answers of a run that are analysed, and those that are kept and not: copies, and what is no text.
package struct CountedAnswers {
  private var answers: [(key: CopiedAnswers.Key, answer: Answer)] = []
  private var seen: [CopiedAnswers.Seen] = []

  private let reading: StoredReading

  package init(reading: StoredReading = .present) { self.reading = reading }

  /// In the order of the attempts.
  package mutating func add(
    model: ModelID, probe: PromptID, sample: Int, _ answer: Answer, storedHeaders: JSONValue?
  ) {
    let key = CopiedAnswers.Key(model: model, probe: probe, sample: sample)
    // No analysis reads the prompt's.
    answers.append((key, answer.with(tokens: answer.tokens, promptTokenLogprobs: nil)))
    seen.append(.init(key, answer, cacheSign: CacheSign.found(inStored: storedHeaders, reading)))
  }

  package var copies: CopiedAnswers { CopiedAnswers(seen) }

  /// - Parameter models: each gets a transcript, if only an empty one.
  package func transcripts(of models: some Sequence<ModelID>, without copies: CopiedAnswers) -> [ModelID: Transcript] {
    var responses: [ModelID: [Response]] = [:]
    var thoughts: [ModelID: [String: Int]] = [:]
    for model in models { responses[model] = [] }
    for (key, answer) in answers where !answer.isOtherThanText && !copies.copies.contains(key) {
      if let mark = answer.reasoningSource, !Self.isField(mark) {
        thoughts[key.model, default: [:]][mark, default: 0] += 1
      }
      responses[key.model, default: []].append(
        Response(
          prompt: key.probe, sample: key.sample, text: answer.text, tokens: answer.tokens, reasoning: answer.reasoning))
    }
    return responses.reduce(into: [:]) { transcripts, entry in
      transcripts[entry.key] = Transcript(
        model: entry.key, counted: entry.value, thoughtsInText: thoughts[entry.key] ?? [:])
    }
  }

  /// A field's name, where thoughts did not stand in the text.
  private static func isField(_ source: String) -> Bool {
    source.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") || (0x61...0x7A).contains($0 | 0x20) }
  }

  /// By model, kinds of what came in place of text; nil where nothing did.
  package func withoutText(of model: ModelID) -> [String: Int]? {
    let kinds = answers.filter { $0.key.model == model && $0.answer.isOtherThanText }.flatMap(\.answer.others)
    return kinds.isEmpty ? nil : kinds.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}
