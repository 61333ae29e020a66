/// Maps blocks of `0..<count` on all cores.
///
/// Blocks are cut by `size` alone, and their results come in their order: what is summed within a block, and over the blocks
/// afterwards, has one order on any number of cores.
package func concurrentMap<Result: Sendable>(
  _ count: Int, blocksOf size: Int, _ body: @escaping @Sendable (Range<Int>) -> Result
) async -> [Result] {
  let starts = Array(stride(from: 0, to: count, by: size))
  return await withTaskGroup(of: (Int, Result).self) { group in
    for (place, start) in starts.enumerated() {
      group.addTask { (place, body(start..<min(start + size, count))) }
    }
    var results = [Result?](repeating: nil, count: starts.count)
    for await (place, result) in group { results[place] = result }
    return results.compactMap(\.self)
  }
}
