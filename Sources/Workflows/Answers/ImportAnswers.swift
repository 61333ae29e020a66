package import Cases

/// Files of other tools in, a folder of transcripts out, and an account of what was left out.
package struct ImportAnswers: Sendable {
  package struct Findings: Sendable {
    package let imported: ImportedTranscripts
    package let files: [TranscriptFolder.File]
  }

  private let files: [String]
  private let format: ImportFormat
  private let model: ModelID?
  private let fields: ImportFields

  /// - Parameter model: for files that do not name theirs, or wrongly.
  package init(_ files: [String], format: ImportFormat, model: ModelID?, fields: ImportFields) {
    self.files = files
    self.format = format
    self.model = model
    self.fields = fields
  }

  package func run(to folder: String) throws -> Findings {
    let imported = try ImportedTranscripts.read(files, format: format, model: model, fields: fields)
    return Findings(
      imported: imported,
      files: try TranscriptFolder.write(imported.transcripts, probes: imported.probes, to: folder))
  }
}
