import Foundation

/// A text in Unicode's composed form (NFC), as UTF-8 bytes; line ends are left as they are, since to every channel they
/// are white space.
package struct NormalisedText: Sendable {
  package let utf8: [UInt8]

  package init(_ text: String) {
    let bytes = Array(text.utf8)
    utf8 = Self.isComposed(bytes) ? bytes : Self.composed(bytes)
  }

  /// Bytes that are composed at a time: the system's function moves all that follows with each letter that it composes, which takes
  /// the square of a long text.
  private static let pieceLength = 1_024

  private static func composed(_ bytes: [UInt8]) -> [UInt8] {
    var composed: [UInt8] = []
    composed.reserveCapacity(bytes.count)
    var start = 0
    while start < bytes.count {
      var end = min(start + pieceLength, bytes.count)
      while end < bytes.count, !standsAlone(bytes, at: end) { end += 1 }
      composed += String(decoding: bytes[start..<end], as: UTF8.self).precomposedStringWithCanonicalMapping.utf8
      start = end
    }
    return composed
  }

  /// Whether a scalar begins at a byte that joins none before it: NFC of the parts on both sides is NFC of the whole (UAX #15).
  private static func standsAlone(_ bytes: [UInt8], at index: Int) -> Bool {
    switch bytes[index] {
    // ASCII, and U+0080 to U+02FF.
    case ..<0x80, 0xC2..<0xCC: return true
    case ..<0xC2: return false
    default: return joinsNone(bytes.scalar(at: index).0)
    }
  }

  private static func joinsNone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Vowels and ends of syllables of Hangul; vowels of Kirat Rai.
    case 0x1160...0x11FF, 0x16D40...0x16D7F: return false
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .unassigned: false
    default: scalar.properties.canonicalCombiningClass == .notReordered
    }
  }

  /// Whether every scalar belongs to a block of which none changes in NFC or joins the one before it; most text does, and
  /// need not go through the system's tables.
  private static func isComposed(_ bytes: [UInt8]) -> Bool {
    // Below 0xCC: ASCII, and what belongs to U+0080 to U+02FF.
    bytes.scalars(from: 0xCC) { $0.isOfComposedBlock }
  }

  /// Number of Unicode scalars.
  package var characters: Int { utf8.count { $0 & 0xC0 != 0x80 } }

  /// The Unicode scalars, by number.
  var scalars: [UInt32] {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(utf8.count)
    var index = 0
    while index < utf8.count {
      guard utf8[index] >= 0x80 else {
        scalars.append(UInt32(utf8[index]))
        index += 1
        continue
      }
      let (scalar, length) = utf8.scalar(at: index)
      scalars.append(scalar.value)
      index += length
    }
    return scalars
  }

  /// Whether some letter belongs to a script written without spaces between words.
  var hasLettersWithoutSpaces: Bool {
    // Below 0xE0: nothing from U+0800 on.
    !utf8.scalars(from: 0xE0) { !$0.isOfScriptWithoutSpaces }
  }

  /// How many of the letters belong to scripts written without spaces between words: Han, Hiragana, Katakana, Thai,
  /// Lao, Khmer and Myanmar.
  func countLetters() -> (withoutSpaces: Int, all: Int) {
    var withoutSpaces = 0
    var all = utf8.count { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
    var index = 0
    while index < utf8.count {
      guard utf8[index] >= 0x80 else {
        index += 1
        continue
      }
      let (scalar, length) = utf8.scalar(at: index)
      index += length
      if scalar.isOfScriptWithoutSpaces {
        withoutSpaces += 1
        all += 1
      } else if scalar.properties.isAlphabetic {
        all += 1
      }
    }
    return (withoutSpaces, all)
  }
}

extension Unicode.Scalar {
  /// Cyrillic, punctuation and symbols, CJK marks and kana, ideographs, Hangul syllables, full-width forms and emoji, without those
  /// scalars among them that decompose or combine (UAX #15).
  fileprivate var isOfComposedBlock: Bool {
    switch value {
    case 0x0400...0x0482, 0x2002...0x20CF, 0x2100...0x2125, 0x212C...0x2328, 0x232B...0x2ADB, 0x3000...0x3029,
      0x3030...0x3098, 0x309B...0x9FFF, 0xAC00...0xD7A3, 0xFF00...0xFFFD, 0x1F000...0x1FAFF, 0x20000...0x2F7FF:
      true
    default: false
    }
  }

  /// By blocks of Unicode 16; iteration and length marks of Japanese count with their kana.
  var isOfScriptWithoutSpaces: Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3031...0x3035, 0x3040...0x30FF,
      0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}

extension [UInt8] {
  /// Whether a test holds of all scalars whose first byte is at least `least`, which is 0xC0 or more.
  func scalars(from least: UInt8, allSatisfy test: (Unicode.Scalar) -> Bool) -> Bool {
    var index = 0
    while index < count {
      guard self[index] >= least else {
        index += 1
        continue
      }
      let (scalar, length) = scalar(at: index)
      guard test(scalar) else { return false }
      index += length
    }
    return true
  }

  /// The scalar that begins at a byte, and its length. The bytes come from a `String`, so they are valid UTF-8.
  func scalar(at index: Int) -> (Unicode.Scalar, length: Int) {
    let first = UInt32(self[index])
    func next(_ offset: Int) -> UInt32 { UInt32(self[index + offset] & 0x3F) }
    let (value, length): (UInt32, Int) =
      switch first {
      case ..<0x80: (first, 1)
      case ..<0xE0: ((first & 0x1F) << 6 | next(1), 2)
      case ..<0xF0: ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3)
      default: ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
      }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }
}
