/// Where sentences and lines end.
enum SentenceSplit {
  /// The parts between sentence ends, as ranges of scalars, empty ones included.
  ///
  /// A sentence ends after marks `.!?。！？` with any closing quotes and brackets if white space follows, at line ends,
  /// and after a single `。`, `！` or `？` wherever it stands.
  ///
  /// - Parameter isLast: told of each part; no more are looked for behind one of which it says so.
  static func parts(_ scalars: [UInt32], until isLast: (Range<Int>) -> Bool = { _ in false }) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    var index = 0
    /// What follows the marks at hand: known to the last of them, so that a thousand of them are not read a thousand times.
    var marks = Marks(end: 0, endOfSpace: nil)
    while index < scalars.count {
      let scalar = scalars[index]
      // Most are letters, between the last mark of ASCII and the first beyond.
      guard scalar <= 0x3F || scalar >= 0x3002, scalar == 0x0A || isTerminator(scalar) else {
        index += 1
        continue
      }
      if scalar != 0x0A, index >= marks.end { marks = Marks(scalars, at: index) }
      guard let end = scalar == 0x0A ? endOfLines(scalars, at: index) : marks.endOfBreak(scalar, at: index) else {
        index += 1
        continue
      }
      parts.append(start..<index)
      if isLast(start..<index) { return parts }
      start = end
      index = end
    }
    parts.append(start..<scalars.count)
    return parts
  }

  private static func endOfLines(_ scalars: [UInt32], at index: Int) -> Int {
    var end = index + 1
    while end < scalars.count, scalars[end] == 0x0A { end += 1 }
    return end
  }

  /// Marks that follow one another.
  private struct Marks {
    let end: Int
    /// Where the white space behind them, and behind closing quotes and brackets, ends; nil if there is none.
    let endOfSpace: Int?

    init(end: Int, endOfSpace: Int?) {
      self.end = end
      self.endOfSpace = endOfSpace
    }

    init(_ scalars: [UInt32], at index: Int) {
      var end = index + 1
      while end < scalars.count, isTerminator(scalars[end]) { end += 1 }
      self.end = end
      while end < scalars.count, isCloser(scalars[end]) { end += 1 }
      let space = end
      while end < scalars.count, scalars[end].isWhiteSpace { end += 1 }
      endOfSpace = end > space ? end : nil
    }

    /// Where the break ends that begins at one of the marks; nil if none begins there.
    func endOfBreak(_ mark: UInt32, at index: Int) -> Int? { endOfSpace ?? (mark > 0x7F ? index + 1 : nil) }
  }

  private static func isTerminator(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2E, 0x21, 0x3F, 0x3002, 0xFF01, 0xFF1F: true
    default: false
    }
  }

  private static func isCloser(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0x29, 0x5D, 0x300D, 0x300F: true
    default: false
    }
  }
}

extension UInt32 {
  /// Whether the scalar with this number is white space.
  var isWhiteSpace: Bool {
    if self < 0x80 { return self == 0x20 || (self >= 0x09 && self <= 0x0D) || (self >= 0x1C && self <= 0x1F) }
    return Unicode.Scalar(self).map { ScalarKind($0).contains(.whiteSpace) } ?? false
  }
}

extension BidirectionalCollection<UInt32> {
  var strippingWhiteSpace: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhiteSpace }), let last = lastIndex(where: { !$0.isWhiteSpace }) else {
      return self[startIndex..<startIndex]
    }
    return self[first...last]
  }
}
