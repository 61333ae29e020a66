import CaseFile
import Cases
import Custody
import Formats

/// The checks that compare what lies in evidence with what its records say.
struct EvidenceFacts {
  let source: any EvidenceSource
  let log: EvidenceLog
  let found: FoundFiles

  /// Line by line: the list is as long as there are files.
  func manifest() throws -> EvidenceCheck.Finding {
    let own = [EvidenceLayout.manifest, EvidenceLayout.manifestNote]
    if let odd = found.odd { throw EvidenceFault("\(odd) is no regular file, or a folder without one") }
    var last = ""
    var listed = 0
    var numbered = NumberedFiles()
    try source.forEachLine(of: EvidenceLayout.manifest) { line, isWhole in
      guard isWhole, let (path, digest) = EvidenceManifest.entry(line),
        last.utf8.lexicographicallyPrecedes(path.utf8), !own.contains(path)
      else { throw EvidenceFault("the list of files is not as it was written") }
      guard let stored = found[path] else { throw EvidenceFault("\(path) is missing") }
      guard stored == digest, EvidenceManifest.body(at: path).map({ $0 == digest }) ?? true else {
        throw EvidenceFault("\(path) is not as it was written")
      }
      numbered.add(path)
      listed += 1
      last = path
    }
    guard listed > 0 else { throw EvidenceFault("the list of files is missing") }
    if let gap = numbered.gap { throw EvidenceFault(gap) }
    if let missing = EvidenceLayout.needed.first(where: { found[$0] == nil }) {
      throw EvidenceFault("\(missing) is missing")
    }
    if found[EvidenceLayout.likelihoods] != nil,
      let other = (EvidenceLayout.report + [EvidenceLayout.calibration]).first(where: { found[$0] != nil })
    {
      throw EvidenceFault("\(other) lies beside \(EvidenceLayout.likelihoods): evidence has one report")
    }
    // Each that is listed is there: more than those can only be strays. Their names are looked up only then.
    if found.count > listed + own.count(where: { found[$0] != nil }) {
      var known = Set(own)
      try source.forEachLine(of: EvidenceLayout.manifest) { line, _ in
        if let path = EvidenceManifest.entry(line)?.path { known.insert(path) }
      }
      throw EvidenceFault("\(found.stray(known.contains) ?? "a file") is not in the list of files")
    }
    return .passed("\(listed) files are as listed, and no others are there")
  }

  func records() throws -> EvidenceCheck.Finding {
    if let fault = log.fault { throw EvidenceFault(fault) }
    for (seq, kind, json) in log.others {
      switch kind {
      case .connection where ConnectionFacts(record: json) == nil:
        throw EvidenceFault("record \(seq) does not hold the certificate that it states the digest of")
      case .clock where ClockReading(record: json) == nil: throw EvidenceFault("record \(seq) is no reading of a clock")
      default: break
      }
    }
    return .passed("\(log.tree.size) records follow one another, \(log.attempts) attempts among them")
  }

  /// Adds the readings of other clocks to the finding on the machine's own. They are reported and never fail the check.
  func clocks(beside finding: EvidenceCheck.Finding) -> EvidenceCheck.Finding {
    guard case .passed(let words) = finding, !log.custody.clocks.isEmpty else { return finding }
    return .passed(words + "; " + log.custody.clocks.map(\.words).joined(separator: "; "))
  }

  /// The protocol is the first record, is the file beside it, and came before the first request.
  func protocolFirst(_ heads: SignedHeads) throws -> EvidenceCheck.Finding {
    guard let first = log.others.first, first.seq == 0, first.kind == .protocol, let frozen = log.frozen else {
      throw EvidenceFault("the first record is not the protocol")
    }
    guard log.others.count(where: { $0.kind == .protocol }) == 1 else { throw EvidenceFault("there are two protocols") }
    guard try source.bytes(EvidenceLayout.frozenProtocol) == Array(frozen.canonical.utf8) else {
      throw EvidenceFault("protocol.json is not the protocol of the log")
    }
    let digest = Digest(of: frozen.canonical).hex.prefix(16)
    guard let attempt = log.firstAttempt else { return .passed("\(digest)…, no attempt yet") }
    guard let time = first.json["recorded"]?.string.flatMap(UTCTime.milliseconds) else {
      throw EvidenceFault("the protocol does not say when it was frozen")
    }
    guard time <= attempt.started + ClockCheck.tolerance else {
      throw EvidenceFault("the protocol was frozen after the first attempt began")
    }
    if let time = heads.firstStamp(before: attempt.seq), time > attempt.started + ClockCheck.tolerance {
      throw EvidenceFault("the protocol's time stamp is later than the first attempt")
    }
    let proof =
      heads.firstStamp(before: attempt.seq) != nil
      ? "time-stamped before" : "recorded before (no time stamp shows it)"
    return .passed("\(digest)…, \(proof) the first attempt")
  }
}
