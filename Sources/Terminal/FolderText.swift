package import Cases
package import Formats

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
}
