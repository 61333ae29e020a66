import CaseFile
package import Foundation
package import Monitoring

/// From a pending baseline to the one that counts.
package struct ApproveBaseline: Sendable {
  private let file: String
  private let pending: String

  package init(file: String, pending: String) {
    self.file = file
    self.pending = pending
  }

  /// Who approves it and why is kept in it, with the approvals before.
  package func run(by: String, reason: String, now: Date) throws -> Baseline {
    guard !by.allSatisfy(\.isWhitespace) else { throw MonitoringError.approvalEmpty(field: "--by") }
    guard !reason.allSatisfy(\.isWhitespace) else { throw MonitoringError.approvalEmpty(field: "--reason") }
    guard FileBytes.exists(pending) else { throw MonitoringError.nothingPending(file: pending) }
    let earlier = FileBytes.exists(file) ? try Baseline.read(file: file).approvals : []
    let approved = try Baseline.read(file: pending).approved(
      after: earlier, by: by, reason: reason, at: UTCTime.text(now))
    try approved.write(to: file)
    try FileManager.default.removeItem(atPath: pending)
    return approved
  }
}
