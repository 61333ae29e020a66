/// One side of an answer with 0 for every number, and for every name that has a digit in it.
struct FoldedNumbers {
  let text: String
  private let answer: String
  private let side: CommonBorder.Side
  /// Of each scalar of `text`, the code points of `answer` that it stands for.
  private let lengths: [Int]

  /// Code points that are looked at: names of requests are long.
  private static let reach = 4 * CommonBorder.reach

  init(_ answer: String, _ side: CommonBorder.Side, reach: Int = reach) {
    let scalars =
      side == .start ? Array(answer.unicodeScalars.prefix(reach)) : Array(answer.unicodeScalars.suffix(reach))
    var text = String.UnicodeScalarView()
    var lengths: [Int] = []
    var place = 0
    while place < scalars.count {
      let end = scalars[place...].firstIndex { !Self.isOfName($0) } ?? scalars.count
      if scalars[place..<end].contains(where: Self.isDigit) {
        text.append("0")
        lengths.append(end - place)
        place = end
      } else {
        let end = max(end, place + 1)
        text.append(contentsOf: scalars[place..<end])
        lengths += Array(repeating: 1, count: end - place)
        place = end
      }
    }
    self.text = String(text)
    self.answer = answer
    self.side = side
    self.lengths = lengths
  }

  /// The answer without a border that has 0 for its numbers; nil for one that does not have it.
  func rest(without border: String) -> String? {
    let (own, sought) = (text.unicodeScalars, border.unicodeScalars)
    switch side {
    case .start:
      guard own.starts(with: sought) else { return nil }
      return String(answer.unicodeScalars.dropFirst(lengths.prefix(sought.count).reduce(0, +)))
    case .end:
      guard own.reversed().starts(with: sought.reversed()) else { return nil }
      return String(answer.unicodeScalars.dropLast(lengths.suffix(sought.count).reduce(0, +)))
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    isDigit(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }
}
