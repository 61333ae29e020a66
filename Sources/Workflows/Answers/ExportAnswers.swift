import CaseFile
package import Cases

/// The answers of a case as a folder of transcripts.
package struct ExportAnswers: Sendable {
  package struct Findings: Sendable {
    package let contents: CaseContents
    package let files: [TranscriptFolder.File]
    /// Models that have no answer yet, and so no transcript.
    package let unanswered: [ModelID]
  }

  private let file: String

  package init(of file: String) { self.file = file }

  package func run(to folder: String) throws -> Findings {
    let contents = try CaseStore.withOpen(at: file) { try $0.contents() }
    let transcripts = contents.transcripts.values.sorted { $0.model < $1.model }
    return Findings(
      contents: contents,
      files: try TranscriptFolder.write(
        transcripts.filter { !$0.responses.isEmpty }, probes: contents.probes.values.sorted { $0.id < $1.id },
        lineage: contents.lineage, to: folder),
      unanswered: transcripts.filter(\.responses.isEmpty).map(\.model))
  }
}
