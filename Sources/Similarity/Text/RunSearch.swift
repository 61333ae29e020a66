/// Whether a sequence stands in another one, by plain search: what is looked for is short, and mostly not there.
enum RunSearch {
  static func holds<Element: Equatable>(_ all: [Element], _ run: ArraySlice<Element>) -> Bool {
    guard let first = run.first else { return true }
    guard all.count >= run.count else { return false }
    for start in 0...(all.count - run.count) where all[start] == first {
      var length = 1
      while length < run.count, all[start + length] == run[run.startIndex + length] { length += 1 }
      if length == run.count { return true }
    }
    return false
  }
}
