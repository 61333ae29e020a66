package import Cases
import Foundation

/// Answers of real models that lie beside the project where it is developed and in CI. The project never needs them:
/// tests that read them are skipped, saying so, where they are absent.
package enum ReferenceCorpus {
  package static let note = "skipped: the reference corpus ../shared/corpus is not here"

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/corpus").path

  package static var isHere: Bool { FileManager.default.fileExists(atPath: root) }

  package static func file(_ path: String) -> String { "\(root)/\(path)" }

  package static func transcript(_ model: String, of corpus: String) throws -> Transcript {
    try TranscriptReader.read(file: file("\(corpus)/responses/\(model).jsonl.gz"), model: ModelID(model))
  }
}
