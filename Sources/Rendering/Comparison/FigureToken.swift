/// A piece of a line: a figure, which has a fraction, or whatever stands between two of them.
struct FigureToken {
  private let text: String
  /// nil for words, names and whole numbers.
  private let value: Double?
  /// Of the last digit.
  private let unit: Double

  /// Digits with one point between them or an exponent with its sign are a figure, unless letters or further points are
  /// joined to them: those of `gpt-3.5-turbo`, `0.1.0` or `2.5b` belong to a name. In the paths of a drawing letters are
  /// commands.
  static func all(in line: String) -> [FigureToken] {
    let scalars = Array(line.unicodeScalars)
    var tokens: [FigureToken] = []
    var (word, at) = (0, 0)
    var isInPath = false
    func text(_ range: Range<Int>) -> String {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[range])
      return String(text)
    }
    while at < scalars.count {
      guard isDigit(scalars[at]) else {
        if scalars[at] == "\"" { isInPath = at > 2 && scalars[(at - 3)..<at].elementsEqual(" d=".unicodeScalars) }
        at += 1
        continue
      }
      let start = at
      while at < scalars.count, isDigit(scalars[at]) || isPoint(at, in: scalars) { at += 1 }
      let mantissa = scalars[start..<at]
      let exponent = exponent(at, in: scalars)
      at += exponent.length
      guard mantissa.count(where: { $0 == "." }) <= 1, mantissa.contains(".") || exponent.length > 0,
        isInPath || !isJoined(before: start, in: scalars) && !isJoined(behind: at, in: scalars)
      else { continue }
      if word < start { tokens.append(FigureToken(text: text(word..<start), value: nil, unit: 0)) }
      let digits = text(start..<at)
      let fraction = mantissa.firstIndex(of: ".").map { mantissa.endIndex - $0 - 1 } ?? 0
      tokens.append(
        FigureToken(text: digits, value: Double(digits), unit: Double("1e\(exponent.value - fraction)") ?? 0))
      word = at
    }
    if word < scalars.count { tokens.append(FigureToken(text: text(word..<scalars.count), value: nil, unit: 0)) }
    return tokens
  }

  func isClose(to other: FigureToken) -> Bool {
    if text.utf8.elementsEqual(other.text.utf8) { return true }
    guard let value, let otherValue = other.value else { return false }
    return NumbersComparison.isClose(value, otherValue, unit: min(unit, other.unit))
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Whether a point stands between digits: the one that ends a sentence does not.
  private static func isPoint(_ place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    scalars[place] == "." && place + 1 < scalars.count && isDigit(scalars[place + 1])
  }

  /// Of `e-05`, which ends a number.
  private static func exponent(_ place: Int, in scalars: [Unicode.Scalar]) -> (value: Int, length: Int) {
    guard place + 1 < scalars.count, scalars[place] == "e" || scalars[place] == "E",
      scalars[place + 1] == "-" || scalars[place + 1] == "+"
    else { return (0, 0) }
    let digits = scalars[(place + 2)...].prefix(4).prefix(while: isDigit)
    guard let size = Int(digits.map(String.init).joined()) else { return (0, 0) }
    return (scalars[place + 1] == "-" ? -size : size, 2 + digits.count)
  }

  private static func isJoined(before place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    guard place > 0 else { return false }
    let before = scalars[place - 1]
    if before == "-" || before == "/" { return place > 1 && isOfName(scalars[place - 2]) }
    return isOfName(before) || before == "_" || before == "."
  }

  private static func isJoined(behind place: Int, in scalars: [Unicode.Scalar]) -> Bool {
    guard place < scalars.count else { return false }
    let behind = scalars[place]
    if behind == "-" || behind == "/" { return place + 1 < scalars.count && isOfName(scalars[place + 1]) }
    return isOfName(behind) || behind == "_"
  }

  private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || isDigit(scalar)
  }
}
