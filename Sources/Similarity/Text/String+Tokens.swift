/// Tokens of a text as 64-bit hashes: what the channels count is whether tokens are equal, never their letters.
///
/// The text is brought into NFC first. A token is a run of word characters (letters, marks, numbers, `_`) or a single
/// other character that is not white space; both lower-cased. For ASCII this is `\w+|[^\w\s]` of the usual regular
/// expressions.
package struct Tokens: Sendable {
  /// All tokens in order.
  package private(set) var hashes: [UInt64] = []
  /// What the token at the same place is.
  package private(set) var shapes: [TokenShape] = []

  package init(_ text: String) { self.init(normalised: NormalisedText(text)) }

  init(normalised text: NormalisedText) {
    let all = text.utf8
    hashes.reserveCapacity(all.count / 4)
    shapes.reserveCapacity(all.count / 4)
    let table = ASCIIKind.wordByte
    let kinds = table.span
    let bytes = all.span
    var word = Word()
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        let letter = kinds[Int(byte)]
        if letter > ASCIIKind.last {
          word.add(letter)
          continue
        }
        end(&word)
        if letter == ASCIIKind.mark.rawValue {
          var mark = TokenHash()
          mark.add(byte)
          append(mark, .mark)
        }
      } else {
        let (scalar, length) = all.scalar(at: index)
        index += length
        let kind = ScalarKind(scalar)
        if kind.contains(.word) {
          word.add(lowerCased: scalar, isDigit: kind.contains(.decimalDigit))
          continue
        }
        end(&word)
        if kind.contains(.whiteSpace) { continue }
        var mark = TokenHash()
        mark.add(lowerCased: scalar)
        append(mark, .mark)
      }
    }
    end(&word)
  }

  /// The hashes of the tokens that are runs of word characters.
  var words: [UInt64] { of { $0 != .mark } }

  /// The hashes of all others.
  var marks: [UInt64] { of { $0 == .mark } }

  private func of(_ isSought: (TokenShape) -> Bool) -> [UInt64] {
    var found: [UInt64] = []
    found.reserveCapacity(hashes.count)
    for (hash, shape) in zip(hashes, shapes) where isSought(shape) { found.append(hash) }
    return found
  }

  private mutating func end(_ word: inout Word) {
    guard !word.isEmpty else { return }
    append(word.hash, word.shape)
    word = Word()
  }

  private mutating func append(_ hash: TokenHash, _ shape: TokenShape) {
    hashes.append(hash.value)
    shapes.append(shape)
  }

  /// A word as it is read, letter by letter.
  private struct Word {
    private(set) var hash = TokenHash()
    /// As `TokenShape` reads it.
    private var ending: UInt32 = 0
    private var isNumber = false
    /// No letter is 0.
    var isEmpty: Bool { ending == 0 }

    /// - Parameter letter: of ASCII, lower-cased.
    mutating func add(_ letter: UInt8) {
      if isEmpty { isNumber = letter &- 0x30 < 10 }
      hash.add(letter)
      ending = ending << 8 | UInt32(letter)
    }

    /// - Parameter scalar: beyond ASCII.
    mutating func add(lowerCased scalar: Unicode.Scalar, isDigit: Bool) {
      if isEmpty { isNumber = isDigit }
      hash.add(lowerCased: scalar)
      ending = ending << 8 | 0xFF
    }

    var shape: TokenShape { isNumber ? .number : TokenShape(ending: ending) }
  }

  /// Hashes of the first tokens of a text that is in NFC already, as every part of such a text is.
  static func first(_ limit: Int, of scalars: ArraySlice<UInt32>) -> [UInt64] {
    var hashes: [UInt64] = []
    var word = TokenHash()
    var inWord = false
    let kinds = ASCIIKind.of
    for value in scalars {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let kind = value < 0x80 ? kinds[Int(value)] : ASCIIKind(of: ScalarKind(scalar))
      if kind == .word {
        word.add(lowerCased: scalar)
        inWord = true
        continue
      }
      if inWord {
        hashes.append(word.value)
        word = TokenHash()
        inWord = false
      }
      if kind == .mark, hashes.count < limit {
        var mark = TokenHash()
        mark.add(lowerCased: scalar)
        hashes.append(mark.value)
      }
      if hashes.count >= limit { return hashes }
    }
    if inWord { hashes.append(word.value) }
    return hashes
  }
}

/// Hash of one token: FNV-1a over its UTF-8 bytes, with a finaliser that spreads the bits.
package struct TokenHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }

  package mutating func add(_ bytes: [UInt8]) { for byte in bytes { add(byte) } }

  mutating func add(lowerCased scalar: Unicode.Scalar) {
    if scalar.value < 0x80 {
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      return add(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    if ScalarKind(scalar).contains(.hasLowerCase) {
      for byte in scalar.properties.lowercaseMapping.utf8 { add(byte) }
    } else {
      for byte in UTF8.encode(scalar) ?? .init() { add(byte) }
    }
  }

  package var value: UInt64 { Self.mixed(state) }

  /// Finaliser of MurmurHash3 (Appleby): every bit of the input changes about half of the output's.
  static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ (mixed >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return mixed ^ (mixed >> 33)
  }

  /// Hash of a sequence: the order of the parts counts.
  static func sequence(_ hash: UInt64, then next: UInt64) -> UInt64 {
    mixed(hash &* 0x9E37_79B9_7F4A_7C15 &+ next)
  }
}

private enum ASCIIKind: UInt8 {
  case word, space, mark

  static let of: [ASCIIKind] = (0..<128).map { code in
    switch UInt8(code) {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      .word
    case 0x09...0x0D, 0x1C...0x20: .space
    default: .mark
    }
  }

  /// What it would be if it were of ASCII.
  init(of kind: ScalarKind) { self = kind.contains(.word) ? .word : kind.contains(.whiteSpace) ? .space : .mark }

  /// Greatest raw value.
  static let last = mark.rawValue

  /// Of the bytes of words the byte, lower-cased; of all others the raw value of their kind.
  static let wordByte: [UInt8] = of.enumerated().map { code, kind in
    let byte = UInt8(code)
    return kind == .word ? (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte) : kind.rawValue
  }
}
