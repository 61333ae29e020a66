/// Adds parts up that were merged in whatever nesting: shards of one tile, tiles of one shard, or sums of either.
///
/// What is held is one sum for each set of tiles that no part has divided. A part that has a tile here and another there is divided:
/// every pair of models is in one tile, so the pairs of each are added by themselves, and joined at the end.
package struct PartSum: Sendable {
  /// No tile is in two of them. The name is that of the first part of each.
  private var sums: [(part: MeasuredPart, name: String)] = []

  package init() {}

  /// - Parameter name: of the part, for errors.
  /// - Throws: if it measures something else, or has a prompt that is here already: then nothing was added.
  package mutating func add(_ part: MeasuredPart, named name: String) throws(PartError) {
    // In place: the sums are large, and nearly all parts go this way.
    if let place = sums.firstIndex(where: { $0.part.tiles == part.tiles }) {
      return try sums[place].part.add(part, named: name)
    }
    let dealt = ([part] + sums.map(\.part)).compactMap { $0.tiles?.blocks }
    guard let blocks = dealt.first else { return sums.append((part, name)) }
    guard dealt.allSatisfy({ $0 == blocks }) else { throw .tilesDiffer(part: name) }
    var rest = part.tileNumbers(ofBlocks: blocks)
    var divided: [(part: MeasuredPart, name: String)] = []
    for sum in sums {
      let own = sum.part.tileNumbers(ofBlocks: blocks)
      let both = own.intersection(rest)
      if both.isEmpty {
        divided.append(sum)
        continue
      }
      var joined = sum.part.having(both, ofBlocks: blocks)
      try joined.add(part.having(both, ofBlocks: blocks), named: name)
      divided.append((joined, sum.name))
      let left = own.subtracting(both)
      if !left.isEmpty { divided.append((sum.part.having(left, ofBlocks: blocks), sum.name)) }
      rest.subtract(both)
    }
    if !rest.isEmpty { divided.append((part.having(rest, ofBlocks: blocks), name)) }
    sums = divided
  }

  /// The tiles joined: all of them, or those that there are. Nothing is held afterwards.
  ///
  /// - Returns: nil where nothing was added.
  /// - Throws: if tiles are not of the same answers.
  package mutating func finished() throws(PartError) -> MeasuredPart? {
    guard !sums.isEmpty else { return nil }
    var whole = sums.removeFirst().part
    for sum in sums { try whole.addTiles(of: sum.part, named: sum.name) }
    sums = []
    return whole
  }
}
