import CaseFile
package import Custody
package import Evidence
package import Formats

/// What was written out as evidence.
package struct EvidenceText {
  private let summary: EvidenceExport.Summary
  private let evidence: String
  private let key: NoteKey

  /// - Parameter evidence: its path.
  package init(_ summary: EvidenceExport.Summary, at evidence: String, signedBy key: NoteKey) {
    self.summary = summary
    self.evidence = evidence
    self.key = key
  }

  package var lines: [String] {
    [
      "\(evidence): \(summary.attempts) attempts, \(summary.records) records, \(summary.files) files",
      "root \(summary.root), signed by \(key)",
    ] + (summary.withheld > 0 ? ["\(summary.withheld) texts are withheld: see withheld.jsonl"] : [])
  }

  package func document(ofCase file: String, tool: String) -> JSONValue {
    .document(
      "retort.evidence/1", tool: tool,
      [
        "case": .string(file), "evidence": .string(evidence), "files": .integer(summary.files),
        "records": .integer(summary.records), "attempts": .integer(summary.attempts),
        "withheld": .integer(summary.withheld), "root": .string(summary.root.hex),
        "manifest_sha256": .string(summary.manifest.hex), "key": .string(key.text(.note)),
      ])
  }
}
