/// How an answer is built when its words of content are taken away: a template of parts of speech without a tagger.
///
/// Marks and English function words stay. Of any other word its shape stays: `0` if it begins with a digit, else its
/// ending in English, the first that fits of -ing, -ed, -ly, -s, and one shape for -tion, -ment, -ness and -ity; else only
/// that there is a word. Of other languages written with spaces, so the marks stay and how many words stand between them.
enum Skeleton {
  /// - Parameter limit: tokens that are looked at.
  static func units(_ scalars: [UInt32], limit: Int) -> [UInt64] {
    var units: [UInt64] = []
    units.reserveCapacity(limit)
    var word = Word()
    for value in scalars {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if isWordCharacter(scalar) {
        word.add(scalar)
        continue
      }
      if !word.isEmpty {
        units.append(word.shape)
        word = Word()
        guard units.count < limit else { return units }
      }
      guard !value.isWhiteSpace else { continue }
      var mark = TokenHash()
      mark.add(lowerCased: scalar)
      units.append(mark.value)
      guard units.count < limit else { return units }
    }
    if !word.isEmpty { units.append(word.shape) }
    return units
  }

  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    guard value < 0x80 else { return scalar.isWordCharacter }
    return (value | 0x20) &- 0x61 < 26 || value &- 0x30 < 10 || value == 0x5F
  }

  /// A word as it is read, letter by letter.
  private struct Word {
    private var hash = TokenHash()
    /// The last four letters, lower-cased, a byte each, the last one lowest; 0xFF for a letter that is not ASCII.
    private var ending: UInt32 = 0
    private var isNumber = false
    private(set) var isEmpty = true

    mutating func add(_ scalar: Unicode.Scalar) {
      if isEmpty {
        isNumber =
          scalar.value < 0x80
          ? ("0"..."9").contains(scalar) : scalar.properties.generalCategory == .decimalNumber
      }
      isEmpty = false
      hash.add(lowerCased: scalar)
      let byte = scalar.value < 0x80 ? scalar.value | (("A"..."Z").contains(scalar) ? 0x20 : 0) : 0xFF
      ending = ending << 8 | byte
    }

    var shape: UInt64 {
      if FunctionWords.english.contains(hash.value) { return hash.value }
      // Spread like the hash of a token, which no shape is likely to be; a sequence of zeros would have one hash at any length.
      return TokenHash.mixed(isNumber ? 1 : Ending.all.first { ending & $0.mask == $0.letters }?.shape ?? 7)
    }
  }

  /// The last letters of a word, laid out like `Word.ending`.
  private struct Ending {
    let letters: UInt32
    let mask: UInt32
    let shape: UInt64

    init(_ text: String, shape: UInt64) {
      letters = text.utf8.reduce(0) { $0 << 8 | UInt32($1) }
      mask = text.utf8.reduce(0) { mask, _ in mask << 8 | 0xFF }
      self.shape = shape
    }

    /// In the order in which they are tried.
    static let all = [
      Ending("ing", shape: 2), Ending("ed", shape: 3), Ending("ly", shape: 4), Ending("s", shape: 5),
      Ending("tion", shape: 6), Ending("ment", shape: 6), Ending("ness", shape: 6), Ending("ity", shape: 6),
    ]
  }
}
