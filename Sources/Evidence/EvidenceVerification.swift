package import Cases
package import Custody
import Formats
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
  let probes: RevealedProbes

  /// - Parameters:
  ///   - reader: builds requests and reads responses again; without one, that is not checked.
  ///   - keys: whose signatures are trusted; none takes the keys that the evidence names itself.
  ///   - witnesses: whose cosignatures are asked for.
  ///   - anchors: authorities whose time stamps are trusted; none asks only for their signatures.
  ///   - earlier: heads of the log that were shown before, which it must continue.
  package init(
    of source: any EvidenceSource, reader: (any ExchangeReader)? = nil, keys: [NoteKey] = [],
    witnesses: [NoteKey] = [], anchors: [X509Certificate] = [], earlier: [SignedNote] = []
  ) throws {
    guard source.contains(EvidenceLayout.manifest) || source.contains(EvidenceLayout.records) else {
      throw EvidenceError.noEvidence(file: source.name)
    }
    let heads = try SignedHeads(source, keys: keys)
    let withheld = try Withheld(source)
    let found = try FoundFiles(source)
    let probes = try RevealedProbes(source)
    let measurement = JSONValue(parsing: try source.bytes(EvidenceLayout.frozenProtocol))?["measurement"]
    let asking = measurement.flatMap(PlannedAsking.init)
    var outcomes = OutcomeCheck(source, withheld: withheld)
    var bodies = FollowedCheck(BodyCheck(withheld: withheld, found: found))
    var clock = FollowedCheck(ClockCheck())
    var keptBack = FollowedCheck(Withheld.Check(withheld))
    var hashes = FollowedCheck(try AttemptHashes(measurement ?? .null, source))
    var meaning = reader.map {
      FollowedCheck(MeaningCheck(source, reader: $0, asking: asking, probes: probes, found: found))
    }
    let planned = try PlanCheck(source)
    var plan = FollowedCheck(planned)
    let sizes = Set(heads.heads.map(\.checkpoint.size) + earlier.compactMap { Checkpoint($0.text)?.size })
    let log = try EvidenceLog(source, marking: sizes) { attempt in
      let said = try outcomes.said(of: attempt)
      try bodies.follow(attempt, said: said)
      try keptBack.follow(attempt, said: said)
      try clock.follow(attempt, said: said)
      try plan.follow(attempt, said: said)
      try hashes.follow(attempt, said: said)
      try meaning?.follow(attempt, said: said)
    }
    let facts = EvidenceFacts(source: source, log: log, found: found)
    var made: [EvidenceCheck] = []
    func check(_ subject: EvidenceCheck.Subject, _ body: () throws -> EvidenceCheck.Finding) rethrows {
      do {
        made.append(EvidenceCheck(subject, try body()))
      } catch let fault as EvidenceFault {
        made.append(EvidenceCheck(subject, .failed(fault.sentence)))
      }
    }
    try check(.manifest) { try facts.manifest() }
    try check(.signature) { try heads.signature(found[EvidenceLayout.manifest]) }
    try check(.records) { try facts.records() }
    try check(.outcomes) { try outcomes.finding() }
    let recorded = (asking?.recorded ?? []).map(\.digest)
    try check(.bodies) {
      try bodies.finding { try $0.finding(log, sets: asking?.sets ?? [], recorded: asking?.recorded ?? []) }
    }
    try check(.withheld) {
      try keptBack.finding {
        try $0.finding(found, probes, planned: planned.probes, sets: asking?.sets ?? [], recorded: recorded)
      }
    }
    try check(.root) { try heads.root(log) }
    try check(.consistency) { try heads.consistency(log, earlier: earlier) }
    try check(.commitments) { try probes.finding(log.frozen, withheld) }
    try check(.timeStamps) { try heads.timeStamps(log, witnesses: witnesses, anchors: anchors) }
    try check(.coverage) { try heads.coverage(log, witnesses: witnesses, anchors: anchors, earlier: earlier) }
    try check(.clock) { facts.clocks(beside: try clock.finding()) }
    try check(.protocol) { try facts.protocolFirst(heads) }
    try check(.completeness) {
      try planned.compare(with: log.frozen, asking, probes)
      if let asking { try probes.compare(with: asking.sets, source, found) }
      return try plan.finding()
    }
    try check(.hashes) { try hashes.finding() }
    try check(.meaning) {
      try meaning?.finding { try $0.finding(log) } ?? .notChecked("nobody here reads requests and responses")
    }
    do {
      let finding = try RecordedCheck(source: source, found: found, withheld: withheld).finding(asking, probes)
      if let finding { made.append(EvidenceCheck(.recorded, finding)) }
    } catch let fault as EvidenceFault {
      made.append(EvidenceCheck(.recorded, .failed(fault.sentence)))
    }
    checks = made
    // By what is here, not by what the evidence says of itself.
    isComplete =
      outcomes.kept == 0 && probes.leaves.count == probes.revealed.count && recorded.allSatisfy(found.hasBody)
    self.log = log
    self.heads = heads
    self.source = source
    self.probes = probes
  }
}
