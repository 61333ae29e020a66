/// Whether a sequence stands in another one.
enum RunSearch {
  /// - Complexity: O(all + run), by the algorithm of Knuth, Morris and Pratt, "Fast Pattern Matching in Strings" (1977).
  static func holds<Element: Equatable>(_ all: [Element], _ run: ArraySlice<Element>) -> Bool {
    guard all.count >= run.count else { return false }
    guard !run.isEmpty else { return true }
    let run = Array(run)
    /// Of each beginning of the run, how much of its end is also its beginning.
    var borders = [Int](repeating: 0, count: run.count)
    var known = 0
    for place in run.indices.dropFirst() {
      while known > 0, run[place] != run[known] { known = borders[known - 1] }
      if run[place] == run[known] { known += 1 }
      borders[place] = known
    }
    known = 0
    for element in all {
      while known > 0, element != run[known] { known = borders[known - 1] }
      if element == run[known] { known += 1 }
      if known == run.count { return true }
    }
    return false
  }
}
