package import Foundation

/// Runs other people's implementations (SciPy, scikit-learn, jsonschema, the openai client) in the Python that the
/// project's scripts prepare, to compare with.
package enum IndependentPython {
  package static let note = "skipped: no Python with the packages of Tests/requirements.txt (RETORT_PYTHON)"

  package static let interpreter: String? = {
    let candidates = [ProcessInfo.processInfo.environment["RETORT_PYTHON"], ".tools/venv/bin/python"].compactMap { $0 }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  package static var isHere: Bool { interpreter != nil }

  /// - Returns: what the script printed.
  package static func run(_ script: String, input: Data = Data(), arguments: [String] = []) throws -> Data {
    guard let interpreter else { throw Failure(status: -1, message: note) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: interpreter)
    // Threads of a test block signals, and what they start inherits that: it could not end its own children.
    let unblocked = "import signal; signal.pthread_sigmask(signal.SIG_SETMASK, ())\n"
    process.arguments = ["-c", unblocked + script] + arguments
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: a pipe that nobody empties stops both sides.
    let paths = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
    try input.write(to: paths[0])
    for path in paths.dropFirst() { try Data().write(to: path) }
    process.standardInput = try FileHandle(forReadingFrom: paths[0])
    process.standardOutput = try FileHandle(forWritingTo: paths[1])
    process.standardError = try FileHandle(forWritingTo: paths[2])
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        status: process.terminationStatus, message: String(decoding: try Data(contentsOf: paths[2]), as: UTF8.self))
    }
    return try Data(contentsOf: paths[1])
  }

  package struct Failure: Error, CustomStringConvertible {
    let status: Int32
    let message: String
    package var description: String { "python ended with \(status): \(message)" }
  }
}
