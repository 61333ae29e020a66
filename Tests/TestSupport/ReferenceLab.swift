import Foundation

/// Small trained models with known lineage that lie beside the project where it is developed and in CI (GGUF). The
/// project never needs them: tests that serve them are skipped, saying so, where they are absent.
package enum ReferenceLab {
  package static let note = "skipped: the reference models ../shared/lab/models are not here"

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/lab/models").path

  package static var isHere: Bool { FileManager.default.fileExists(atPath: root) }

  package static func model(_ name: String) -> String { "\(root)/\(name).gguf" }
}
