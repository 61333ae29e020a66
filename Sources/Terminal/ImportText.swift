package import AnswerDebris
import CaseFile
package import Cases
package import Formats
package import Importing
import Reporting

/// What came of files of other tools.
package struct ImportText {
  private static let namedRecords = 20

  private let imported: ImportedTranscripts
  private let files: [TranscriptFolder.File]
  private let debris: [Debris.Finding]

  package init(
    _ imported: ImportedTranscripts, _ files: [TranscriptFolder.File], debris: [Debris.Finding] = []
  ) {
    self.imported = imported
    self.files = files
    self.debris = debris
  }

  package var lines: [String] { files.map(FolderText.line) }

  /// What is said beside the files: records that were left out, and what is missing.
  package var notes: [String] {
    var notes = taken
    notes += imported.skipped.prefix(Self.namedRecords).map { skipped in
      "left out: \(skipped.place): \(Self.words(skipped.reason))\(skipped.detail.map { " (\($0))" } ?? "")"
    }
    if imported.skipped.count > Self.namedRecords {
      notes.append("left out: \(imported.skipped.count - Self.namedRecords) more; all are named with --json")
    }
    if imported.cached > 0 {
      notes.append("\(imported.cached) answers came from a cache of the tool: they are no samples of their own")
    }
    if imported.absentNumbers > 0 {
      notes.append(
        "\(imported.absentNumbers) values are NaN or Infinity, which are no numbers: they were read as absent")
    }
    if imported.probes.isEmpty { notes.append("the files hold no prompts: there is no probes.jsonl") }
    return notes + debris.map { "no model's word: \(DebrisWording.line($0))" } + common
  }

  /// Which fields were read as what: a reference answer in place of a model's shows here.
  private var taken: [String] { Self.taken(imported.taken).map { ["took \($0)"] } ?? [] }

  /// nil where no field has a role.
  static func taken(_ fields: [ImportFields.Role: Set<String>]) -> String? {
    let roles: [(ImportFields.Role, String)] = [
      (.text, "answer"), (.prompt, "prompt"), (.id, "prompt's name"), (.model, "model"), (.sample, "sample"),
    ]
    let words = roles.compactMap { role, name in
      fields[role].map { "\(name) from \($0.sorted().joined(separator: ", "))" }
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }

  /// Where several models were read and share no prompt, why that may be.
  private var common: [String] {
    guard let prompts = imported.commonPrompts, prompts == 0 else { return [] }
    guard let texts = imported.commonTexts, texts > 0 else {
      return [
        """
        no prompt was answered by two of these \(imported.transcripts.count) models: nothing can be compared; other prompts, or the names of prompts are names of answers: see --field id=NAME
        """
      ]
    }
    return [
      """
      no prompt has one name for two models, but \(texts) texts of prompts are the same: name prompts by their texts with --match-by-text
      """
    ]
  }

  package func document(format: ImportFormat, sources: [String], tool: String) -> JSONValue {
    .document(
      "retort.import/1", tool: tool,
      [
        "format": .string(format.rawValue), "sources": .array(sources.map(JSONValue.string)),
        "files": .array(files.map(FolderText.json)), "cached": .integer(imported.cached),
        "debris": .array(debris.map(DebrisWording.json)), "absent_numbers": .integer(imported.absentNumbers),
        "fields": .object(
          Dictionary(
            uniqueKeysWithValues: imported.taken.map { role, fields in
              (role.rawValue, .array(fields.sorted().map(JSONValue.string)))
            })),
        "left_out": .array(
          imported.skipped.map { skipped in
            .compact([
              "place": .string(skipped.place.description), "reason": .string(skipped.reason.rawValue),
              "detail": JSONValue(skipped.detail),
            ])
          }),
      ])
  }

  package static func words(_ reason: SkippedRecord.Reason) -> String {
    switch reason {
    case .error: "an error in place of an answer"
    case .noAnswer: "no answer, not even an empty one"
    case .notText: "what the tool made of the answer, not its text"
    case .likelihood: "a likelihood, which has no text"
    case .repeatedByFilter: "the same answer again, for another filter"
    case .copyFromCache: "a copy from the tool's cache of an answer that is there"
    case .doubled: "the very record again: a copy is no sample"
    case .otherThanText: "a tool call, an image or a sound, and no text"
    case .laterTurn: "answers to later turns of a conversation"
    case .withheld: "withheld by a filter of the vendor"
    }
  }
}
