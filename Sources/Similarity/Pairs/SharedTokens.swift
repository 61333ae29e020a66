/// Runs of equal tokens that two answers have in common, found from the n-grams that both hold.
///
/// Every answer's n-grams of `seed` tokens are filed by their hash; only places that share one are looked at, so that all
/// pairs of a few hundred answers cost little where copying is rare. What is found is exact: every common run of at least
/// `seed` tokens begins with a common n-gram. But an n-gram that stands more than `maximumPlaces` times in one answer is looked for
/// at the first of them only: an answer that loops would else cost the square of its length. Which tokens are shared stays exact.
/// How long two runs agree is found from the hashes of their beginnings, not token by token: so the cost grows with the length of
/// the answers, whatever they say.
package struct SharedTokens: Sendable {
  /// Places of one n-gram in one answer that are looked at; answers that do not loop have fewer.
  static let maximumPlaces = 64

  /// Tokens of an n-gram that makes two places worth comparing: the shortest run that is found.
  let seed: Int

  package init(seed: Int) {
    precondition(seed >= 1, "a run has at least one token")
    self.seed = seed
  }

  /// A run that stands in both answers and cannot be longer on either end.
  package struct Run: Hashable, Sendable {
    package let startInFirst: Int
    package let startInSecond: Int
    package let length: Int

    package init(startInFirst: Int, startInSecond: Int, length: Int) {
      self.startInFirst = startInFirst
      self.startInSecond = startInSecond
      self.length = length
    }
  }

  /// What one pair of answers has in common.
  struct Common: Hashable {
    /// Longest common run, in tokens; 0 where there is none of `seed` tokens.
    var longest = 0
    /// Tokens of either answer that lie in a common run.
    var coveredInFirst = 0
    var coveredInSecond = 0
  }

  /// For every pair of documents (a, b), a < b, at `a * documents.count + b`; all others are empty.
  ///
  /// - Complexity: O(Σ places of an n-gram in one document × in the other, at most `maximumPlaces`), for each the logarithm of its
  ///   common run.
  func common(_ documents: [[UInt64]]) -> [Common] {
    let count = documents.count
    let places = postings(documents)
    // One array of all tokens: arrays of arrays would be counted references in the innermost loop.
    let all = RunLengths(Array(documents.joined()))
    var offsets = [0]
    for tokens in documents { offsets.append(offsets[offsets.count - 1] + tokens.count) }
    var common = [Common](repeating: Common(), count: count * count)
    /// Of each other document, how far its tokens that this one shares are counted.
    var covered = [Int](repeating: 0, count: count)
    var found = common.mutableSpan
    var counted = covered.mutableSpan
    let members = places.members.span
    for document in 0..<count {
      for other in 0..<count { counted[other] = 0 }
      let offset = offsets[document]
      let end = offsets[document + 1]
      for (start, group) in places.groups[document].enumerated() where group >= 0 {
        for index in Int(places.starts[Int(group)])..<Int(places.starts[Int(group) + 1]) {
          let other = Int(members[index].document)
          guard other != document else { continue }
          let isFirst = document < other
          let pair = isFirst ? document * count + other : other * count + document
          let new = start + seed - max(counted[other], start)
          if new > 0 {
            if isFirst { found[pair].coveredInFirst += new } else { found[pair].coveredInSecond += new }
            counted[other] = start + seed
          }
          guard isFirst else { continue }
          let place = Int(members[index].start)
          // What cannot be longer than what was found is not measured: two loops are one long run, and its tails.
          guard min(end - offset - start, offsets[other + 1] - offsets[other] - place) > found[pair].longest else {
            continue
          }
          let (a, b) = (offset + start, offsets[other] + place)
          // A run that begins earlier was measured there.
          if start > 0, place > 0, all.tokens[a - 1] == all.tokens[b - 1] { continue }
          let length = all.common(a, b, atMost: min(end - a, offsets[other + 1] - b))
          if length > found[pair].longest { found[pair].longest = length }
        }
      }
    }
    return common
  }

  /// All maximal common runs of two answers, longest first; of runs of one length, the earlier ones first. Of an n-gram that stands
  /// more than `maximumPlaces` times in the second, those at its first places.
  package func runs(_ first: [UInt64], _ second: [UInt64]) -> [Run] {
    let places = postings([first, second])
    let all = RunLengths(first + second)
    var runs: [Run] = []
    for start in first.indices.dropLast(seed - 1) {
      for place in places.sharing(0, start) where place.document == 1 {
        let other = Int(place.start)
        if start > 0, other > 0, first[start - 1] == second[other - 1] { continue }
        let length = all.common(
          start, first.count + other, atMost: min(first.count - start, second.count - other))
        runs.append(Run(startInFirst: start, startInSecond: other, length: length))
      }
    }
    return runs.sorted {
      (-$0.length, $0.startInFirst, $0.startInSecond) < (-$1.length, $1.startInFirst, $1.startInSecond)
    }
  }

  /// Of each token of two answers, whether it lies in a run that stands in both: exact, however often an n-gram stands in one of them.
  package func covered(_ first: [UInt64], _ second: [UInt64]) -> (first: [Bool], second: [Bool]) {
    let places = postings([first, second])
    func marks(_ tokens: [UInt64], _ groups: [Int32]) -> [Bool] {
      var marks = [Bool](repeating: false, count: tokens.count)
      var end = 0
      for (start, group) in groups.enumerated() where group >= 0 {
        for place in max(start, end)..<start + seed { marks[place] = true }
        end = start + seed
      }
      return marks
    }
    return (marks(first, places.groups[0]), marks(second, places.groups[1]))
  }

  /// Where each n-gram stands; those of one document only are left out.
  private struct Postings {
    /// By document and start: the group of the n-gram there, −1 where no other document has it.
    let groups: [[Int32]]
    let starts: [Int32]
    let members: [(document: Int32, start: Int32)]

    func sharing(_ document: Int, _ start: Int) -> ArraySlice<(document: Int32, start: Int32)> {
      let group = Int(groups[document][start])
      return group < 0 ? [] : members[Int(starts[group])..<Int(starts[group + 1])]
    }
  }

  private func postings(_ documents: [[UInt64]]) -> Postings {
    let grams = documents.map { Grams.of($0, lengths: seed...seed) }
    var table = FeatureTable(capacity: grams.reduce(0) { $0 + $1.count })
    let numbers = grams.map { table.numbers(of: $0[...]) }
    var firstDocument = [Int32](repeating: -1, count: table.count)
    // Places in the document at hand that are kept, and which document that is.
    var kept = [Int32](repeating: 0, count: table.count)
    var keptOf = [Int32](repeating: -1, count: table.count)
    func isKept(_ number: Int, in document: Int) -> Bool {
      if keptOf[number] != document { (keptOf[number], kept[number]) = (Int32(document), 0) }
      kept[number] += 1
      return kept[number] <= Self.maximumPlaces
    }
    var uses = [Int32](repeating: 0, count: table.count)
    var isShared = [Bool](repeating: false, count: table.count)
    for (document, row) in numbers.enumerated() {
      for number in row {
        let number = Int(number)
        if firstDocument[number] < 0 {
          firstDocument[number] = Int32(document)
        } else if firstDocument[number] != document {
          isShared[number] = true
        }
        if isKept(number, in: document) { uses[number] += 1 }
      }
    }
    var group = [Int32](repeating: -1, count: isShared.count)
    var starts: [Int32] = [0]
    for (number, shared) in isShared.enumerated() where shared {
      group[number] = Int32(starts.count - 1)
      starts.append(starts[starts.count - 1] + uses[number])
    }
    var next = starts
    keptOf = [Int32](repeating: -1, count: table.count)
    var members = [(document: Int32, start: Int32)](repeating: (0, 0), count: Int(starts[starts.count - 1]))
    for (document, row) in numbers.enumerated() {
      for (start, number) in row.enumerated() where group[Int(number)] >= 0 && isKept(Int(number), in: document) {
        members[Int(next[Int(group[Int(number)])])] = (Int32(document), Int32(start))
        next[Int(group[Int(number)])] += 1
      }
    }
    return Postings(groups: numbers.map { $0.map { group[Int($0)] } }, starts: starts, members: members)
  }
}
