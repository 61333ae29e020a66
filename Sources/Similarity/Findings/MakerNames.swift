/// Whether a text may hold the name of a maker of models, by its bytes: most answers hold none, and need not be parted into sentences.
struct MakerNames: Sendable {
  /// By two bytes, whether one of the names begins with them.
  private let beginnings: [Bool]
  private let names: [[UInt8]]

  /// Of ASCII the letters in lower case.
  private static let folded: [UInt8] = (0...255).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }

  /// - Parameter names: in lower case, of two bytes or more; those beyond ASCII are not looked for, since all texts that may hold one count.
  init(_ names: [String]) {
    var beginnings = [Bool](repeating: false, count: 1 << 16)
    self.names = names.map { Array($0.utf8) }.filter { $0.count > 1 && $0.allSatisfy { $0 < 0x80 } }
    for name in self.names { beginnings[Int(name[0]) << 8 | Int(name[1])] = true }
    self.beginnings = beginnings
  }

  /// No less than a search for characters in the text's lower case finds: of letters beyond ASCII the Kelvin sign alone is one of ASCII.
  func mayStand(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var last = 0
      for place in bytes.indices {
        // From U+3000 on: ideographs, kana, what is full-width. U+2100 to U+213F has the Kelvin sign.
        if bytes[place] >= 0xE3 || bytes[place] == 0x84 && last == 0xE2 { return true }
        let byte = Int(Self.folded[Int(bytes[place])])
        if beginnings[last << 8 | byte], names.contains(where: { stands($0, at: place - 1, in: bytes) }) { return true }
        last = byte
      }
      return false
    }
  }

  private func stands(_ name: [UInt8], at start: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count - start >= name.count else { return false }
    return name.indices.allSatisfy { Self.folded[Int(bytes[start + $0])] == name[$0] }
  }
}
