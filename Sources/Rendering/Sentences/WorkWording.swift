package import Cases
import Reporting

/// Probes and attempts: what the lists of them hold.
enum WorkWording {
  static let attemptsNotKnown = "The answers were recorded elsewhere: attempts are not known."

  /// - Parameters:
  ///   - end: attempts listed at either end, of more than can be listed.
  ///   - between: the most that are listed between them.
  static func attempts(_ list: AttemptList, end: Int, between: Int) -> String {
    let kinds = Attempt.Outcome.allCases.compactMap { kind in
      list.outcomes[kind.rawValue].map { "\(kind.rawValue) \($0)" }
    }.joined(separator: ", ")
    let listed =
      list.count > list.listed.count
      ? """
      Listed are the first \(end), the last \(end), and between them those that gave no plain answer, the earliest \(between) at most; the whole list lies in the case file and in its evidence (`records.jsonl`). \

      """ : ""
    return """
      \(list.count) attempts\(kinds.isEmpty ? "" : ": \(kinds)"). \
      Every one is kept, and all but `failed` count as answers. \
      \(listed)The SHA-256 over all their hashes in order, each with a line end, is \(list.sha256).
      """
  }

  /// - Parameter end: probes listed at either end, of more than can be listed.
  static func probes(_ list: ProbeList, end: Int) -> String {
    let digests =
      list.committed
      ? "The digest of each is the salted commitment that the protocol fixed before the first request."
      : "The digest of each is that of its line of the probe set, where the text is known."
    let listed =
      list.count > list.listed.count
      ? "Listed are the first \(end) and the last \(end) by their names; the whole list has" : "The list has"
    return """
      \(list.count) probes. \
      \(digests) \
      \(listed) the SHA-256 \(list.sha256), over name, tab, digest and line end of each.
      """
  }

  static let capabilities = "Requested and observed, in short requests before the first probe:"
}

extension CapabilityFinding.Standing {
  package var words: String { self == .notOffered ? "not offered" : rawValue }
}
