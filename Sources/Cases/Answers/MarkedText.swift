/// A text as code points, in which marks are found in any ASCII case.
///
/// By code points: what else reads the same response must not need to know how they form characters.
struct MarkedText {
  let scalars: [Unicode.Scalar]
  private let folded: [Unicode.Scalar]

  init(_ text: some StringProtocol) {
    scalars = Array(text.unicodeScalars)
    folded = scalars.map(Self.lowered)
  }

  static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    (0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  static func isNewline(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  var count: Int { scalars.count }

  /// First place from `start` that is no white space.
  func skippingSpace(from start: Int) -> Int { scalars[start...].firstIndex { !Self.isSpace($0) } ?? count }

  /// First place that is neither white space nor a mark of byte order or of no width, which nobody sees.
  var start: Int {
    scalars.firstIndex { !Self.isSpace($0) && ![0xFEFF, 0x200B, 0x2060].contains($0.value) } ?? count
  }

  func starts(with mark: [Unicode.Scalar], at place: Int) -> Bool {
    place + mark.count <= count && folded[place..<(place + mark.count)].elementsEqual(mark)
  }

  func starts(with mark: String, at place: Int) -> Bool { starts(with: Array(mark.unicodeScalars), at: place) }

  /// The first place of a mark at or behind `start`.
  func range(of mark: [Unicode.Scalar], from start: Int) -> Range<Int>? {
    guard let first = mark.first else { return nil }
    var place = start
    while place + mark.count <= count, let next = folded[place...].firstIndex(of: first) {
      if starts(with: mark, at: next) { return next..<(next + mark.count) }
      place = next + 1
    }
    return nil
  }

  func range(of mark: String, from start: Int) -> Range<Int>? { range(of: Array(mark.unicodeScalars), from: start) }

  /// The first place of any of several marks, the earlier of them where two begin there; one way through the text, however many
  /// of them never come.
  func range(ofAny marks: [String], from start: Int) -> Range<Int>? {
    let marks = marks.map { Array($0.unicodeScalars) }
    let firsts = Set(marks.compactMap(\.first))
    for place in start..<max(start, count) where firsts.contains(folded[place]) {
      if let mark = marks.first(where: { starts(with: $0, at: place) }) { return place..<(place + mark.count) }
    }
    return nil
  }

  func folded(_ range: Range<Int>) -> String { Self.string(folded[range]) }

  subscript(range: Range<Int>) -> String { Self.string(scalars[range]) }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
