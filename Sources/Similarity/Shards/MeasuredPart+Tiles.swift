import Cases

/// Pairs of some models in one part and those of others in another; the prompts are the same.
extension MeasuredPart {
  /// Adds other tiles of the same prompts; with the last of them it has all pairs.
  ///
  /// - Precondition: no tile is in both.
  /// - Throws: if it measures something else.
  package mutating func addTiles(of other: MeasuredPart, named name: String) throws(PartError) {
    guard other.method == method, other.channels == channels else {
      throw .otherMethod(part: name, method: other.method, first: method)
    }
    guard other.keepsPrompts == keepsPrompts else { throw .rowsInSomeOnly(part: name) }
    guard let own = tiles, let others = other.tiles, own.blocks == others.blocks else {
      throw .tilesDiffer(part: name)
    }
    precondition(own.numbers.isDisjoint(with: others.numbers), "a tile that both have is divided by `PartSum`")
    // Each tile reads all answers.
    guard other.models == models, other.prompts.keys == prompts.keys, other.lonePrompts == lonePrompts,
      prompts.allSatisfy({ id, prompt in
        let same = other.prompts[id]
        return same?.present == prompt.present && same?.isWrittenWithoutSpaces == prompt.isWrittenWithoutSpaces
      })
    else { throw .tilesOfOthers(part: name) }
    for (id, prompt) in prompts {
      guard keepsPrompts, let more = other.prompts[id] else { continue }
      prompts[id] = Prompt(
        isWrittenWithoutSpaces: prompt.isWrittenWithoutSpaces, present: prompt.present,
        steps: Self.joined(prompt, own, more, others))
    }
    pairs.merge(other.pairs) { own, _ in own }
    let all = TileSet(blocks: own.blocks, numbers: own.numbers.union(others.numbers))
    tiles = all.missing == nil ? nil : all
  }

  /// By channel, of the pairs of both, in their order.
  private static func joined(_ one: Prompt, _ own: TileSet, _ other: Prompt, _ others: TileSet) -> [[Int32]] {
    let blocks = one.present.map { Tile.block(of: $0, own.blocks) }
    var steps = one.steps.map { _ in [Int32]() }
    var (next, nextOther) = (0, 0)
    for (offset, a) in blocks.enumerated() {
      for b in blocks[(offset + 1)...] {
        if own.holds(a, b) {
          for channel in steps.indices { steps[channel].append(one.steps[channel][next]) }
          next += 1
        } else if others.holds(a, b) {
          for channel in steps.indices { steps[channel].append(other.steps[channel][nextOther]) }
          nextOther += 1
        }
      }
    }
    return steps
  }

  /// Which tiles of so many blocks it has; without tiles, all.
  func tileNumbers(ofBlocks blocks: Int) -> Set<Int> { tiles?.numbers ?? Set(0..<Tile.count(blocks: blocks)) }

  /// The pairs of some of its tiles; models and prompts are those of all.
  ///
  /// - Parameter numbers: of tiles that it has.
  func having(_ numbers: Set<Int>, ofBlocks count: Int) -> MeasuredPart {
    guard numbers != tileNumbers(ofBlocks: count) else { return self }
    let chosen = TileSet(blocks: count, numbers: numbers)
    let blocks = models.keys.reduce(into: [ModelID: Int]()) { $0[$1] = Tile.block(of: $1, count) }
    func block(_ model: ModelID) -> Int { blocks[model] ?? Tile.block(of: model, count) }
    var part = self
    part.tiles = chosen
    part.pairs = pairs.filter { chosen.holds(block($0.key.a), block($0.key.b)) }
    guard keepsPrompts else { return part }
    part.prompts = prompts.mapValues { prompt in
      let present = prompt.present.map(block)
      var steps = prompt.steps.map { _ in [Int32]() }
      var next = 0
      for (offset, a) in present.enumerated() {
        for b in present[(offset + 1)...] where tiles?.holds(a, b) ?? true {
          if chosen.holds(a, b) {
            for channel in steps.indices { steps[channel].append(prompt.steps[channel][next]) }
          }
          next += 1
        }
      }
      return Prompt(
        isWrittenWithoutSpaces: prompt.isWrittenWithoutSpaces, present: prompt.present, steps: steps)
    }
    return part
  }
}
