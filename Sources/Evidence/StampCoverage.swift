import CaseFile
import Custody
import Formats
import Foundation

// How much of a log is covered by time stamps and cosignatures, and how much the holder of its key could still rewrite.
extension SignedHeads {
  /// Whether the promised time stamps are present, and how far a third party vouches for the log.
  ///
  /// - Parameters:
  ///   - witnesses: whose cosignatures count; those of others do not.
  ///   - anchors: authorities whose stamps count. An operator can make an authority of their own: without one, none does.
  ///   - earlier: heads that were shown before.
  func coverage(
    _ log: EvidenceLog, witnesses: [NoteKey], anchors: [X509Certificate], earlier: [SignedNote]
  ) throws -> EvidenceCheck.Finding {
    guard let last = heads.last, log.fault == nil, log.marks[last.checkpoint.size] != nil else {
      return .notChecked("the log or its checkpoints do not hold")
    }
    let promise = try promise(of: log)
    var words = [
      promise.authorities.isEmpty
        ? "the protocol promises no time stamps" : "the protocol promises time stamps by \(promise.names)"
    ]
    words += try failures(promise, log)
    words.append(unstamped)
    words += gaps(promise.interval)
    if let gap = gap(log) { words.append(gap) }
    let vouched = heads.filter { head in
      head.stamps.contains { stamp in
        !anchors.isEmpty && token(stamp, of: head).map { $0.trust(anchors: anchors).isTrusted } ?? false
      }
        || witnesses.contains { head.cosigned?.cosignatureTime(of: $0) != nil && head.hasWitnessesOfItsText }
    }.map(\.checkpoint.size)
    let shown = earlier.compactMap { Checkpoint($0.text) }.filter { log.marks[$0.size]?.root == $0.root }.map(\.size)
    let covered = (vouched + shown).max() ?? 0
    guard covered < log.tree.size else {
      return .passed((words + ["every record stands under the word of somebody else"]).joined(separator: "; "))
    }
    words.append(Self.rewritable(from: covered, in: log))
    if anchors.isEmpty, heads.contains(where: { !$0.stamps.isEmpty }) {
      words.append("its time stamps count with --authority")
    }
    return .notChecked(words.joined(separator: "; "))
  }

  private func promise(of log: EvidenceLog) throws -> PlannedCustody {
    guard let stated = log.frozen?["custody"] else { return PlannedCustody(authorities: []) }
    guard let promise = PlannedCustody(json: stated) else {
      throw EvidenceFault("what the protocol promises cannot be read")
    }
    return promise
  }

  /// What is told of authorities that did not answer.
  ///
  /// - Throws: `EvidenceFault` if a stamp is missing that was promised, and no failure of its authority is recorded.
  private func failures(_ promise: PlannedCustody, _ log: EvidenceLog) throws -> [String] {
    guard let last = heads.last else { return [] }
    let first = log.firstAttempt?.seq
    var words: [String] = []
    for authority in promise.authorities {
      let stamped = heads.filter { head in head.stamps.contains { isOf(authority, $0, head) } }.map(\.checkpoint.size)
      if let first, !stamped.contains(where: { $0 <= first }) {
        throw EvidenceFault(
          "the protocol promises a time stamp by \(authority.url) before the first attempt: there is none")
      }
      guard !stamped.contains(last.checkpoint.size) else { continue }
      let failure = log.others.last {
        $0.seq > (log.lastAttempt?.seq ?? 0) && $0.kind == .clock && $0.json["problem"] != nil
          && $0.json["server"]?.string.map(\.utf8.self)?.elementsEqual(authority.url.utf8) == true
      }
      guard let failure else {
        throw EvidenceFault(
          """
          the protocol promises a time stamp by \(authority.url) of the last checkpoint: there is none, and no failure of the authority is recorded
          """)
      }
      words.append(
        """
        \(authority.url) gave none of the last checkpoint: \(failure.json["problem"]?.string ?? ""), as the operator recorded
        """)
    }
    return words
  }

  /// Whether it is a stamp of the head by that authority: as far as its certificate is promised, by that too.
  private func isOf(_ authority: PlannedCustody.Authority, _ stamp: Stamp, _ head: Head) -> Bool {
    guard stamp.authority.utf8.elementsEqual(authority.url.utf8), let token = token(stamp, of: head) else {
      return false
    }
    return authority.anchors.isEmpty || token.trust(anchors: authority.anchors).isTrusted
  }

  private func token(_ stamp: Stamp, of head: Head) -> TimeStampToken? {
    guard let token = TimeStampToken(response: stamp.response), let request = TimeStampRequest(stored: stamp.request),
      token.answers(request, for: Array(head.note.written.utf8)), token.trust(anchors: []) != .notSigned
    else { return nil }
    return token
  }

  /// Heads without a time stamp, the last first.
  private var unstamped: String {
    let bare = heads.reversed().filter(\.stamps.isEmpty)
    guard !bare.isEmpty else { return "each checkpoint has a time stamp" }
    let named = bare.prefix(6).map { $0.number == heads.count ? "\($0.number) (the last)" : "\($0.number)" }
    return "no time stamp: \(bare.count) of \(heads.count) checkpoints, \(named.joined(separator: ", "))"
      + (bare.count > named.count ? ", …" : "")
  }

  /// Places where heads are farther apart than promised. Less than twice the interval is accepted, because records of other
  /// kinds than attempts count as well.
  private func gaps(_ interval: Int) -> [String] {
    zip([0] + heads.map(\.checkpoint.size), heads.map(\.checkpoint.size)).filter { $1 - $0 >= 2 * interval }.map {
      "no head was signed from record \($0) to \($1 - 1), one in \(interval) was promised"
    }
  }

  /// How far the last stamp is from the last attempt.
  private func gap(_ log: EvidenceLog) -> String? {
    guard let ended = log.lastAttempt?.ended, let head = heads.last(where: { !$0.stamps.isEmpty }),
      let time = head.stamps.compactMap({ token($0, of: head) }).map({ UTCTime.milliseconds($0.time) }).min(),
      let covered = log.marks[head.checkpoint.size]?.attempts
    else { return nil }
    guard covered == log.attempts else {
      return """
        the last time stamp covers \(covered) of \(log.attempts) attempts, the last of which ended \(max(0, ended - time) / 1_000) s after it
        """
    }
    return "the last time stamp came \(max(0, time - ended) / 1_000) s after the last attempt"
  }

  private static func rewritable(from covered: Int, in log: EvidenceLog) -> String {
    let first = (covered > 0 ? log.marks[covered]?.attempts ?? 0 : 0) + 1
    let attempts = first <= log.attempts ? " (attempts \(first) to \(log.attempts))" : ""
    return """
      whoever holds the key could have written records \(covered) to \(log.tree.size - 1)\(attempts) anew before they were handed over, or left failed attempts out
      """
  }
}

extension PlannedCustody {
  fileprivate var names: String { authorities.map(\.url).joined(separator: ", ") }
}

extension TimeStampToken.Trust {
  fileprivate var isTrusted: Bool { if case .trusted = self { true } else { false } }
}
