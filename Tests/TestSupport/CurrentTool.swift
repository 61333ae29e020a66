import Foundation

/// The program as it names itself in what it writes. Its version stands in the executable, which tests of libraries do not see:
/// it is read where it is written.
package enum CurrentTool {
  package enum Failure: Error { case noVersion(file: String) }

  package static func name() throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/retort/Version.swift")
    guard let found = try String(contentsOf: file, encoding: .utf8).firstMatch(of: #/number = "([^"]+)"/#) else {
      throw Failure.noVersion(file: file.path)
    }
    return "retort \(found.output.1)"
  }
}
