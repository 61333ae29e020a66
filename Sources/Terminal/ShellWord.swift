/// A word as a POSIX shell reads it back.
package enum ShellWord {
  package static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || "_-./:=@%+,".utf8.contains(byte)
        || byte >= 0x80
    }
    guard !plain || word.isEmpty else { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
