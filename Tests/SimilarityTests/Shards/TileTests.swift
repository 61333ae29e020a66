import Cases
import Formats
import Similarity
import Statistics
import Testing

@Suite("Tiles of a measurement")
struct TileTests {
  private static func part(
    _ answers: [(model: ModelID, response: Response)], rows: Bool, blocks: Int, tile: Int
  ) throws -> MeasuredPart {
    var shard = ShardMeasuring(
      method: 3, channels: ShardTests.channels + [ClosingOverlap()], keepsPrompts: rows,
      tile: Tile(blocks: blocks, number: tile))
    for (line, answer) in answers.enumerated() { try shard.add(answer.response, of: answer.model, line: line + 1) }
    return try MeasuredPart(parsing: try shard.finished().lines, named: "p")
  }

  private static func whole(rows: Bool) throws -> [UInt8] {
    try ShardTests.part(ShardTests.answers, rows: rows, channels: ShardTests.channels + [ClosingOverlap()]).lines
  }

  @Test(
    "shards of all tiles, in any order, have the bytes of what is measured at once",
    arguments: [(2, false), (2, true), (3, true), (9, true)])
  func sum(blocks: Int, rows: Bool) throws {
    var generator = SeededGenerator(seed: UInt64(blocks))
    var sums: [MeasuredPart] = []
    for tile in 0..<Tile.count(blocks: blocks) {
      var shards = try ShardTests.split(3).map { try Self.part($0, rows: rows, blocks: blocks, tile: tile) }
      generator.shuffle(&shards)
      var sum = shards[0]
      for shard in shards.dropFirst() { try sum.add(shard, named: "p") }
      sums.append(sum)
    }
    // No pair is in two tiles, and every one in some.
    generator.shuffle(&sums)
    var sum = sums[0]
    for tile in sums.dropFirst() {
      #expect(sum.tiles?.missing != nil)
      try sum.addTiles(of: tile, named: "p")
      sum = try MeasuredPart(parsing: sum.lines, named: "p")
    }
    #expect(sum.tiles == nil)
    #expect(try sum.lines == Self.whole(rows: rows))
  }

  @Test("a tile has some of the pairs and all of the models")
  func some() throws {
    let tiles = try (0..<3).map { try Self.part(ShardTests.answers, rows: true, blocks: 2, tile: $0) }
    #expect(tiles.allSatisfy { $0.modelNames.count == 13 && $0.promptCount == 40 })
    let lines = tiles.map { String(decoding: $0.lines, as: UTF8.self).split(separator: "\n") }
    let pairs = lines.map { $0.count { $0.hasPrefix("s\t") } }
    #expect(pairs.reduce(0, +) == 78 && pairs.allSatisfy { $0 < 78 })
  }

  private static func merged(_ parts: [MeasuredPart]) throws -> MeasuredPart {
    var sum = PartSum()
    for part in parts { try sum.add(part, named: "p") }
    let found = try sum.finished()
    return try MeasuredPart(parsing: try #require(found).lines, named: "p")
  }

  @Test("tiles of shards have the bytes of the whole, in whatever nesting they are merged", arguments: [false, true])
  func nesting(rows: Bool) throws {
    let whole = try Self.whole(rows: rows)
    let cells = try ShardTests.split(3).map { shard in
      try (0..<3).map { try Self.part(shard, rows: rows, blocks: 2, tile: $0) }
    }
    // Three rectangles that no single cut parts, and a fourth that was measured without tiles.
    let (a, b, c) = (cells[0], cells[1], cells[2])
    let untiled = try ShardTests.part(
      ShardTests.split(3)[2], rows: rows, channels: ShardTests.channels + [ClosingOverlap()])
    for nested in [
      [try Self.merged([a[0], a[1]]), a[2], b[0], try Self.merged([b[2], b[1]]), c[1], c[2], c[0]],
      [b[1], try Self.merged([a[0], b[0]]), try Self.merged([a[2], a[1]]), b[2], untiled],
      [untiled, try Self.merged(a), try Self.merged([b[0], b[2]]), b[1]],
    ] { #expect(try Self.merged(nested).lines == whole) }
    for seed in 1...6 {
      var generator = SeededGenerator(seed: UInt64(seed))
      var parts = Array(cells.joined())
      for _ in 0..<8 {
        generator.shuffle(&parts)
        // Two of other prompts and other tiles make no part.
        guard let pair = try? Self.merged(Array(parts.prefix(2))) else { continue }
        parts = [pair] + parts.dropFirst(2)
      }
      generator.shuffle(&parts)
      #expect(try Self.merged(parts).lines == whole, "seed \(seed)")
    }
    let some = try Self.merged([a[2], a[0]])
    #expect(some.tiles?.missing == 1)
    #expect(throws: PartError.promptTwice(part: "p", prompt: "p10")) { try Self.merged([some, a[1], a[0]]) }
    #expect(throws: PartError.promptTwice(part: "p", prompt: "p10")) {
      try Self.merged([untiled, a[1], a[0], a[2], some])
    }
    #expect(throws: PartError.tilesOfOthers(part: "p")) { try Self.merged([some, a[1], b[0]]) }
  }

  @Test("a tile that comes twice, one of other answers, of other blocks, or of none are refused by name")
  func refused() throws {
    let parts = ShardTests.split(2)
    var sum = try Self.part(parts[0], rows: false, blocks: 2, tile: 0)
    let before = sum
    #expect(throws: PartError.promptTwice(part: "p", prompt: "p1")) { try sum.add(before, named: "p") }
    let others: [(MeasuredPart, PartError)] = [
      (try Self.part(parts[1], rows: false, blocks: 2, tile: 1), .tilesOfOthers(part: "p")),
      (try Self.part(parts[0], rows: false, blocks: 3, tile: 1), .tilesDiffer(part: "p")),
      (
        try ShardTests.part(parts[0], rows: false, channels: ShardTests.channels + [ClosingOverlap()]),
        .tilesDiffer(part: "p")
      ),
      (try Self.part(parts[0], rows: true, blocks: 2, tile: 1), .rowsInSomeOnly(part: "p")),
    ]
    for (other, error) in others { #expect(throws: error) { try sum.addTiles(of: other, named: "p") } }
    #expect(throws: PartError.tilesDiffer(part: "p")) {
      try sum.add(Self.part(parts[1], rows: false, blocks: 2, tile: 1), named: "p")
    }
    #expect(sum == before)
  }

  @Test("lines of a tile that are none of it are refused, though their digest is right")
  func forged() throws {
    let text = String(
      decoding: try Self.part(ShardTests.answers, rows: true, blocks: 2, tile: 1).lines, as: UTF8.self)
    for (from, to) in [
      ("\"numbers\":[2]", "\"numbers\":[1]"), ("\"numbers\":[2]", "\"numbers\":[1,2,3]"),
      ("\"numbers\":[2]", "\"numbers\":[4]"), ("\"blocks\":2", "\"blocks\":1"), ("\"numbers\":[2]", "\"numbers\":[]"),
    ] {
      let lines = text.replacing(from, with: to).split(separator: "\n").dropLast()
      let body = lines.map { $0 + "\n" }.joined()
      let bytes = Array((body + "end\t41\t\(lines.count)\t\(Digest(of: body).hex)\n").utf8)
      #expect(throws: PartError.self, "\(to)") { try MeasuredPart(parsing: bytes, named: "p") }
    }
  }
}
