/// Hashes of many documents, parted by their first bits: a part's hashes are all that there are of their kind, and few enough
/// for a table of them to stay in the processor's cache, where a look-up costs a tenth of one in memory.
struct HashPartitions {
  /// Part by part; within a part in the order of the documents.
  let hashes: [UInt64]
  /// The document of each.
  let documents: [Int32]
  let parts: [Range<Int>]

  /// A part has at most about so many hashes.
  private static let size = 4_096

  init(_ all: [[UInt64]]) {
    let total = all.reduce(0) { $0 + $1.count }
    let bits = max((total / Self.size).bitWidth - (total / Self.size).leadingZeroBitCount, 0)
    var next = [Int](repeating: 0, count: 1 << bits)
    for document in all { for hash in document { next[Self.part(hash, bits)] += 1 } }
    var start = 0
    for part in next.indices { (next[part], start) = (start, start + next[part]) }
    parts = zip(next, next.dropFirst() + [total]).map { $0..<$1 }
    var hashes = [UInt64](repeating: 0, count: total)
    var documents = [Int32](repeating: 0, count: total)
    var hashSpan = hashes.mutableSpan
    var documentSpan = documents.mutableSpan
    for (document, own) in all.enumerated() {
      for hash in own {
        let part = Self.part(hash, bits)
        hashSpan[next[part]] = hash
        documentSpan[next[part]] = Int32(document)
        next[part] += 1
      }
    }
    self.hashes = hashes
    self.documents = documents
  }

  /// The table of a part goes by the last bits.
  private static func part(_ hash: UInt64, _ bits: Int) -> Int { Int(hash >> UInt64(64 - bits)) }
}
