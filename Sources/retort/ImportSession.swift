import CaseFile
import Reporting

/// Foreign files in, a folder of transcripts out, and an account of what was left out.
struct ImportSession {
  let format: ImportFormat
  let files: [String]
  let folder: String
  let model: String?
  let fields: ImportFields
  let json: Bool

  private static let namedRecords = 20

  func run() throws {
    let imported = try ImportedTranscripts.read(files, format: format, model: model.map { ModelID($0) }, fields: fields)
    let written = try TranscriptFolder.write(imported.transcripts, probes: imported.probes, to: folder)
    for skipped in imported.skipped.prefix(Self.namedRecords) {
      Talk.say("left out: \(skipped.place): \(Self.words(skipped.reason))\(skipped.detail.map { " (\($0))" } ?? "")")
    }
    if imported.skipped.count > Self.namedRecords {
      Talk.say("left out: \(imported.skipped.count - Self.namedRecords) more; all are named with --json")
    }
    if imported.cached > 0 {
      Talk.say("\(imported.cached) answers came from a cache of the tool: they are no samples of their own")
    }
    if imported.probes.isEmpty { Talk.say("the files hold no prompts: there is no probes.jsonl") }
    json ? try StandardOutput.json(document(imported, written)) : try StandardOutput.say(written.map(FolderText.line))
  }

  private func document(_ imported: ImportedTranscripts, _ written: [TranscriptFolder.File]) -> JSONValue {
    .object([
      "schema": .string("retort.import/1"), "tool": .string(Version.tool), "format": .string(format.rawValue),
      "sources": .array(files.map(JSONValue.string)), "files": .array(written.map(FolderText.json)),
      "cached": .integer(imported.cached),
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

/// The answers of a case as a folder of transcripts.
struct ExportSession {
  let file: String
  let folder: String
  let json: Bool

  func run() throws {
    let store = try CaseStore.open(at: file)
    let contents: CaseContents
    do {
      contents = try store.contents()
      try store.close()
    } catch {
      try? store.close()
      throw error
    }
    let transcripts = contents.transcripts.values.sorted { $0.model < $1.model }
    let unanswered = transcripts.filter(\.responses.isEmpty).map(\.model)
    let written = try TranscriptFolder.write(
      transcripts.filter { !$0.responses.isEmpty }, probes: contents.probes.values.sorted { $0.id < $1.id },
      lineage: contents.lineage, to: folder)
    for model in unanswered { Talk.say("\(model) has no answer yet, and no transcript") }
    guard json else { return try StandardOutput.say(written.map(FolderText.line)) }
    try StandardOutput.json(
      .object([
        "schema": .string("retort.export/1"), "tool": .string(Version.tool), "case": .string(file),
        "suspect": .string(contents.suspect.rawValue),
        "candidates": .array(contents.candidates.map { .string($0.rawValue) }),
        "cohort": .array(contents.cohort.map { .string($0.rawValue) }),
        "files": .array(written.map(FolderText.json)),
        "unanswered": .array(unanswered.map { .string($0.rawValue) }),
      ]))
  }
}

/// How the files of a folder of transcripts are told.
enum FolderText {
  static func line(_ file: TranscriptFolder.File) -> String {
    guard file.model != nil else { return "\(file.path): \(file.count) \(file.count == 1 ? "row" : "rows")" }
    return "\(file.path): \(file.count) \(file.count == 1 ? "answer" : "answers")"
  }

  static func json(_ file: TranscriptFolder.File) -> JSONValue {
    .compact([
      "path": .string(file.path), "model": JSONValue(file.model?.rawValue), "rows": .integer(file.count),
      "sha256": .string(file.digest.hex),
    ])
  }
}

/// `--field text=answer`.
enum FieldChoice {
  static func fields(_ choices: [String]) throws -> ImportFields {
    var chosen: [ImportFields.Role: String] = [:]
    for choice in choices {
      let parts = choice.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let role = ImportFields.Role(rawValue: parts[0]) else {
        throw UsageError.badField(choice)
      }
      chosen[role] = parts[1]
    }
    return ImportFields(chosen)
  }
}
