package import Evidence

/// Evidence that does not hold.
package struct EvidenceRejected: Error {
  let evidence: String
  let promise: EvidenceCheck.Promise
  let failed: [String]

  package init(_ evidence: String, _ promise: EvidenceCheck.Promise, _ checks: [EvidenceCheck]) {
    self.evidence = evidence
    self.promise = promise
    failed = checks.filter(\.failed).map(\.subject.rawValue)
  }

  package var sentence: String {
    "\(evidence): does not hold: \(failed.joined(separator: ", ")); ask for an untouched copy, or for an explanation"
  }

  package var status: ExitStatus {
    switch promise {
    case .integrity: .altered
    case .signature: .notSigned
    case .time: .wrongTime
    case .completeness: .incomplete
    case .recomputation: .notRecomputed
    case .meaning: .notAsSaid
    }
  }
}
