package import Cases
import Formats
import LinearAlgebra

/// What some prompts say of all pairs of models, in whole numbers: a part of a measurement. The sum of the parts of all prompts is
/// the measurement, whichever prompts stood in which part, and in whatever order they are added.
package struct MeasuredPart: Sendable, Equatable {
  package struct Channel: Sendable, Equatable {
    package let name: String
    package let version: Int
    package let bits: Int
  }

  struct Model: Sendable, Equatable {
    /// Of the prompts that it answered, beside at least one other.
    var length = MeanLength()
    /// Sum of the first 8 bytes of the digests of its answers, modulo 2⁶⁴: the same in any order.
    var answers: UInt64 = 0
  }

  /// Sums of one pair.
  struct Sums: Sendable, Equatable {
    var count = 0
    /// By channel, in steps of its grid.
    var steps: [Int]
  }

  struct Prompt: Sendable, Equatable {
    let isWrittenWithoutSpaces: Bool
    /// Models that answered it, ascending.
    let present: [ModelID]
    /// By channel, of the pairs of these models that the tiles have; empty where only sums are kept.
    let steps: [[Int32]]
  }

  struct Pair: Hashable, Sendable, Comparable {
    let a: ModelID
    let b: ModelID

    static func < (one: Pair, other: Pair) -> Bool { (one.a, one.b) < (other.a, other.b) }
  }

  package let method: Int
  package let channels: [Channel]
  /// Whether each prompt's contributions are kept, as bootstraps need them.
  package let keepsPrompts: Bool
  /// Which pairs it has; nil has all.
  package internal(set) var tiles: TileSet?
  var models: [ModelID: Model] = [:]
  /// Those that two models or more answered.
  var prompts: [PromptID: Prompt] = [:]
  /// Those that one model alone answered. They say nothing of pairs; but an answer to one of them in another part would have
  /// made pairs, which neither part has.
  var lonePrompts: Set<PromptID> = []
  /// Those that have a prompt in common.
  var pairs: [Pair: Sums] = [:]

  package init(method: Int, channels: [Channel], keepsPrompts: Bool, tiles: TileSet? = nil) {
    self.tiles = tiles
    self.method = method
    self.channels = channels
    self.keepsPrompts = keepsPrompts
  }

  package var modelNames: [ModelID] { models.keys.sorted() }
  package var promptCount: Int { prompts.count }

  /// A number for the answers of a model, whatever their order.
  package static func digest(of responses: some Sequence<Response>) -> UInt64 {
    responses.reduce(0) { sum, response in
      guard response.text.utf8.contains(where: { $0 > 0x20 }) else { return sum }
      let text = "\(response.prompt.rawValue)\u{0}\(response.sample)\u{0}\(response.text)"
      return sum &+ Digest(of: text).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  /// Whether a model's answers are those that were measured.
  package func holds(_ transcript: Transcript) -> Bool {
    models[transcript.model]?.answers == Self.digest(of: transcript.responses)
  }

  /// Adds another part.
  ///
  /// - Parameter name: of the other part, for its errors.
  /// - Throws: if it measures something else, or one of its prompts is here already.
  package mutating func add(_ other: MeasuredPart, named name: String) throws(PartError) {
    guard other.method == method, other.channels == channels else {
      throw .otherMethod(part: name, method: other.method, first: method)
    }
    guard other.keepsPrompts == keepsPrompts else { throw .rowsInSomeOnly(part: name) }
    guard other.tiles == tiles else { throw .tilesDiffer(part: name) }
    if let twice = other.prompts.keys.filter(knows).min() ?? other.lonePrompts.filter(knows).min() {
      throw .promptTwice(part: name, prompt: twice.rawValue)
    }
    guard prompts.count + other.prompts.count <= GridMatrix.maximumTerms else {
      throw .tooManyPrompts(given: prompts.count + other.prompts.count, most: GridMatrix.maximumTerms)
    }
    prompts.merge(other.prompts) { own, _ in own }
    lonePrompts.formUnion(other.lonePrompts)
    models.merge(other.models) { own, other in
      Model(
        length: MeanLength(steps: own.length.steps + other.length.steps, count: own.length.count + other.length.count),
        answers: own.answers &+ other.answers)
    }
    pairs.merge(other.pairs) { own, other in
      Sums(count: own.count + other.count, steps: zip(own.steps, other.steps).map { $0 + $1 })
    }
  }

  /// Whether a prompt was answered here, if by one model only.
  private func knows(_ prompt: PromptID) -> Bool { prompts[prompt] != nil || lonePrompts.contains(prompt) }

  /// As if it had been measured at once.
  package func measurements() -> PairMeasurements {
    let index = PairIndex(models: modelNames)
    let ids = prompts.keys.sorted()
    let lengths = index.models.map { models[$0]?.length.value ?? .nan }
    let withoutSpaces = prompts.values.count(where: \.isWrittenWithoutSpaces)
    let isWrittenWithoutSpaces = 2 * withoutSpaces > ids.count
    func contributions(_ values: [GridMatrix]) -> [Contributions] {
      zip(channels, values).map { Contributions(channel: $0.name, version: $0.version, values: $1) }
    }
    guard keepsPrompts else {
      var sums = channels.map { _ in [Double](repeating: 0, count: index.count) }
      var counts = [Int](repeating: 0, count: index.count)
      for (pair, found) in pairs {
        guard let place = index.index(pair.a, pair.b) else { continue }
        counts[place] = found.count
        for (channel, steps) in found.steps.enumerated() {
          sums[channel][place] = Double(steps) * Double(sign: .plus, exponent: -channels[channel].bits, significand: 1)
        }
      }
      return PairMeasurements(
        contributions: contributions(channels.map { GridMatrix(rows: 0, columns: index.count, bits: $0.bits) }),
        sums: sums, counts: counts, pairs: index, prompts: ids, meanLengths: lengths,
        isWrittenWithoutSpaces: isWrittenWithoutSpaces)
    }
    var values = channels.map { GridMatrix(rows: ids.count, columns: index.count, bits: $0.bits) }
    var answered = [Bool](repeating: false, count: ids.count * index.models.count)
    for (row, id) in ids.enumerated() {
      guard let prompt = prompts[id] else { continue }
      let present = prompt.present.compactMap(index.position(of:))
      for model in present { answered[row * index.models.count + model] = true }
      var next = 0
      for (offset, a) in present.enumerated() {
        for b in present[(offset + 1)...] {
          let place = row * index.count + index.index(a, b)
          for channel in channels.indices { values[channel].steps[place] = prompt.steps[channel][next] }
          next += 1
        }
      }
    }
    return PairMeasurements(
      contributions: contributions(values), pairs: index, prompts: ids,
      participation: Participation(prompts: ids.count, models: index.models.count, answered: answered),
      meanLengths: lengths, isWrittenWithoutSpaces: isWrittenWithoutSpaces)
  }
}
