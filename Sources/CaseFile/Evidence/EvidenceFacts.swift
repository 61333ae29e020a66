/// The checks that compare what lies in evidence with what its records say.
struct EvidenceFacts {
  let source: any EvidenceSource
  let log: EvidenceLog
  let withheld: Withheld
  /// SHA-256 of every file that is there.
  let found: [String: Digest]

  /// Clocks of two machines, or of one machine that is set, may differ by so much: milliseconds.
  static let tolerance = 2_000

  func manifest() throws -> EvidenceCheck.Finding {
    guard let manifest = EvidenceManifest(try source.bytes(EvidenceManifest.path)) else {
      throw EvidenceFault("the list of files is missing, or not as it was written")
    }
    let listed = manifest.files.sorted { $0.key < $1.key }
    if let missing = listed.first(where: { found[$0.key] == nil }) {
      throw EvidenceFault("\(missing.key) is missing")
    }
    if let other = listed.first(where: { found[$0.key] != $0.value }) {
      throw EvidenceFault("\(other.key) is not as it was written")
    }
    let own = [EvidenceManifest.path, EvidenceManifest.notePath]
    if let stray = found.keys.filter({ manifest.files[$0] == nil && !own.contains($0) }).min() {
      throw EvidenceFault("\(stray) is not in the list of files")
    }
    return .passed("\(listed.count) files are as listed, and no others are there")
  }

  func records() throws -> EvidenceCheck.Finding {
    if let fault = log.fault { throw EvidenceFault(fault) }
    return .passed("\(log.tree.leaves.count) records follow one another, \(log.attempts.count) attempts among them")
  }

  /// Each attempt's answer or failure, in the order of the attempts.
  func outcomes() throws -> EvidenceCheck.Finding {
    var expected = log.attempts.filter { !withheld.digests.contains($0.said) }[...]
    try source.forEachLine(of: "outcomes.jsonl") { line, isWhole in
      guard let attempt = expected.popFirst() else { throw EvidenceFault("there are more outcomes than attempts") }
      guard isWhole, Digest(of: line) == attempt.said else {
        throw EvidenceFault("what came of attempt \(attempt.number) is not as it was written")
      }
    }
    if let missing = expected.first { throw EvidenceFault("what came of attempt \(missing.number) is missing") }
    let kept = log.attempts.count { withheld.digests.contains($0.said) }
    return .passed(
      "\(log.attempts.count - kept) answers and failures are as recorded" + (kept > 0 ? ", \(kept) withheld" : ""))
  }

  func bodies() throws -> EvidenceCheck.Finding {
    var kept = 0
    for attempt in log.attempts {
      for (what, digest) in [("request", attempt.request), ("response", attempt.response)] {
        guard let digest else { continue }
        if withheld.digests.contains(digest) {
          kept += 1
          continue
        }
        guard let stored = found[EvidenceManifest.path(ofBody: digest)] else {
          throw EvidenceFault("the \(what) of attempt \(attempt.number) is missing")
        }
        guard stored == digest else {
          throw EvidenceFault("the \(what) of attempt \(attempt.number) is not as it was written")
        }
      }
    }
    return .passed("requests and responses are as recorded" + (kept > 0 ? ", \(kept) withheld" : ""))
  }

  func commitments() throws -> EvidenceCheck.Finding {
    var leaves: [Digest] = []
    var places: [String: Digest] = [:]
    try source.forEachLine(of: "commitments.jsonl") { line, _ in
      guard let json = JSONValue(parsing: Array(line)), let probe = json["probe"]?.string,
        let leaf = json["leaf"]?.string.flatMap(Digest.init(hex:))
      else { throw EvidenceFault("a commitment cannot be read") }
      leaves.append(leaf)
      places[probe] = leaf
    }
    guard let stated = log.frozen?["probes"], stated["count"]?.integer == leaves.count,
      stated["root"]?.string == ProbeCommitment.root(leaves).hex
    else { throw EvidenceFault("the commitments are not those of the protocol") }
    var revealed: Set<String> = []
    try source.forEachLine(of: "revealed.jsonl") { line, _ in
      guard let json = JSONValue(parsing: Array(line)), let probe = json["probe"]?.string,
        let text = json["text"]?.string, let salt = json["salt"]?.string.flatMap(Digest.init(hex:)),
        JSONValue(parsing: text)?["id"]?.string == probe
      else { throw EvidenceFault("a revealed probe cannot be read") }
      guard places[probe] == ProbeCommitment(text: text, salt: salt.bytes).leaf else {
        throw EvidenceFault("the probe \(probe) is not the one that was committed to")
      }
      revealed.insert(probe)
    }
    let sealed = places.keys.filter { !revealed.contains($0) }
    if let missing = sealed.filter({ !withheld.probes.contains(PromptID($0)) }).min() {
      throw EvidenceFault("the probe \(missing) is neither revealed nor listed as withheld")
    }
    return .passed(
      "\(revealed.count) probes are those committed to" + (sealed.isEmpty ? "" : ", \(sealed.count) sealed"))
  }

  /// Whether the clock of the machine ran on evenly: in a run beside its monotonic clock, between runs forwards.
  func clock() throws -> EvidenceCheck.Finding {
    var origins: [Int: Int] = [:]
    // No time that can be written is earlier.
    var latest = UTCTime.earliest
    var latestEnd: [Int: Int] = [:]
    for attempt in log.attempts {
      for (time, nanoseconds) in [
        (attempt.started, attempt.startedNanoseconds), (attempt.ended, attempt.endedNanoseconds),
      ] {
        let elapsed = nanoseconds / 1_000_000
        let origin = origins[attempt.run] ?? (time - elapsed)
        origins[attempt.run] = origin
        guard abs(time - elapsed - origin) <= Self.tolerance + elapsed / 1_000 else {
          throw EvidenceFault("the clock was set during run \(attempt.run), before attempt \(attempt.number)")
        }
      }
      guard attempt.startedNanoseconds <= attempt.endedNanoseconds,
        attempt.endedNanoseconds / 1_000_000 >= latestEnd[attempt.run, default: 0] - Self.tolerance
      else { throw EvidenceFault("attempt \(attempt.number) ended before the one it follows") }
      latestEnd[attempt.run] = attempt.endedNanoseconds / 1_000_000
      guard attempt.ended >= latest - Self.tolerance else {
        throw EvidenceFault("the clock was set back before attempt \(attempt.number)")
      }
      latest = max(latest, attempt.ended)
    }
    return .passed("the clock ran on evenly through \(origins.count) \(origins.count == 1 ? "run" : "runs")")
  }

  /// The protocol is the first record, is the file beside it, and came before the first request.
  func protocolFirst(_ heads: SignedHeads) throws -> EvidenceCheck.Finding {
    guard let first = log.others.first, first.seq == 0, first.kind == .protocol, let frozen = log.frozen else {
      throw EvidenceFault("the first record is not the protocol")
    }
    guard log.others.count(where: { $0.kind == .protocol }) == 1 else { throw EvidenceFault("there are two protocols") }
    guard try source.bytes("protocol.json") == Array(frozen.canonical.utf8) else {
      throw EvidenceFault("protocol.json is not the protocol of the log")
    }
    let digest = Digest(of: frozen.canonical).hex.prefix(16)
    guard let attempt = log.attempts.first else { return .passed("\(digest)…, no attempt yet") }
    if let time = first.json["recorded"]?.string.flatMap(UTCTime.milliseconds),
      time > attempt.started + Self.tolerance
    {
      throw EvidenceFault("the protocol was frozen after the first attempt began")
    }
    if let time = heads.firstStamp(before: attempt.seq), time > attempt.started + Self.tolerance {
      throw EvidenceFault("the protocol's time stamp is later than the first attempt")
    }
    let proof =
      heads.firstStamp(before: attempt.seq) != nil
      ? "time-stamped before" : "recorded before (no time stamp shows it)"
    return .passed("\(digest)…, \(proof) the first attempt")
  }

  /// Every item of the plan was asked, in the words of the protocol, and answered once at most.
  func completeness() throws -> EvidenceCheck.Finding {
    var plan: [Int: PlannedItem] = [:]
    var text: [UInt8] = []
    try source.forEachLine(of: "plan.jsonl") { line, _ in
      guard let item = JSONValue(parsing: Array(line)).flatMap(PlannedItem.init(json:)) else {
        throw EvidenceFault("an item of the plan cannot be read")
      }
      plan[item.order] = item
      text += line + [UInt8(ascii: "\n")]
    }
    guard let stated = log.frozen?["plan"], stated["items"]?.integer == plan.count,
      stated["sha256"]?.string == Digest(of: text).hex
    else { throw EvidenceFault("the plan is not that of the protocol") }
    var answered: Set<Int> = []
    var asked: Set<Int> = []
    for attempt in log.attempts {
      guard let item = plan[attempt.order],
        item
          == PlannedItem(
            order: attempt.order, model: attempt.model, probe: attempt.probe, sample: attempt.sample,
            requestSeed: attempt.requestSeed)
      else { throw EvidenceFault("attempt \(attempt.number) was not planned") }
      guard !answered.contains(attempt.order) else {
        throw EvidenceFault("attempt \(attempt.number) asks what was answered before")
      }
      if !attempt.isFailed { answered.insert(attempt.order) }
      asked.insert(attempt.order)
    }
    let never = plan.keys.filter { !asked.contains($0) }
    guard never.isEmpty else {
      throw EvidenceFault(
        "\(never.count) of \(plan.count) planned items were never asked, the first is \(never.min() ?? 0)")
    }
    let failed = plan.count - answered.count
    return .passed(
      "all \(plan.count) planned items were asked" + (failed > 0 ? "; \(failed) failed, each attempt is recorded" : ""))
  }
}
