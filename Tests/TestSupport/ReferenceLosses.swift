import Foundation

/// Published losses of students and their bases that lie beside the project where it is developed. The project never needs
/// them: tests that read them are skipped, saying so, where they are absent.
package enum ReferenceLosses {
  package static let note = "skipped: the reference losses are not here"

  package static let file = "\(ReferenceCorpus.root)_more/reference_losses/losses.jsonl.gz"

  package static var isHere: Bool { FileManager.default.fileExists(atPath: file) }
}
