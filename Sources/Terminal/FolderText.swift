import CaseFile
package import Cases
package import Formats
package import Workflows

/// How the files of a folder of transcripts are told.
package enum FolderText {
  package static func line(_ file: TranscriptFolder.File) -> String {
    guard file.model != nil else { return "\(file.path): \(file.count) \(file.count == 1 ? "row" : "rows")" }
    return "\(file.path): \(file.count) \(file.count == 1 ? "answer" : "answers")"
  }

  package static func json(_ file: TranscriptFolder.File) -> JSONValue {
    .compact([
      "path": .string(file.path), "model": JSONValue(file.model?.rawValue), "rows": .integer(file.count),
      "sha256": .string(file.digest.hex),
    ])
  }

  /// What was written of a case.
  package static func document(_ found: ExportAnswers.Findings, ofCase file: String, tool: String) -> JSONValue {
    .document(
      "retort.export/1", tool: tool,
      [
        "case": .string(file), "suspect": .string(found.contents.suspect.rawValue),
        "candidates": .array(found.contents.candidates.map { .string($0.rawValue) }),
        "cohort": .array(found.contents.cohort.map { .string($0.rawValue) }),
        "files": .array(found.files.map(json)),
        "unanswered": .array(found.unanswered.map { .string($0.rawValue) }),
      ])
  }
}
