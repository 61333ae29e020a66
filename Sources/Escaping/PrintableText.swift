extension String {
  /// The text on one line, without anything that a terminal, a browser or an editor obeys: control characters (C0, C1, escape
  /// sequences), marks that turn the direction of writing, paired or not, and invisible ones are replaced by `�`; line ends
  /// and tabs become spaces.
  package var printable: String { replacingScalars { scalar, _ in scalar.printable } }

  /// The same with its own lines.
  package var printableLines: String { replacingScalars { scalar, _ in scalar == "\n" ? nil : scalar.printable } }
}

extension Unicode.Scalar {
  /// What stands for the scalar where text is shown; nil where it may stand itself.
  var printable: String? {
    switch value {
    case 0x09, 0x0A, 0x0D: " "
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      "\u{FFFD}"
    // The last two code points of a plane, and 32 more, are no characters: XML forbids some of them.
    case 0xFDD0...0xFDEF: "\u{FFFD}"
    case let value where value & 0xFFFE == 0xFFFE: "\u{FFFD}"
    default: nil
    }
  }
}
