package import Custody
package import Evidence
import Probing

/// Checks evidence, offline: what was written, who signed it and when, whether the plan was followed, and whether the report
/// comes out again.
package struct VerifyEvidence: Sendable {
  private let evidence: String
  private let keys: [NoteKey]
  private let witnesses: [NoteKey]
  private let anchors: [X509Certificate]
  private let heads: [SignedNote]
  private let tool: String

  /// - Parameters:
  ///   - evidence: a folder or a `.tar`.
  ///   - keys: that must have signed; none takes the one that the evidence names.
  ///   - witnesses: that must have cosigned.
  ///   - anchors: certificates of time-stamping authorities that are trusted.
  ///   - heads: that were shown earlier: the log must continue them.
  package init(
    of evidence: String, keys: [NoteKey] = [], witnesses: [NoteKey] = [], anchors: [X509Certificate] = [],
    heads: [SignedNote] = [], tool: String
  ) {
    self.evidence = evidence
    self.keys = keys
    self.witnesses = witnesses
    self.anchors = anchors
    self.heads = heads
    self.tool = tool
  }

  /// - Parameters:
  ///   - withReport: whether the report is computed anew, which takes the most time.
  ///   - words: says why a report cannot be computed, of an error.
  package func run(
    withReport: Bool = true, words: (any Error) -> String? = { "\($0)" }
  ) async throws -> [EvidenceCheck] {
    let verification = try EvidenceVerification(
      of: try EvidencePlace.open(evidence), reader: DialectReader(), keys: keys, witnesses: witnesses, anchors: anchors,
      earlier: heads)
    guard withReport else { return verification.checks }
    return verification.checks + (try await EvidenceReport(tool: tool).checks(verification, words: words))
  }
}
