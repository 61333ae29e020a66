/// The longest string that most of a model's answers begin, or end, with.
///
/// In real sets of answers no model begins more than three of four with the same eight characters (Claude 2's "Here is " 34 %, a
/// thinking model's "Looking at this " 74 % of riddles; in Japanese 50 %), and none ends so: `Reports/quirks` has the figures. What
/// four of five begin with was put there. A string with a sign that prose does not have needs a half.
struct CommonBorder: Hashable {
  enum Side: String, Hashable { case start, end }

  static let minimumShareOfWords = 0.8
  static let minimumShareOfMarks = 0.5
  static let nearlyAll = 0.95
  /// Code points from which on a string that nearly all have is no beginning of many words.
  private static let longWithinWord = 6
  /// Fewest answers that can show a rule.
  static let minimumAnswers = 20
  /// Code points of each answer that are looked at.
  static let reach = 256
  /// Signs of markup that prose, lists, headings and formulas do without; formulas and code end with brackets.
  private static func signs(_ side: Side) -> Set<Unicode.Scalar> {
    Set((side == .start ? "<>[]{}|◁▷｜▁~@" : "<>|◁▷｜▁~@").unicodeScalars)
  }

  /// What ends an object, a list, a call, and a text within one.
  private static let closing = Set("<>|◁▷｜▁~@{}[]()\"'`".unicodeScalars)

  /// What ends a sentence.
  private static let stops = Set(".!?…。".unicodeScalars)

  let side: Side
  /// With 0 for every number, where they vary.
  let text: String
  /// Whether numbers in it vary from answer to answer: the time, tokens, cost, the name of a request.
  let variesInNumbers: Bool
  /// Answers that have it, of those with any text.
  let count: Int
  let of: Int

  var share: Double { Double(count) / Double(of) }

  /// What versions before 0.10.0 look for.
  static func plain(_ answers: [String]) -> [CommonBorder] {
    [Side.start, .end].compactMap { CommonBorder(answers, $0) }
  }

  /// At each side the longer one of those with and without numbers that vary. Where the start opens a bracket, the end closes it.
  static func both(_ answers: [String]) -> [CommonBorder] {
    func longest(_ answers: [String], _ side: Side, closes: Bool) -> CommonBorder? {
      let plain = CommonBorder(answers, side, closes: closes)?.withoutFullStop
      let numbered = CommonBorder(varyingIn: answers, side, closes: closes)?.withoutFullStop
      guard let plain, let numbered else { return plain ?? numbered }
      return numbered.text.unicodeScalars.count > plain.text.unicodeScalars.count ? numbered : plain
    }
    guard let start = longest(answers, .start, closes: false) else {
      return [longest(answers, .end, closes: false)].compactMap(\.self)
    }
    let rests = answers.map { start.removed(from: $0) ?? $0 }
    return [start, longest(rests, .end, closes: start.opensBracket)].compactMap(\.self)
  }

  /// An object, a list, a call, or a text within one.
  private var opensBracket: Bool {
    text.unicodeScalars.contains { "{[(".unicodeScalars.contains($0) }
      || text.unicodeScalars.last.map { "\"'".unicodeScalars.contains($0) } ?? false
  }

  /// Numbers that vary, beside a sign that prose does not have: of a server, or of a tool. One number alone may be the answer.
  private init?(varyingIn answers: [String], _ side: Side, closes: Bool) {
    guard Self.mayBeCommon(answers, side) else { return nil }
    let folded = answers.map { FoldedNumbers($0, side).text }
    guard let found = CommonBorder(folded, side, closes: closes, variesInNumbers: true)?.withoutInnerNumbers else {
      return nil
    }
    let scalars = found.text.unicodeScalars
    let numbers = scalars.count { $0 == "0" }
    guard numbers >= (closes ? 1 : 2), closes || scalars.contains(where: "<>|[]@~".unicodeScalars.contains),
      found.share >= Self.minimumShareOfWords,
      Debris.leavesAnswers(answers.compactMap { found.removed(from: $0) })
    else { return nil }
    self = found
  }

  /// Whether the outermost signs are those of enough answers; most models begin and end in many ways, which a few answers show.
  private static func mayBeCommon(_ answers: [String], _ side: Side) -> Bool {
    let written = answers.filter { !$0.isEmpty }
    let most = Int((1 - minimumShareOfWords) * Double(written.count)) + 1
    var counts: [[Unicode.Scalar]: Int] = [:]
    var greatest = 0
    for (number, answer) in written.enumerated() {
      let folded = FoldedNumbers(answer, side, reach: 48).text.unicodeScalars
      let edge = Array(side == .start ? String.UnicodeScalarView(folded.prefix(3)) : .init(folded.suffix(3)))
      counts[edge, default: 0] += 1
      greatest = max(greatest, counts[edge] ?? 0)
      if number + 1 - greatest > most { return false }
    }
    return true
  }

  /// Without numbers that stand next to the answer: they are its own.
  private var withoutInnerNumbers: CommonBorder {
    let scalars = Array(text.unicodeScalars)
    func isNumber(_ scalar: Unicode.Scalar) -> Bool { scalar == "0" || scalar.properties.isWhitespace }
    let inner =
      side == .start ? Array(scalars.reversed().prefix(while: isNumber)) : Array(scalars.prefix(while: isNumber))
    guard inner.contains("0") else { return self }
    var rest = String.UnicodeScalarView()
    rest.append(contentsOf: side == .start ? scalars.dropLast(inner.count) : scalars.dropFirst(inner.count))
    return CommonBorder(self, text: String(rest))
  }

  /// An end that begins a line of its own, without the full stop of the answer before it.
  private var withoutFullStop: CommonBorder {
    let head = text.unicodeScalars.prefix(while: Self.stops.contains)
    guard side == .end, text.unicodeScalars.dropFirst(head.count).first == "\n" else { return self }
    return CommonBorder(self, text: String(text.unicodeScalars.dropFirst(head.count)))
  }

  private init(_ other: CommonBorder, text: String) {
    self.text = text
    (side, variesInNumbers, count, of) = (other.side, other.variesInNumbers, other.count, other.of)
  }

  /// - Parameter closes: whether a bracket is open, and signs that close it or a text in it are marks.
  /// - Returns: nil where no string is as common.
  private init?(_ answers: [String], _ side: Side, closes: Bool = false, variesInNumbers: Bool = false) {
    var living = answers.filter { !$0.isEmpty }.map { Edge($0, side) }
    let all = living.count
    guard all >= Self.minimumAnswers else { return nil }
    var border: [Unicode.Scalar] = []
    var counts: [Int] = []
    while border.count < Self.reach {
      var next: [Unicode.Scalar: Int] = [:]
      for edge in living {
        if let scalar = edge.next { next[scalar, default: 0] += 1 }
      }
      guard let (scalar, count) = next.max(by: { ($0.value, $1.key.value) < ($1.value, $0.key.value) }),
        Double(count) >= Self.minimumShareOfMarks * Double(all)
      else { break }
      living = living.compactMap { $0.behind(scalar) }
      border.append(scalar)
      counts.append(count)
    }
    func length(_ least: Double) -> Int { counts.prefix { Double($0) >= least * Double(all) }.count }
    let ofWords = Self.wholeWords(
      Array(border.prefix(length(Self.minimumShareOfWords))), nearlyAll: length(Self.nearlyAll))
    // A sign makes a mark of what stands up to it and of the space behind.
    let ofMarks =
      closes ? Self.markLength(border, Self.closing, atLeast: 1) : Self.markLength(border, Self.signs(side), atLeast: 2)
    let ofAll = length(Self.nearlyAll) >= Self.longWithinWord ? length(Self.nearlyAll) : 0
    let isLong = Self.isLongEnough(border.prefix(ofWords), side) || ofWords == ofAll
    let longest = max(isLong ? ofWords : 0, ofMarks)
    // The full stop before what closes is the answer's own.
    let end = closes && ofMarks > 0 && border[ofMarks..<longest].allSatisfy(Self.stops.contains) ? ofMarks : longest
    guard end > 0 else { return nil }
    self.side = side
    self.variesInNumbers = variesInNumbers
    var text = String.UnicodeScalarView()
    text.append(contentsOf: side == .start ? Array(border.prefix(end)) : border.prefix(end).reversed())
    self.text = String(text)
    count = counts[end - 1]
    of = all
  }

  /// An answer that is read from one side, as far as others have the same there: most have little.
  private struct Edge {
    private let scalars: String.UnicodeScalarView
    private let side: Side
    private var place: String.Index

    init(_ answer: String, _ side: Side) {
      scalars = answer.unicodeScalars
      self.side = side
      place = side == .start ? scalars.startIndex : scalars.endIndex
    }

    /// nil where all of it is read.
    var next: Unicode.Scalar? {
      switch side {
      case .start: place < scalars.endIndex ? scalars[place] : nil
      case .end: place > scalars.startIndex ? scalars[scalars.index(before: place)] : nil
      }
    }

    /// nil where another one is next.
    func behind(_ scalar: Unicode.Scalar) -> Edge? {
      guard next == scalar else { return nil }
      var edge = self
      edge.place = side == .start ? scalars.index(after: place) : scalars.index(before: place)
      return edge
    }
  }

  /// How much of a border does not end within a word: words that begin alike are no mark, however few letters they share.
  private static func wholeWords(_ border: [Unicode.Scalar], nearlyAll: Int) -> Int {
    let atEdge =
      border.lastIndex { !$0.properties.isAlphabetic && $0.properties.numericType == nil }.map { $0 + 1 } ?? 0
    return nearlyAll - atEdge >= longWithinWord ? nearlyAll : atEdge
  }

  /// Rules out borders that answers share by chance: white space, a single full stop, or one common first word.
  private static func isLongEnough(_ border: ArraySlice<Unicode.Scalar>, _ side: Side) -> Bool {
    let written = border.filter { !$0.properties.isWhitespace }
    let words = border.split { $0.properties.isWhitespace }.count
    let hasSign = written.contains { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
    return written.count >= (side == .start ? 3 : 4) && (words > 1 || hasSign)
  }

  /// - Parameter least: code points that are no white space.
  private static func markLength(_ border: [Unicode.Scalar], _ signs: Set<Unicode.Scalar>, atLeast least: Int) -> Int {
    guard let last = border.lastIndex(where: signs.contains),
      border.count(where: { !$0.properties.isWhitespace }) >= least
    else { return 0 }
    return border[(last + 1)...].firstIndex { !$0.properties.isWhitespace } ?? border.count
  }

  /// The answer without it, or nil for one that does not have it.
  func removed(from answer: String) -> String? {
    let scalars = answer.unicodeScalars
    let own = text.unicodeScalars
    if variesInNumbers { return FoldedNumbers(answer, side).rest(without: text) }
    switch side {
    case .start: return scalars.starts(with: own) ? String(scalars.dropFirst(own.count)) : nil
    case .end:
      return scalars.reversed().starts(with: own.reversed()) ? String(scalars.dropLast(own.count)) : nil
    }
  }
}
