import Formats
import Terminal
import Workflows

/// What a script hands over where its variable is not set, and places that no result belongs to; before any command is run.
enum OutputPlace {
  private static let options = ["-o", "--output", "--svg"]

  /// Refuses every empty value: as a folder it is the root of all files, because of the slash that follows it. The root itself
  /// is no output either, nor is a file that the same line names as input, by whatever name.
  ///
  /// - Parameter words: of the command line, without the program's name.
  /// - Throws: `UsageError`
  static func check(_ words: [String]) throws {
    var files: (read: [String], written: [(option: String, file: String)]) = ([], [])
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
      if options.contains(option) { files.written.append((option, value)) } else { files.read.append(value) }
    }
    for (option, file) in files.written where FileBytes.isRegular(file) {
      guard !files.read.contains(where: { FileBytes.areOne($0, file) }) else {
        throw UsageError.badValue(option: option, value: file, expected: "another file than those that are read")
      }
    }
  }

  /// For commands that write one file, before they ask or compute anything.
  ///
  /// - Throws: `UsageError.badValue` for a folder, and for a name that only a folder can have; `FileError.wouldOverwrite` for a
  ///   case, a private key and what else cannot be made again.
  static func checkFile(_ output: String?, option: String = "-o") throws {
    guard let output else { return }
    guard !FileBytes.isFolder(output), output.utf8.last != UInt8(ascii: "/") else {
      throw UsageError.badValue(option: option, value: output, expected: "the name of a file, not of a folder")
    }
    if try IrreplaceableFile.isThere(output) { throw FileError.wouldOverwrite(file: output) }
  }
}
