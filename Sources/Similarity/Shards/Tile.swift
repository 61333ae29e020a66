import Cases
import Formats

/// Some of the pairs of many models: models are dealt into blocks by their names, and a tile has the pairs of one block with
/// another, or with itself. All tiles together have every pair once, whoever else is among the models.
package struct Tile: Hashable, Sendable {
  package let blocks: Int
  /// 0 and above, in the order of the pairs of blocks: (0, 0), (0, 1) … (1, 1) …
  package let number: Int

  package init(blocks: Int, number: Int) {
    precondition((0..<Self.count(blocks: blocks)).contains(number), "a tile is one of those of its blocks")
    self.blocks = blocks
    self.number = number
  }

  package static func count(blocks: Int) -> Int { blocks * (blocks + 1) / 2 }

  /// The tile that has the pairs of two blocks.
  static func number(_ one: Int, _ other: Int, of blocks: Int) -> Int {
    let (low, high) = (min(one, other), max(one, other))
    return low * blocks - low * (low - 1) / 2 + high - low
  }

  /// The block of a model, by the digest of its name: the same wherever it is measured.
  static func block(of model: ModelID, _ blocks: Int) -> Int {
    let number = Digest(of: model.rawValue).bytes.prefix(7).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(number % UInt64(blocks))
  }

  /// Its two blocks; they may be one.
  var pair: (low: Int, high: Int) {
    var (low, rest) = (0, number)
    while rest >= blocks - low {
      rest -= blocks - low
      low += 1
    }
    return (low, low + rest)
  }
}

/// Some of the tiles of a number of blocks, but not all.
package struct TileSet: Hashable, Sendable {
  package let blocks: Int
  package let numbers: Set<Int>

  /// Whether a tile of it has the pairs of two blocks.
  func holds(_ one: Int, _ other: Int) -> Bool { numbers.contains(Tile.number(one, other, of: blocks)) }

  /// The first that is not among them.
  package var missing: Int? { (0..<Tile.count(blocks: blocks)).first { !numbers.contains($0) } }
}
