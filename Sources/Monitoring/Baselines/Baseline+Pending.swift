import Cases
import Formats

extension Baseline {
  /// What makes a pending baseline another thing than the next of the one that it replaces: all of it may be wanted, none
  /// of it unseen.
  package enum Remark: Hashable, Sendable {
    case otherName(String, replaced: String)
    case otherEndpoint(Endpoint, replaced: Endpoint)
    /// It asks something else.
    case otherSuite
    case older
    /// Nobody has approved what it replaces.
    case replacedUnapproved
  }

  package func remarks(replacing current: Baseline) -> [Remark] {
    var remarks: [Remark] = []
    if name != current.name { remarks.append(.otherName(name, replaced: current.name)) }
    if let then = current.endpoint, let now = endpoint, (then.url, then.model) != (now.url, now.model) {
      remarks.append(.otherEndpoint(now, replaced: then))
    }
    // One of an older version says the same in fewer members.
    if MonitorConfiguration.bySets(suite) != MonitorConfiguration.bySets(current.suite) { remarks.append(.otherSuite) }
    if created < current.created { remarks.append(.older) }
    if current.approval == nil { remarks.append(.replacedUnapproved) }
    return remarks
  }

  /// Writes what waits for approval; over an earlier one that waits, and over nothing else.
  package func writePending(to file: String) throws {
    try Self.keepOff(file)
    try write(to: file)
  }

  /// - Throws: `FileError.wouldOverwrite` for a file that is no baseline.
  package static func keepOff(_ file: String) throws {
    guard FileBytes.exists(file) else { return }
    do {
      _ = try read(file: file)
    } catch is MonitoringError {
      throw FileError.wouldOverwrite(file: file)
    }
  }
}
