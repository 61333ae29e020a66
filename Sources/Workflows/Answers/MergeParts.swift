package import Cases
import Formats
package import Likelihood
package import Similarity

/// Parts of a measurement, added up; and what is measured already, in place of measuring.
package enum MergeParts {
  package struct Sum: Sendable {
    /// The sum, as it is written; it is a part itself, so sums may be added again.
    package let bytes: [UInt8]
    package let models: Int
    package let prompts: Int
    /// The first tile that is not in it, from 1 on, and of how many; nil where it has all pairs.
    package let missing: (tile: Int, of: Int)?
  }

  /// - Throws: `PartError` for a part that is none, or does not go with the others.
  package static func merge(_ files: [String]) throws -> Sum {
    var parts = PartSum()
    for file in files { try parts.add(read(file), named: file) }
    guard let sum = try parts.finished() else { throw PartError.noAnswers }
    let missing = sum.tiles.flatMap { tiles in
      tiles.missing.map { (tile: $0 + 1, of: Tile.count(blocks: tiles.blocks)) }
    }
    return Sum(bytes: sum.lines, models: sum.modelNames.count, prompts: sum.promptCount, missing: missing)
  }

  private static func read(_ file: String) throws -> MeasuredPart {
    try MeasuredPart(parsing: Gzip.inflateIfNeeded(FileBytes.read(file), file: file), named: file)
  }

  /// A measurement to be used as if it had been made anew.
  ///
  /// - Parameters:
  ///   - transcripts: the answers that it must have been made of, no more and no fewer models; nil where nobody asks.
  ///   - rows: whether contributions of each prompt are needed.
  package static func measurement(
    _ file: String, of transcripts: [ModelID: Transcript]?, method: CohortMethod, rows: Bool
  ) throws -> PairMeasurements {
    let part = try read(file)
    let wanted = (method.channels + method.uncombinedChannels).map { ($0.name, $0.version, $0.gridBits) }
    guard part.method == method.version, part.channels.count == wanted.count,
      zip(part.channels, wanted).allSatisfy({ ($0.name, $0.version, $0.bits) == $1 })
    else { throw PartError.otherMethod(part: file, method: part.method, first: method.version) }
    guard part.promptCount > 0 else { throw PartError.noAnswers }
    if let tiles = part.tiles, let missing = tiles.missing {
      throw PartError.tileMissing(part: file, blocks: tiles.blocks, tile: missing + 1)
    }
    guard part.keepsPrompts || !rows else { throw PartError.sumsOnly(part: file) }
    if let transcripts {
      let measured = Set(part.modelNames)
      if let other = measured.symmetricDifference(transcripts.keys).min() {
        throw PartError.otherModels(part: file, model: other.rawValue, isMeasured: measured.contains(other))
      }
      for (model, transcript) in transcripts.sorted(by: { $0.key < $1.key }) where !part.holds(transcript) {
        throw PartError.otherAnswers(part: file, model: model.rawValue)
      }
    }
    return part.measurements()
  }
}
