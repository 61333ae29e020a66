import Foundation

/// A server in Python (a file of `Tests/Servers`) as a process of its own. It says its ports as a line of JSON on
/// standard output, and ends when its standard input does: with the test, however that ends.
package enum PythonServer {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Servers")

  package static func serving<Result: Sendable>(
    _ script: String, _ arguments: [String] = [], body: @Sendable (_ ports: [Int]) async throws -> Result
  ) async throws -> Result {
    guard let interpreter = IndependentPython.interpreter else { throw Failure(message: IndependentPython.note) }
    let files = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: files) }
    let (output, errors) = (files.appendingPathComponent("out"), files.appendingPathComponent("err"))
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: interpreter)
    process.arguments = [folder.appendingPathComponent(script).path] + arguments
    let input = Pipe()
    process.standardInput = input
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    defer {
      try? input.fileHandleForWriting.close()
      process.terminate()
      process.waitUntilExit()
    }
    let end = ContinuousClock.now + .seconds(60)
    while true {
      let line = try Data(contentsOf: output)
      if line.last == UInt8(ascii: "\n") { return try await body(try JSONDecoder().decode([Int].self, from: line)) }
      guard process.isRunning, ContinuousClock.now < end else {
        throw Failure(message: String(decoding: try Data(contentsOf: errors).suffix(2_000), as: UTF8.self))
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  package struct Failure: Error, CustomStringConvertible {
    let message: String
    package var description: String { "the server in Python did not start: \(message)" }
  }
}
