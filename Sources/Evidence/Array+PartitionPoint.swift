extension Array {
  /// The first place whose element does not satisfy `precedes`, which holds for those before it and for none after.
  func partitionPoint(where precedes: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if precedes(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
