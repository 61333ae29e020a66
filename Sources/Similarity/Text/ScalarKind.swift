/// What tokens and features ask of a scalar beyond ASCII.
struct ScalarKind: OptionSet {
  let rawValue: UInt8

  /// Letters, numbers, and the marks that scripts write their vowels with, as in UTS #18, Annex C; not the marks that
  /// make emoji of digits. `_` is ASCII and treated before.
  static let word = ScalarKind(rawValue: 1)
  static let decimalDigit = ScalarKind(rawValue: 2)
  static let capital = ScalarKind(rawValue: 4)
  static let whiteSpace = ScalarKind(rawValue: 8)
  /// Other in lower case.
  static let hasLowerCase = ScalarKind(rawValue: 16)

  /// The kinds of the Basic Multilingual Plane, looked up once: to ask the library of each letter takes most of the time that other
  /// scripts than Latin cost.
  private static let ofPlane: [ScalarKind] = (0...0xFFFF).map { value in
    Unicode.Scalar(UInt32(value)).map(ScalarKind.init(asking:)) ?? []
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ scalar: Unicode.Scalar) {
    self =
      scalar.value <= 0xFFFF ? Self.ofPlane[Int(scalar.value)] : ScalarKind(asking: scalar)
  }

  private init(asking scalar: Unicode.Scalar) {
    let properties = scalar.properties
    self =
      switch properties.generalCategory {
      case .decimalNumber: [.word, .decimalDigit]
      case .uppercaseLetter: [.word, .capital]
      case .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber, .otherNumber: .word
      case .nonspacingMark, .spacingMark: properties.isDefaultIgnorableCodePoint ? [] : .word
      default: []
      }
    if properties.isWhitespace { insert(.whiteSpace) }
    if !properties.lowercaseMapping.utf8.elementsEqual(String(scalar).utf8) { insert(.hasLowerCase) }
  }
}

extension Unicode.Scalar {
  var isWordCharacter: Bool { ScalarKind(self).contains(.word) }
}
