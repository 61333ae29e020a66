package import AnswerDebris
package import Cases
package import Formats
package import Importing

/// Files of other tools in, a folder of transcripts out, and an account of what was left out.
package struct ImportAnswers: Sendable {
  package struct Findings: Sendable {
    package let imported: ImportedTranscripts
    package let files: [TranscriptFolder.File]
    /// What servers and tools left in the answers: it is imported, told, and taken off where answers are compared.
    package let debris: [Debris.Finding]
  }

  private let files: [String]
  private let format: ImportFormat
  private let model: ModelID?
  private let fields: ImportFields
  private let encoding: TextEncoding?
  private let matchesByText: Bool

  /// - Parameters:
  ///   - model: for files that do not name theirs, or wrongly.
  ///   - encoding: nil finds UTF-8 and UTF-16.
  ///   - matchesByText: names prompts by their texts, whatever the files call them.
  package init(
    _ files: [String], format: ImportFormat, model: ModelID?, fields: ImportFields, encoding: TextEncoding? = nil,
    matchesByText: Bool = false
  ) {
    self.files = files
    self.format = format
    self.model = model
    self.fields = fields
    self.encoding = encoding
    self.matchesByText = matchesByText
  }

  package func run(to folder: String) throws -> Findings {
    let imported = try ImportedTranscripts.read(
      files, format: format, model: model, fields: fields, encoding: encoding, matchesByText: matchesByText)
    return Findings(
      imported: imported,
      files: try TranscriptFolder.write(imported.transcripts, probes: imported.probes, to: folder),
      debris: Debris(Dictionary(uniqueKeysWithValues: imported.transcripts.map { ($0.model, $0) })).findings)
  }
}
