import Cases
import Formats
import LinearAlgebra

/// A part as it is written: lines of fields between tabs, names as JSON strings, numbers in decimal digits.
///
///     {"channels":[…],"format":"retort.measurement/2","method":3,"models":[…],"models_sha256":"…","rows":false}
///     m  model  answered  length  answers       by model: prompts, steps of its length, digest of its answers
///     p  prompt  0|1|-                          by prompt: whether it was answered without spaces between words; or by one model only
///     s  a  b  count  sum…                      by pair of models, both by number: sums in steps of the channels' grids
///     r  prompt  present  steps…                by prompt of two models or more, where rows are kept: models by number, then a list a channel
///     end  prompts  lines  sha256               of all bytes before it
///
/// Everything is in the order of names, so the same part has the same bytes.
extension MeasuredPart {
  /// Version 1 did not name prompts that one model answered, so a wrong split went unseen.
  package static let format = "retort.measurement/2"

  package var lines: [UInt8] {
    let names = modelNames
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    var text: [UInt8] = []
    var count = 0
    func line(_ fields: [String]) {
      text += Array(fields.joined(separator: "\t").utf8) + [0x0A]
      count += 1
    }
    line([
      JSONValue.compact([
        "format": .string(Self.format), "method": .integer(method),
        "channels": .array(
          channels.map {
            .object(["name": .string($0.name), "version": .integer($0.version), "bits": .integer($0.bits)])
          }), "models": .array(names.map { .string($0.rawValue) }),
        "tiles": tiles.map {
          .object([
            "blocks": .integer($0.blocks), "numbers": .array($0.numbers.sorted().map { .integer($0 + 1) }),
          ])
        } ?? .null,
        "models_sha256": .string(Self.digest(ofModels: names).hex), "rows": .bool(keepsPrompts),
      ]).canonical
    ])
    for (number, name) in names.enumerated() {
      let model = models[name] ?? Model()
      line(["m", "\(number)", "\(model.length.count)", "\(model.length.steps)", "\(model.answers)"])
    }
    let ids = prompts.keys.sorted()
    for id in (ids + lonePrompts).sorted() {
      let isWithout = prompts[id].map { $0.isWrittenWithoutSpaces ? "1" : "0" }
      line(["p", JSONValue.string(id.rawValue).canonical, isWithout ?? "-"])
    }
    for pair in pairs.keys.sorted() {
      guard let sums = pairs[pair], let a = numbers[pair.a], let b = numbers[pair.b] else { continue }
      line(["s", "\(a)", "\(b)", "\(sums.count)"] + sums.steps.map { "\($0)" })
    }
    if keepsPrompts {
      for (number, id) in ids.enumerated() {
        guard let prompt = prompts[id] else { continue }
        let present = prompt.present.compactMap { numbers[$0] }.map { "\($0)" }.joined(separator: " ")
        line(["r", "\(number)", present] + prompt.steps.map { $0.map { "\($0)" }.joined(separator: " ") })
      }
    }
    line(["end", "\(prompts.count + lonePrompts.count)", "\(count)", Digest(of: text).hex])
    return text
  }

  private static func digest(ofModels names: [ModelID]) -> Digest {
    Digest(of: names.map { $0.rawValue + "\n" }.joined())
  }

  /// - Parameter name: of what is read, for errors.
  package init(parsing bytes: [UInt8], named name: String) throws(PartError) {
    guard bytes.last == 0x0A else { throw .noTrailer(part: name) }
    let start = bytes.dropLast().lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let trailer = Self.fields(bytes[start..<bytes.count - 1])
    guard trailer.count == 4, trailer[0] == "end" else { throw .noTrailer(part: name) }
    guard Digest(lowerHex: trailer[3]) == Digest(of: bytes[..<start]) else { throw .damaged(part: name) }
    let lines = bytes[..<start].split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    guard Int(trailer[2]) == lines.count, let header = lines.first else { throw .damaged(part: name) }
    var reader = try PartReader(header: Array(header), part: name)
    for (place, line) in lines.dropFirst().enumerated() {
      guard reader.read(Self.fields(line)) else {
        throw .defective(part: name, line: place + 2, what: "is none of a part of a measurement")
      }
    }
    guard let part = reader.finished(prompts: Int(trailer[1])) else { throw .damaged(part: name) }
    self = part
  }

  private static func fields(_ line: ArraySlice<UInt8>) -> [String] {
    line.split(separator: 0x09, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Reads the lines of a part, in their order.
  private struct PartReader {
    private var part: MeasuredPart
    private let names: [ModelID]
    /// By name, its block of tiles; none where there are none.
    private let blocks: [Int]
    private var last: PromptID?
    /// Of two models or more.
    private var ids: [PromptID] = []
    private var withoutSpaces: [Bool] = []
    private var rows = 0

    init(header: [UInt8], part name: String) throws(PartError) {
      func defective(_ what: String) -> PartError { .defective(part: name, line: 1, what: what) }
      guard let header = JSONValue(parsing: header, upTo: .file), header["format"]?.string == MeasuredPart.format else {
        throw defective("is not the header of \(MeasuredPart.format)")
      }
      let channels = header["channels"]?.array?.compactMap { channel -> Channel? in
        guard let name = channel["name"]?.string, let version = channel["version"]?.integer,
          let bits = channel["bits"]?.integer, (0...30).contains(bits)
        else { return nil }
        return Channel(name: name, version: version, bits: bits)
      }
      guard let method = header["method"]?.integer, let keeps = header["rows"]?.bool, let channels,
        channels.count == header["channels"]?.array?.count, !channels.isEmpty
      else { throw defective("names no method, channels or rows") }
      names = (header["models"]?.array ?? []).compactMap { $0.string.map { ModelID($0) } }
      guard zip(names, names.dropFirst()).allSatisfy(<),
        header["models_sha256"]?.string == MeasuredPart.digest(ofModels: names).hex
      else { throw defective("names models that are not those of its digest") }
      var tiles: TileSet?
      var own: [Int] = []
      if let stated = header["tiles"] {
        let numbers = (stated["numbers"]?.array ?? []).compactMap { $0.integer.map { $0 - 1 } }
        guard let blocks = stated["blocks"]?.integer, Limits.tileBlocks.contains(blocks), !numbers.isEmpty,
          numbers.allSatisfy((0..<Tile.count(blocks: blocks)).contains)
        else { throw defective("names tiles that there are not") }
        tiles = TileSet(blocks: blocks, numbers: Set(numbers))
        guard tiles?.missing != nil else { throw defective("names all tiles, which is no part of them") }
        own = names.map { Tile.block(of: $0, blocks) }
      }
      blocks = own
      part = MeasuredPart(method: method, channels: channels, keepsPrompts: keeps, tiles: tiles)
    }

    /// - Returns: whether the line is one of a part, and in its place.
    mutating func read(_ fields: [String]) -> Bool {
      switch fields.first {
      case "m": model(fields)
      case "p": prompt(fields)
      case "s": pair(fields)
      case "r": row(fields)
      default: false
      }
    }

    private mutating func model(_ fields: [String]) -> Bool {
      guard fields.count == 5, Int(fields[1]) == part.models.count, part.models.count < names.count,
        let count = Int(fields[2]), (0...GridMatrix.maximumTerms).contains(count), let steps = Int(fields[3]),
        steps >= 0,
        steps <= count << 40,
        let answers = UInt64(fields[4])
      else { return false }
      part.models[names[part.models.count]] = Model(length: MeanLength(steps: steps, count: count), answers: answers)
      return true
    }

    private mutating func prompt(_ fields: [String]) -> Bool {
      guard fields.count == 3, ["0", "1", "-"].contains(fields[2]),
        let name = JSONValue(parsing: Array(fields[1].utf8), upTo: .file)?.string
      else { return false }
      let id = PromptID(name)
      guard last.map({ $0 < id }) ?? true else { return false }
      last = id
      guard fields[2] != "-" else {
        part.lonePrompts.insert(id)
        return true
      }
      ids.append(id)
      withoutSpaces.append(fields[2] == "1")
      return true
    }

    private mutating func pair(_ fields: [String]) -> Bool {
      guard fields.count == 4 + part.channels.count, let a = Int(fields[1]), let b = Int(fields[2]), 0 <= a, a < b,
        b < names.count, let count = Int(fields[3]), count >= 1, count <= ids.count
      else { return false }
      let steps = fields.dropFirst(4).compactMap { Int($0) }
      // Sums of so many steps are exact in doubles.
      guard steps.count == part.channels.count, steps.allSatisfy({ $0.magnitude <= UInt(count) << 31 }) else {
        return false
      }
      let pair = Pair(a: names[a], b: names[b])
      guard part.pairs[pair] == nil, part.tiles?.holds(blocks[a], blocks[b]) ?? true else { return false }
      part.pairs[pair] = Sums(count: count, steps: steps)
      return true
    }

    private mutating func row(_ fields: [String]) -> Bool {
      guard part.keepsPrompts, fields.count == 3 + part.channels.count, Int(fields[1]) == rows, rows < ids.count else {
        return false
      }
      let present = fields[2].split(separator: " ").map { Int($0) ?? -1 }
      guard present.count > 1, zip(present, present.dropFirst()).allSatisfy(<),
        present.allSatisfy(names.indices.contains)
      else { return false }
      let steps = fields.dropFirst(3).map { $0.split(separator: " ").compactMap { Int32($0) } }
      let own = part.tiles.map { Self.pairs(of: present.map { blocks[$0] }, in: $0) }
      guard steps.allSatisfy({ $0.count == own ?? present.count * (present.count - 1) / 2 }) else { return false }
      part.prompts[ids[rows]] = Prompt(
        isWrittenWithoutSpaces: withoutSpaces[rows], present: present.map { names[$0] }, steps: steps)
      rows += 1
      return true
    }

    /// How many pairs of models in these blocks the tiles have.
    private static func pairs(of present: [Int], in tiles: TileSet) -> Int {
      present.enumerated().reduce(0) { sum, one in
        sum + present[(one.offset + 1)...].count { tiles.holds(one.element, $0) }
      }
    }

    /// - Returns: nil where lines are missing.
    mutating func finished(prompts: Int?) -> MeasuredPart? {
      guard prompts == ids.count + part.lonePrompts.count, part.models.count == names.count,
        !part.keepsPrompts || rows == ids.count,
        part.models.values.allSatisfy({ $0.length.count <= ids.count })
      else {
        return nil
      }
      if !part.keepsPrompts {
        for (id, isWithout) in zip(ids, withoutSpaces) {
          part.prompts[id] = Prompt(isWrittenWithoutSpaces: isWithout, present: [], steps: [])
        }
      }
      return part
    }
  }
}
