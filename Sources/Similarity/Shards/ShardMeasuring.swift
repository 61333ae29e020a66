package import Cases
import LinearAlgebra

/// Measures answers that come prompt by prompt: what is held is one prompt's answers, and the sums.
package struct ShardMeasuring: Sendable {
  private let channels: [any Channel]
  private let tile: Tile?
  /// By model, its block; of a tile only.
  private var blocks: [ModelID: Int] = [:]
  private var part: MeasuredPart
  /// The prompt that is being read.
  private var prompt: PromptID?
  private var texts: [(model: ModelID, samples: [String])] = []
  private var last: (prompt: PromptID, model: ModelID, sample: Int)?

  /// - Parameters:
  ///   - keepsPrompts: whether each prompt's contributions are kept, and not only their sums.
  ///   - tile: the pairs that are measured, where they are too many for one part; nil measures all.
  package init(method: Int, channels: [any Channel], keepsPrompts: Bool, tile: Tile? = nil) {
    self.channels = channels
    self.tile = tile
    part = MeasuredPart(
      method: method,
      channels: channels.map { .init(name: $0.name, version: $0.version, bits: $0.gridBits) },
      keepsPrompts: keepsPrompts, tiles: tile.map { TileSet(blocks: $0.blocks, numbers: [$0.number]) })
  }

  /// - Parameter line: where the answer was read.
  /// - Throws: `PartError.notInOrder`, or `SimilarityError`.
  package mutating func add(_ response: Response, of model: ModelID, line: Int) throws {
    let key = (prompt: response.prompt, model: model, sample: response.sample)
    if let last, last >= key { throw PartError.notInOrder(line: line) }
    last = key
    part.models[model, default: .init()].answers &+= MeasuredPart.digest(of: [response])
    if response.prompt != prompt { try finishPrompt() }
    prompt = response.prompt
    guard response.text.utf8.contains(where: { $0 > 0x20 }) else { return }
    if texts.last?.model == model {
      texts[texts.count - 1].samples.append(response.text)
    } else {
      texts.append((model, [response.text]))
    }
  }

  /// What was measured of all that was added.
  package mutating func finished() throws -> MeasuredPart {
    try finishPrompt()
    return part
  }

  private mutating func finishPrompt() throws {
    defer { texts = [] }
    guard let prompt, !texts.isEmpty else { return }
    guard texts.count > 1 else {
      part.lonePrompts.insert(prompt)
      return
    }
    guard part.prompts.count < GridMatrix.maximumTerms else {
      throw SimilarityError.tooManyPrompts(given: part.prompts.count + 1, most: GridMatrix.maximumTerms)
    }
    var own: [Int] = []
    if let tile { for text in texts { own.append(block(of: text.model, in: tile)) } }
    let paired = texts.indices.filter { place in tile.map { [$0.pair.low, $0.pair.high].contains(own[place]) } ?? true }
    let answers = PromptAnswers(texts.map(\.samples), paired: paired)
    let steps = try channels.map { channel in
      guard let steps = channel.steps(answers) else {
        throw SimilarityError.contributionOutOfRange(channel: channel.name, prompt: prompt.rawValue)
      }
      return steps
    }
    for (text, length) in zip(texts, answers.meanLengths) {
      part.models[text.model, default: .init()].length.add(length)
    }
    var place = 0
    var kept = channels.map { _ in [Int32]() }
    for (offset, a) in paired.enumerated() {
      for b in paired[(offset + 1)...] {
        defer { place += 1 }
        let pair = MeasuredPart.Pair(a: texts[a].model, b: texts[b].model)
        guard part.tiles?.holds(own[a], own[b]) ?? true else { continue }
        part.pairs[pair, default: .init(steps: channels.map { _ in 0 })].count += 1
        for channel in channels.indices { part.pairs[pair]?.steps[channel] += Int(steps[channel][place]) }
        if part.keepsPrompts, tile != nil {
          for channel in channels.indices { kept[channel].append(steps[channel][place]) }
        }
      }
    }
    part.prompts[prompt] = MeasuredPart.Prompt(
      isWrittenWithoutSpaces: answers.isWrittenWithoutSpaces, present: part.keepsPrompts ? texts.map(\.model) : [],
      steps: part.keepsPrompts ? (tile == nil ? steps : kept) : [])
  }

  private mutating func block(of model: ModelID, in tile: Tile) -> Int {
    if let known = blocks[model] { return known }
    let block = Tile.block(of: model, tile.blocks)
    blocks[model] = block
    return block
  }
}
