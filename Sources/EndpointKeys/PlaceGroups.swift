/// Values gathered by place, in the order in which they came; places are as many as a body has. Each place has a number, and
/// the groups are taken apart only when all values are there: an array for each would take more time than reading the body.
struct PlaceGroups<Value> {
  private var values: [Value] = []
  /// The place of each value, by its number.
  private var places: [Int32] = []
  private var numbers: [UInt64: Int32] = [:]
  private var counts: [Int32] = []

  mutating func add(_ value: Value, at place: UInt64) {
    let number: Int32
    if let known = numbers[place] {
      number = known
      counts[Int(known)] += 1
    } else {
      number = Int32(counts.count)
      numbers[place] = number
      counts.append(1)
    }
    values.append(value)
    places.append(number)
  }

  /// Calls with the values of each place that has at least so many, until `goOn` is false.
  ///
  /// - Returns: false if it was.
  func forEach(ofAtLeast least: Int, _ goOn: (ArraySlice<Value>) -> Bool) -> Bool {
    guard let some = values.first else { return true }
    // Where each place that counts begins in `grouped`; -1 for the others.
    var starts = [Int32](repeating: -1, count: counts.count)
    var total: Int32 = 0
    for number in counts.indices where counts[number] >= least {
      starts[number] = total
      total += counts[number]
    }
    var grouped = [Value](repeating: some, count: Int(total))
    var next = starts
    for (value, number) in zip(values, places) where next[Int(number)] >= 0 {
      grouped[Int(next[Int(number)])] = value
      next[Int(number)] += 1
    }
    for number in starts.indices where starts[number] >= 0 {
      let start = Int(starts[number])
      guard goOn(grouped[start..<(start + Int(counts[number]))]) else { return false }
    }
    return true
  }
}
