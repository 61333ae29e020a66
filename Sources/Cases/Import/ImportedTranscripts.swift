import Formats

/// Answers that other tools recorded, as transcripts, with the prompts as far as they are known.
package struct ImportedTranscripts: Sendable {
  /// In the order of their models' names; each has at least one answer.
  package let transcripts: [Transcript]
  /// In the order in which the files have them.
  package let probes: [Probe]
  package let skipped: [SkippedRecord]
  /// Answers that the source took from a cache.
  package let cached: Int

  /// - Parameter model: names the model of every answer, whatever the files say.
  /// - Throws: `FileError` or `CasesError` naming file and place; nothing is left out in silence.
  package static func read(
    _ files: [String], format: ImportFormat, model: ModelID? = nil, fields: ImportFields = ImportFields()
  ) throws -> ImportedTranscripts {
    var assembly = Assembly(model: model)
    for file in files {
      for record in try format.records(of: file, fields: fields) { try assembly.add(record) }
    }
    guard !assembly.responses.isEmpty else {
      throw CasesError.nothingToImport(files: files, skipped: assembly.skipped.count)
    }
    return ImportedTranscripts(
      transcripts: assembly.responses.sorted { $0.key < $1.key }
        .map { Transcript(model: $0.key, counted: $0.value) },
      probes: assembly.order.compactMap { id in assembly.prompts[id].map { $0.prompt.probe(id) } },
      skipped: assembly.skipped, cached: assembly.cached)
  }
}

private struct Assembly {
  private struct Key: Hashable {
    let model: ModelID
    let prompt: PromptID
    let sample: Int
  }

  let model: ModelID?
  private(set) var responses: [ModelID: [Response]] = [:]
  private(set) var prompts: [PromptID: (prompt: ImportedPrompt, place: SourcePlace)] = [:]
  private(set) var order: [PromptID] = []
  private(set) var skipped: [SkippedRecord] = []
  private(set) var cached = 0
  private var first: [Key: SourcePlace] = [:]
  /// By model and prompt: where counting goes on.
  private var nextSample: [Key: Int] = [:]

  init(model: ModelID?) { self.model = model }

  mutating func add(_ record: ImportRecord) throws {
    switch record {
    case .skipped(let record): skipped.append(record)
    case .prompt(let id, let prompt, let place): try know(prompt, as: PromptID(id), place)
    case .answer(let answer): try add(answer)
    }
  }

  private mutating func add(_ answer: ImportedAnswer) throws {
    guard let model = model ?? answer.model.map({ ModelID($0) }) else { throw answer.place.error(.modelUnknown) }
    guard let name = answer.promptID ?? answer.prompt?.stableID else { throw answer.place.error(.promptUnknown) }
    let prompt = PromptID(name)
    if let text = answer.prompt { try know(text, as: prompt, answer.place) }
    var key = Key(model: model, prompt: prompt, sample: answer.sample ?? 0)
    if answer.sample == nil {
      // Counted on from the last one: from the first, a file of one prompt would take the square of its answers.
      let uncounted = Key(model: model, prompt: prompt, sample: 0)
      key = Key(model: model, prompt: prompt, sample: nextSample[uncounted] ?? 0)
      while first[key] != nil { key = Key(model: model, prompt: prompt, sample: key.sample + 1) }
      nextSample[uncounted] = key.sample + 1
    }
    guard Limits.sampleNumber.contains(key.sample) else { throw answer.place.error(.sampleOutOfRange) }
    if let other = first.updateValue(answer.place, forKey: key) {
      throw answer.place.error(.repeatedAnswer(model: model, prompt: prompt, sample: key.sample, first: other))
    }
    let inline = answer.reasoning == nil ? ReasoningText.split(answer.text) : nil
    responses[model, default: []].append(
      Response(
        prompt: prompt, sample: key.sample, text: inline?.text ?? answer.text, tokens: answer.tokens,
        reasoning: answer.reasoning ?? inline?.reasoning))
    if answer.isCached { cached += 1 }
  }

  private mutating func know(_ prompt: ImportedPrompt, as id: PromptID, _ place: SourcePlace) throws {
    if let known = prompts[id] {
      guard known.prompt.asksTheSame(as: prompt) else { throw place.error(.promptDiffers(id, first: known.place)) }
    } else {
      prompts[id] = (prompt, place)
      order.append(id)
    }
  }
}

extension ImportedPrompt {
  fileprivate func probe(_ id: PromptID) -> Probe {
    Probe(id: id, prompt: text, system: system, category: category, language: language)
  }
}
