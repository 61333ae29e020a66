/// The known word that a mistyped one is likely to mean.
package enum NearestWord {
  /// At a distance of at most a third of the word's length, and of at most 3; the first among equals.
  package static func of(_ word: String, among known: [String]) -> String? {
    let limit = min(3, max(1, word.count / 3))
    return known.map { (word: $0, distance: distance(word, $0)) }
      .filter { $0.distance <= limit }
      .min { $0.distance < $1.distance }?.word
  }

  /// Optimal string alignment: letters that are wrong, missing, too many, or swapped with their neighbour.
  private static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    var before: [Int] = []
    var row = Array(0...b.count)
    for i in a.indices {
      var next = [i + 1]
      for j in b.indices {
        var least = min(row[j] + (a[i] == b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
        next.append(least)
      }
      (before, row) = (row, next)
    }
    return row[b.count]
  }
}
