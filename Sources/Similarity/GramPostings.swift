/// Which documents hold each gram, each once, in ascending order; grams of one document only are left out.
struct GramPostings {
  private let starts: [Int32]
  private let holders: [Int32]
  /// Of each document, how many different grams no other one holds.
  let ownGrams: [Int]

  init(_ grams: [[UInt64]]) {
    var table = FeatureTable(capacity: grams.reduce(0) { $0 + $1.count })
    var frequency: [Int32] = []
    var last: [Int32] = []
    // Each document's grams by number, each once.
    var numbers: [Int32] = []
    var ends: [Int] = []
    for (document, hashes) in grams.enumerated() {
      for hash in hashes {
        let number = table.index(of: hash)
        if Int(number) == frequency.count {
          frequency.append(0)
          last.append(-1)
        }
        guard last[Int(number)] != Int32(document) else { continue }
        last[Int(number)] = Int32(document)
        frequency[Int(number)] += 1
        numbers.append(number)
      }
      ends.append(numbers.count)
    }
    var starts: [Int32] = [0]
    var place = [Int32](repeating: -1, count: frequency.count)
    for (number, count) in frequency.enumerated() where count > 1 {
      place[number] = starts[starts.count - 1]
      starts.append(starts[starts.count - 1] + count)
    }
    var holders = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
    var own = [Int](repeating: 0, count: grams.count)
    var begin = 0
    for (document, end) in ends.enumerated() {
      for number in numbers[begin..<end] {
        let next = place[Int(number)]
        if next < 0 {
          own[document] += 1
        } else {
          holders[Int(next)] = Int32(document)
          place[Int(number)] += 1
        }
      }
      begin = end
    }
    self.starts = starts
    self.holders = holders
    ownGrams = own
  }

  /// The holders of each gram that two or more documents hold.
  func forEach(_ body: (ArraySlice<Int32>) -> Void) {
    for gram in starts.indices.dropLast() { body(holders[Int(starts[gram])..<Int(starts[gram + 1])]) }
  }
}
