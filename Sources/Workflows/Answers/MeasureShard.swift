import Cases
import Formats
package import Likelihood
import Similarity

/// A filter from answers in order to a part of a measurement: what `MergeParts` adds up. It holds one prompt's answers at a time.
package struct MeasureShard: Sendable {
  private let method: CohortMethod
  private let keepsPrompts: Bool
  private let tile: Tile?

  /// - Parameters:
  ///   - keepsPrompts: whether each prompt's contributions are kept, as bootstraps need them.
  ///   - tile: the pairs that are measured, by the number of blocks and that of the tile, from 1 on; nil measures all.
  package init(
    method: CohortMethod = .current, keepsPrompts: Bool, tile: (blocks: Int, number: Int)? = nil
  ) {
    self.tile = tile.map { Tile(blocks: $0.blocks, number: $0.number - 1) }
    self.method = method
    self.keepsPrompts = keepsPrompts
  }

  /// How many tiles there are of so many blocks.
  package static func tiles(ofBlocks blocks: Int) -> Int { Tile.count(blocks: blocks) }

  /// - Parameters:
  ///   - name: of what is read, for errors.
  ///   - read: the next bytes, none at the end.
  /// - Returns: the part, to be written as it is.
  /// - Throws: `FileError`, `PartError` or `SimilarityError`: then there is no part.
  package func run(named name: String, _ read: () throws -> [UInt8]) throws -> [UInt8] {
    var shard = ShardMeasuring(
      method: method.version, channels: method.channels + method.uncombinedChannels, keepsPrompts: keepsPrompts,
      tile: tile)
    var rest: [UInt8] = []
    var number = 0
    func add(_ line: ArraySlice<UInt8>) throws {
      number += 1
      guard line.contains(where: { $0 > 0x20 }) else { return }
      let answer = try AnswerLine(parsing: Array(line), file: name, number: number)
      try shard.add(answer.response, of: answer.model, line: number)
    }
    while true {
      let piece = try read()
      if piece.isEmpty { break }
      rest += piece
      var start = 0
      while let end = rest[start...].firstIndex(of: 0x0A) {
        try add(rest[start..<end])
        start = end + 1
      }
      rest.removeFirst(start)
      guard rest.count <= Limits.lineBytes else {
        throw FileError.defectiveLine(
          file: name, line: number + 1, .tooLarge("longer than \(Limits.words(bytes: Limits.lineBytes))"))
      }
    }
    // Whoever was cut off while writing leaves a line without its end.
    guard rest.isEmpty else { throw FileError.defectiveLine(file: name, line: number + 1, .cutOff) }
    return try shard.finished().lines
  }
}
