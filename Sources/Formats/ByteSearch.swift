#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Words and marks found byte by byte. The library's search compares whatever can be compared: of bytes it takes a hundred times as
/// long.
extension UnsafeBufferPointer<UInt8> {
  /// The first place of `word` at or behind `start`; nil for no bytes.
  fileprivate func place(of word: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let own = baseAddress, let sought = word.baseAddress, let first = word.first else { return nil }
    var place = start
    while place + word.count <= count,
      let next = memchr(own + place, Int32(first), count - place - word.count + 1)
    {
      place = UnsafeRawPointer(own).distance(to: next)
      if memcmp(own + place, sought, word.count) == 0 { return place }
      place += 1
    }
    return nil
  }
}

extension [UInt8] {
  /// The first place of `word` at or behind `start`; nil for no bytes.
  package func place(of word: some Collection<UInt8>, from start: Int = 0) -> Int? {
    let word = Array(word)
    return withUnsafeBufferPointer { own in word.withUnsafeBufferPointer { own.place(of: $0, from: start) } }
  }
}

extension String {
  /// Whether the bytes of `words` stand in it: `contains` compares characters, and what else reads the same text must not need to know
  /// how it forms them, nor which of them Unicode takes for one.
  package func holds(_ words: String) -> Bool {
    let found = utf8.withContiguousStorageIfAvailable { own in
      words.utf8.withContiguousStorageIfAvailable { own.place(of: $0, from: 0) != nil }
    }
    return found.flatMap { $0 } ?? (Array(utf8).place(of: words.utf8) != nil)
  }
}

extension StringProtocol {
  /// Whether it is `other`, byte for byte.
  package func isSame(as other: some StringProtocol) -> Bool { utf8.elementsEqual(other.utf8) }
}
