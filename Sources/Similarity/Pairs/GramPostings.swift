/// Which documents hold each gram, each once, in ascending order; grams of one document only are left out.
struct GramPostings {
  private let starts: [Int32]
  private let holders: [Int32]
  /// Of each document, how many different grams no other one holds.
  let ownGrams: [Int]

  init(_ grams: [[UInt64]]) {
    var starts: [Int32] = [0]
    var holders: [Int32] = []
    var own = [Int](repeating: 0, count: grams.count)
    let hashes = HashPartitions(grams)
    for part in hashes.parts {
      var table = FeatureTable(capacity: part.count)
      let numbers = table.numbers(of: hashes.hashes[part])
      // Of each gram how many documents hold it, and the last of them.
      var frequency = [Int32](repeating: 0, count: table.count)
      var last = [Int32](repeating: -1, count: table.count)
      var frequencySpan = frequency.mutableSpan
      var lastSpan = last.mutableSpan
      // Each document's grams by number, each once.
      var entries: [(number: Int32, document: Int32)] = []
      entries.reserveCapacity(part.count)
      for (number, document) in zip(numbers, hashes.documents[part]) where lastSpan[Int(number)] != document {
        lastSpan[Int(number)] = document
        frequencySpan[Int(number)] += 1
        entries.append((number, document))
      }
      var place = [Int32](repeating: -1, count: frequency.count)
      for (number, count) in frequency.enumerated() where count > 1 {
        place[number] = starts[starts.count - 1]
        starts.append(starts[starts.count - 1] + count)
      }
      holders += [Int32](repeating: 0, count: Int(starts[starts.count - 1]) - holders.count)
      var placeSpan = place.mutableSpan
      var holderSpan = holders.mutableSpan
      for (number, document) in entries {
        let next = placeSpan[Int(number)]
        if next < 0 {
          own[Int(document)] += 1
        } else {
          holderSpan[Int(next)] = document
          placeSpan[Int(number)] = next + 1
        }
      }
    }
    self.starts = starts
    self.holders = holders
    ownGrams = own
  }

  /// The holders of each gram that two or more documents hold.
  func forEach(_ body: (Span<Int32>) -> Void) {
    let all = holders.span
    for gram in starts.indices.dropLast() { body(all.extracting(Int(starts[gram])..<Int(starts[gram + 1]))) }
  }
}
