import Foundation

/// Checks evidence against itself: everything but the computation of the report, which needs the method.
///
/// Each check is made whatever the others found, as far as it can be; each gives one line.
package struct EvidenceVerification {
  /// In the order in which they are told.
  package let checks: [EvidenceCheck]
  /// Whether every text is there, so that the report can be computed anew.
  package let isComplete: Bool
  let log: EvidenceLog
  let heads: SignedHeads
  let source: any EvidenceSource

  /// - Parameters:
  ///   - keys: whose signatures are trusted; none takes the keys that the evidence names itself.
  ///   - witnesses: whose cosignatures are asked for.
  ///   - anchors: authorities whose time stamps are trusted; none asks only for their signatures.
  ///   - earlier: heads of the log that were shown before, which it must continue.
  package init(
    of source: any EvidenceSource, keys: [NoteKey] = [], witnesses: [NoteKey] = [], anchors: [X509Certificate] = [],
    earlier: [SignedNote] = []
  ) throws {
    guard source.contains(EvidenceManifest.path) || source.contains(EvidenceLog.path) else {
      throw CaseFileError.custody(file: source.name, .noEvidence)
    }
    let heads = try SignedHeads(source, keys: keys)
    let withheld = try Withheld(source)
    let found = try FoundFiles(source)
    var outcomes = FollowedCheck(OutcomeCheck(source, withheld: withheld))
    var bodies = FollowedCheck(BodyCheck(withheld: withheld, found: found))
    var clock = FollowedCheck(ClockCheck())
    let planned = try PlanCheck(source)
    var plan = FollowedCheck(planned)
    let sizes = Set(heads.heads.map(\.checkpoint.size) + earlier.compactMap { Checkpoint($0.text)?.size })
    let log = try EvidenceLog(source, marking: sizes) { attempt in
      try outcomes.follow(attempt)
      try bodies.follow(attempt)
      try clock.follow(attempt)
      try plan.follow(attempt)
    }
    let facts = EvidenceFacts(source: source, log: log, withheld: withheld, found: found)
    var made: [EvidenceCheck] = []
    func check(_ subject: EvidenceCheck.Subject, _ body: () throws -> EvidenceCheck.Finding) rethrows {
      do {
        made.append(EvidenceCheck(subject, try body()))
      } catch let fault as EvidenceFault {
        made.append(EvidenceCheck(subject, .failed(fault.sentence)))
      }
    }
    try check(.manifest) { try facts.manifest() }
    try check(.signature) { try heads.signature(found[EvidenceManifest.path]) }
    try check(.records) { try facts.records() }
    try check(.outcomes) { try outcomes.finding() }
    try check(.bodies) { try bodies.finding() }
    try check(.root) { try heads.root(log) }
    try check(.consistency) { try heads.consistency(log, earlier: earlier) }
    try check(.commitments) { try facts.commitments() }
    try check(.timeStamps) { try heads.timeStamps(log, witnesses: witnesses, anchors: anchors) }
    try check(.coverage) { try heads.coverage(log, witnesses: witnesses, anchors: anchors, earlier: earlier) }
    try check(.clock) { facts.clocks(beside: try clock.finding()) }
    try check(.protocol) { try facts.protocolFirst(heads) }
    try check(.completeness) {
      try planned.compare(with: log.frozen)
      return try plan.finding()
    }
    checks = made
    isComplete = withheld.isEmpty
    self.log = log
    self.heads = heads
    self.source = source
  }
}

/// What evidence keeps back, by its own list.
struct Withheld {
  let digests: Set<Digest>
  let probes: Set<PromptID>

  var isEmpty: Bool { digests.isEmpty && probes.isEmpty }

  init(_ source: any EvidenceSource) throws {
    var digests: Set<Digest> = []
    var probes: Set<PromptID> = []
    try source.forEachLine(of: "withheld.jsonl") { line, _ in
      let json = JSONValue(parsing: Array(line))
      if let digest = json?["sha256"]?.string.flatMap(Digest.init(hex:)) { digests.insert(digest) }
      if let probe = json?["probe"]?.string { probes.insert(PromptID(probe)) }
    }
    self.digests = digests
    self.probes = probes
  }
}
