import CaseFile
package import Cases
package import Formats

/// What came of files of other tools.
package struct ImportText {
  private static let namedRecords = 20

  private let imported: ImportedTranscripts
  private let files: [TranscriptFolder.File]

  package init(_ imported: ImportedTranscripts, _ files: [TranscriptFolder.File]) {
    self.imported = imported
    self.files = files
  }

  package var lines: [String] { files.map(FolderText.line) }

  /// What is said beside the files: records that were left out, and what is missing.
  package var notes: [String] {
    var notes = imported.skipped.prefix(Self.namedRecords).map { skipped in
      "left out: \(skipped.place): \(Self.words(skipped.reason))\(skipped.detail.map { " (\($0))" } ?? "")"
    }
    if imported.skipped.count > Self.namedRecords {
      notes.append("left out: \(imported.skipped.count - Self.namedRecords) more; all are named with --json")
    }
    if imported.cached > 0 {
      notes.append("\(imported.cached) answers came from a cache of the tool: they are no samples of their own")
    }
    if imported.probes.isEmpty { notes.append("the files hold no prompts: there is no probes.jsonl") }
    return notes
  }

  package func document(format: ImportFormat, sources: [String], tool: String) -> JSONValue {
    .document(
      "retort.import/1", tool: tool,
      [
        "format": .string(format.rawValue), "sources": .array(sources.map(JSONValue.string)),
        "files": .array(files.map(FolderText.json)), "cached": .integer(imported.cached),
        "left_out": .array(
          imported.skipped.map { skipped in
            .compact([
              "place": .string(skipped.place.description), "reason": .string(skipped.reason.rawValue),
              "detail": JSONValue(skipped.detail),
            ])
          }),
      ])
  }

  private static func words(_ reason: SkippedRecord.Reason) -> String {
    switch reason {
    case .error: "an error in place of an answer"
    case .noAnswer: "no answer, not even an empty one"
    case .notText: "what the tool made of the answer, not its text"
    case .likelihood: "a likelihood, which has no text"
    case .repeatedByFilter: "the same answer again, for another filter"
    }
  }
}
