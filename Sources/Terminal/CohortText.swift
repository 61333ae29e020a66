import CaseFile
import Cases
package import Formats
import Importing
package import Workflows

/// What came of a folder of recorded answers that was made a cohort.
package struct CohortText {
  private static let named = 20

  private let found: ImportCohort.Findings

  package init(_ found: ImportCohort.Findings) { self.found = found }

  private var models: Int { found.files.count { $0.model != nil } }

  package var lines: [String] {
    ["\(models) models, \(found.common) prompts that at least four fifths of them answered"]
      + found.files.filter { $0.model == nil }.map(FolderText.line)
  }

  package var notes: [String] {
    var notes = taken
    notes += found.contents.unread.prefix(Self.named).map { "left out: \(Self.reason($0.error))" }
    if found.contents.unread.count > Self.named {
      notes.append("left out: \(found.contents.unread.count - Self.named) more files; all are named with --json")
    }
    if !found.contents.skipped.isEmpty {
      notes.append("\(found.contents.skipped.count) records hold no answer that could be taken")
    }
    if found.contents.probes.isEmpty {
      notes.append(
        "the files do not say what was asked: there is no probes.jsonl, and answers can be matched by id alone")
    }
    notes.append(
      "lineage.csv: developers were guessed from names; base_model and trained_on_outputs_of are empty: correct and fill them"
    )
    if !found.unknown.isEmpty {
      let names = found.unknown.prefix(Self.named).map(\.rawValue).joined(separator: ", ")
      let more = found.unknown.count > Self.named ? " and \(found.unknown.count - Self.named) more" : ""
      notes.append("lineage.csv: nothing could be guessed of \(names)\(more)")
    }
    return notes
  }

  /// Which fields were read as what, in how many files: a reference answer in place of a model's shows here.
  private var taken: [String] {
    let files = Dictionary(grouping: found.contents.read.filter { !$0.taken.isEmpty }, by: \.taken)
    let ways = files.values.sorted { ($1.count, $0[0].file) < ($0.count, $1[0].file) }
    var notes = ways.prefix(Self.named).compactMap { way in
      ImportText.taken(way[0].taken).map { words in
        way.count == 1
          ? "took \(words): \(way[0].file)" : "took \(words): \(way.count) files, such as \(way[0].file)"
      }
    }
    if ways.count > Self.named { notes.append("took other fields in \(ways.count - Self.named) more kinds of files") }
    return notes
  }

  package func document(tool: String) -> JSONValue {
    .document(
      "retort.cohort/1", tool: tool,
      [
        "models": .integer(models), "common_prompts": .integer(found.common),
        "files": .array(found.files.map(FolderText.json)),
        "fields": .array(
          found.contents.read.map { file in
            .object([
              "file": .string(file.file),
              "taken": .object(
                Dictionary(
                  uniqueKeysWithValues: file.taken.map {
                    ($0.key.rawValue, .array($0.value.sorted().map(JSONValue.string)))
                  })),
            ])
          }),
        "unknown_lineage": .array(found.unknown.map { .string($0.rawValue) }),
        "left_out": .array(
          found.contents.unread.map { .object(["file": .string($0.file), "because": .string(Self.reason($0.error))]) }),
        "records_left_out": .integer(found.contents.skipped.count),
      ])
  }

  private static func reason(_ error: any Error) -> String { ErrorSentence.of(error) ?? "it cannot be read" }
}
