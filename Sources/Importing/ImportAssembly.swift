import Cases
import Formats

/// Puts the records of files together: numbers samples, joins prompts to their answers, and leaves out what is there already.
struct ImportAssembly {
  private struct Key: Hashable {
    let model: ModelID
    let prompt: PromptID
    let sample: Int
  }

  private struct Copy: Hashable {
    let model: ModelID
    let prompt: PromptID
    let text: Digest
  }

  private(set) var responses: [ModelID: [Response]] = [:]
  private(set) var prompts: [PromptID: (prompt: ImportedPrompt, place: SourcePlace)] = [:]
  private(set) var order: [PromptID] = []
  private(set) var skipped: [SkippedRecord] = []
  private(set) var cached = 0
  /// By model, answers from whose text thoughts were taken, by the mark.
  private(set) var thoughts: [ModelID: [String: Int]] = [:]
  private let matchesByText: Bool
  private var doubling: RecordDoubling
  /// By the source's name, what a file of questions says.
  private var asked: [String: ImportedPrompt] = [:]
  private var first: [Key: SourcePlace] = [:]
  private var given: Set<Copy> = []
  /// By model and prompt: where counting goes on.
  private var nextSample: [Key: Int] = [:]

  init(doubling: RecordDoubling, matchesByText: Bool) {
    self.doubling = doubling
    self.matchesByText = matchesByText
  }

  /// Takes note of the text of a prompt that stands apart from its answers.
  mutating func know(_ record: ImportRecord) throws {
    guard case .prompt(let id, let prompt, let place) = record else { return }
    asked[id] = prompt
    if !matchesByText { try know(prompt, as: PromptID(id), place) }
  }

  mutating func add(_ record: ImportRecord) throws {
    switch record {
    case .skipped(let record): skipped.append(record)
    case .prompt: return
    case .answer(let answer): try add(answer)
    }
  }

  private mutating func add(_ answer: ImportedAnswer) throws {
    guard let model = answer.model.map({ ModelID($0) }) else { throw answer.place.error(.modelUnknown) }
    let text = answer.prompt ?? answer.promptID.flatMap { asked[$0] }
    guard let name = (matchesByText ? text?.stableID : nil) ?? answer.promptID ?? text?.stableID else {
      throw answer.place.error(.promptUnknown)
    }
    let prompt = PromptID(name)
    if let text { try know(text, as: prompt, answer.place) }
    if doubling.isCopy(answer) { return skipped.append(SkippedRecord(answer.place, .doubled)) }
    let isNew = given.insert(Copy(model: model, prompt: prompt, text: Digest(of: answer.said.words))).inserted
    if answer.isCached {
      guard isNew else { return skipped.append(SkippedRecord(answer.place, .copyFromCache)) }
      cached += 1
    }
    var key = Key(model: model, prompt: prompt, sample: answer.sample ?? 0)
    if answer.sample == nil || (matchesByText && first[key] != nil) {
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
    if let mark = answer.said.markInText { thoughts[model, default: [:]][mark, default: 0] += 1 }
    responses[model, default: []].append(
      Response(
        prompt: prompt, sample: key.sample, text: answer.said.words, tokens: answer.tokens,
        reasoning: answer.said.reasoning))
  }

  private mutating func know(_ prompt: ImportedPrompt, as id: PromptID, _ place: SourcePlace) throws {
    if let known = prompts[id] {
      guard known.prompt.asksTheSame(as: prompt) else { throw place.error(.promptDiffers(id, first: known.place)) }
      if let field = prompt.differs(from: known.prompt) {
        throw place.error(.besideDiffers(field: field, first: known.place))
      }
    } else {
      prompts[id] = (prompt, place)
      order.append(id)
    }
  }
}
