import Formats
import Foundation

/// Documents on standard output: one line of canonical JSON, whose shape `Reports/schema` tells.
enum JSONOutput {
  static func print(_ document: JSONValue) {
    FileHandle.standardOutput.write(Data((document.canonical + "\n").utf8))
  }
}
