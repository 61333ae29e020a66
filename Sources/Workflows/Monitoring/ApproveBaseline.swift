import Formats
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
  ///
  /// - Parameter remark: called, before it is approved, with what makes it another thing than the next of the one before.
  package func run(
    by: String, reason: String, now: Date, remark: (Baseline.Remark) -> Void = { _ in }
  ) throws -> Baseline {
    guard !by.allSatisfy(\.isWhitespace) else { throw MonitoringError.approvalEmpty(field: "--by") }
    guard !reason.allSatisfy(\.isWhitespace) else { throw MonitoringError.approvalEmpty(field: "--reason") }
    // From reading the approvals to writing them: two at once would each forget the other.
    let lock = try FileLock.take(beside: file, patience: .seconds(10))
    defer { withExtendedLifetime(lock) {} }
    guard FileBytes.exists(pending) else { throw MonitoringError.nothingPending(file: pending) }
    let current = FileBytes.exists(file) ? try Baseline.read(file: file) : nil
    let next = try Baseline.read(file: pending)
    if let current { next.remarks(replacing: current).forEach(remark) }
    let approved = next.approved(
      after: current?.approvals ?? [], by: by, reason: reason, at: UTCTime.text(now))
    try approved.writeDurably(to: file)
    try FileManager.default.removeItem(atPath: pending)
    return approved
  }
}
