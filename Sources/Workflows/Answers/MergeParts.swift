package import Cases
import Formats
package import Likelihood
package import Similarity

/// Parts of a measurement, added up; and what is measured already, in place of measuring.
package enum MergeParts {
  /// - Returns: the sum, as it is written; it is a part itself, so sums may be added again.
  /// - Throws: `PartError` for a part that is none, or does not go with the others.
  package static func merge(_ files: [String]) throws -> (bytes: [UInt8], models: Int, prompts: Int) {
    let sum = try sum(of: files)
    return (sum.lines, sum.modelNames.count, sum.promptCount)
  }

  /// First the prompts of each tile are added up, then the tiles: every one of them, or only one.
  private static func sum(of files: [String]) throws -> MeasuredPart {
    guard let first = files.first else { throw PartError.noAnswers }
    var sums: [(part: MeasuredPart, file: String)] = [(try read(first), first)]
    for file in files.dropFirst() {
      let part = try read(file)
      if let place = sums.firstIndex(where: { $0.part.tiles == part.tiles }) {
        try sums[place].part.add(part, named: file)
      } else {
        sums.append((part, file))
      }
    }
    var sum = sums[0].part
    for (part, file) in sums.dropFirst() { try sum.addTiles(of: part, named: file) }
    if sums.count > 1, let tiles = sum.tiles, let missing = tiles.missing {
      throw PartError.tileMissing(part: first, blocks: tiles.blocks, tile: missing + 1)
    }
    return sum
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
