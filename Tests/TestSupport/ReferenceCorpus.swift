package import Cases
import Foundation

/// Answers of real models that lie beside the project where it is developed and in CI. The project never needs them:
/// tests that read them are skipped, saying so, where they are absent.
package enum ReferenceCorpus {
  package static let note = "skipped: the reference corpus ../shared/corpus is not here"

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/corpus").path

  package static var isHere: Bool { FileManager.default.fileExists(atPath: root) }

  private static let script = URL(fileURLWithPath: root).deletingLastPathComponent().appendingPathComponent(
    "eval/join.py"
  )
  .path

  /// Whether the parts of the corpus can be joined into one.
  package static var joins: Bool {
    isHere && IndependentPython.isHere && FileManager.default.fileExists(atPath: script)
      && FileManager.default.fileExists(atPath: root + "_more")
  }

  /// One folder of all parts, by links.
  package static func join(into folder: String) throws {
    _ = try IndependentPython.run(
      "import runpy, sys; runpy.run_path(sys.argv.pop(1), run_name='__main__')",
      arguments: [script, folder, root, root + "_more"])
  }

  package static func file(_ path: String) -> String { "\(root)/\(path)" }

  package static func transcript(_ model: String, of corpus: String) throws -> Transcript {
    try TranscriptReader.read(file: file("\(corpus)/responses/\(model).jsonl.gz"), model: ModelID(model))
  }
}
