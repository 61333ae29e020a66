import Formats
import Terminal

/// What a script hands over where its variable is not set, and places that no result belongs to; before any command is run.
enum OutputPlace {
  /// Refuses every empty value: as a folder it is the root of all files, because of the slash that follows it. The root itself
  /// is no output either.
  ///
  /// - Parameter words: of the command line, without the program's name.
  /// - Throws: `UsageError`
  static func check(_ words: [String]) throws {
    let end = words.firstIndex(of: "--") ?? words.endIndex
    for (place, word) in words.enumerated() {
      let before = place > 0 && place < end ? words[place - 1] : ""
      let isOption = place < end && word.utf8.first == UInt8(ascii: "-")
      let option: String
      let value: String
      // By bytes: a value may begin with a mark that joins the sign before it.
      if isOption, let sign = word.utf8.firstIndex(of: UInt8(ascii: "=")) {
        option = String(decoding: word.utf8[..<sign], as: UTF8.self)
        value = String(decoding: word.utf8[sign...].dropFirst(), as: UTF8.self)
      } else {
        option = before.utf8.first == UInt8(ascii: "-") ? before : ""
        value = word
      }
      guard !value.isEmpty else { throw UsageError.emptyValue(option: option.isEmpty ? nil : option) }
      if ["-o", "--output"].contains(option), FileBytes.resolved(value) == "/" {
        throw UsageError.badValue(
          option: option, value: value, expected: "a file or a folder of its own, not the root of all files")
      }
    }
  }

  /// For commands that write one file, before they ask or compute anything.
  ///
  /// - Throws: `UsageError.badValue` for a folder, and for a name that only a folder can have.
  static func checkFile(_ output: String?) throws {
    guard let output, FileBytes.isFolder(output) || output.utf8.last == UInt8(ascii: "/") else { return }
    throw UsageError.badValue(option: "-o", value: output, expected: "the name of a file, not of a folder")
  }
}
