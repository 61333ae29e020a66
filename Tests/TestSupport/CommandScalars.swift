/// Scalars that no line of text may hold: they command a terminal, turn the direction of writing, or are seen by nobody.
package enum CommandScalars {
  package static func found(in text: String, but allowed: Set<UInt32> = []) -> [UInt32] {
    text.unicodeScalars.map(\.value).filter { value in
      !allowed.contains(value)
        && (value < 0x20 || (0x7F...0x9F).contains(value) || (0x2028...0x202E).contains(value)
          || (0x2060...0x206F).contains(value) || (0xE0000...0xE007F).contains(value)
          || [0x200E, 0x200F, 0x061C, 0xFEFF].contains(value))
    }
  }
}
