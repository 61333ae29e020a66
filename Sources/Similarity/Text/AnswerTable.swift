package import Cases

/// The answers of several models to the same prompts, side by side.
package struct AnswerTable: Sendable {
  /// In byte order, whatever order they were given in: results do not depend on it.
  package let models: [ModelID]
  /// Prompts that at least two of the models answered, in byte order.
  package let prompts: [PromptID]
  /// Texts of the samples, by prompt and model; empty where the model did not answer. Answers without any text are
  /// left out: they are outcomes, and there is nothing in them to compare.
  private let texts: [[String]]
  /// Whether the first sentence of each answer is passed over; it is cut off where an answer is asked for, for a second copy of all
  /// texts would take as much memory as the first.
  private let passesFirstSentences: Bool

  /// - Parameter passing: whether answers are looked at without their first sentences.
  package init(_ transcripts: [ModelID: Transcript], passingFirstSentences passing: Bool = false) {
    let models = transcripts.keys.sorted()
    var answered: [PromptID: [[String]]] = [:]
    for (column, model) in models.enumerated() {
      for response in transcripts[model]?.responses ?? [] where response.text.hasText(passing) {
        answered[response.prompt, default: Array(repeating: [], count: models.count)][column].append(response.text)
      }
    }
    let shared = answered.filter { row in row.value.count { !$0.isEmpty } >= 2 }
    self.models = models
    prompts = shared.keys.sorted()
    texts = prompts.flatMap { shared[$0] ?? [] }
    passesFirstSentences = passing
  }

  /// What the models thought before they answered, in place of what they answered.
  package init(reasoningOf transcripts: [ModelID: Transcript]) {
    self.init(
      transcripts.mapValues { transcript in
        Transcript(
          model: transcript.model,
          responses: transcript.responses.compactMap { response in
            response.reasoning.map { Response(prompt: response.prompt, sample: response.sample, text: $0) }
          }, source: transcript.source)
      })
  }

  /// Samples of one model's answers to one prompt.
  package func samples(prompt: Int, model: Int) -> [String] {
    let samples = texts[prompt * models.count + model]
    return passesFirstSentences ? samples.map(\.withoutFirstSentence) : samples
  }

  /// By model, as `PairMeasurements.meanLengths`.
  package var meanLengths: [Double] {
    models.indices.map { model in
      var mean = MeanLength()
      for prompt in prompts.indices where answered(prompt: prompt, model: model) {
        let samples = samples(prompt: prompt, model: model)
        mean.add(Double(samples.reduce(0) { $0 + NormalisedText($1).characters }) / Double(samples.count))
      }
      return mean.value
    }
  }

  package func answered(prompt: Int, model: Int) -> Bool { !texts[prompt * models.count + model].isEmpty }
}

extension String {
  fileprivate func hasText(_ withoutFirstSentence: Bool) -> Bool {
    // What is blank stays so.
    utf8.contains { $0 > 0x20 } && (!withoutFirstSentence || self.withoutFirstSentence.utf8.contains { $0 > 0x20 })
  }
}
