/// What stays of a token when its letters are taken away: a part of speech without a tagger.
///
/// Raw values are part of what `Skeleton` hashes.
package enum TokenShape: UInt8, Sendable {
  case mark = 0
  /// A word that begins with a digit.
  case number = 1
  case ing = 2
  case ed = 3
  case ly = 4
  case s = 5
  /// Ends in -tion, -ment or -ity; -ness ends in -s.
  case noun = 6
  case word = 7

  /// - Parameter ending: the last four letters of a word, lower-cased, a byte each, the last one lowest; 0xFF for a letter that is not
  ///   ASCII, 0 for none.
  init(ending: UInt32) {
    let three = ending & 0xFF_FFFF
    self =
      switch ending & 0xFF {
      case 0x67 where three == 0x69_6E67: .ing
      case 0x64 where ending & 0xFFFF == 0x6564: .ed
      case 0x79 where ending & 0xFFFF == 0x6C79: .ly
      case 0x73: .s
      case 0x6E where ending == 0x7469_6F6E: .noun
      case 0x74 where ending == 0x6D65_6E74: .noun
      case 0x79 where three == 0x69_7479: .noun
      default: .word
      }
  }
}
