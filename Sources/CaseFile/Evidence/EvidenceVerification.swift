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
  let source: any EvidenceSource

  /// - Parameters:
  ///   - keys: whose signatures are trusted; none takes the keys that the evidence names itself.
  ///   - witnesses: whose cosignatures are asked for.
  ///   - anchors: authorities whose time stamps are trusted; none asks only for their signatures.
  package init(
    of source: any EvidenceSource, keys: [NoteKey] = [], witnesses: [NoteKey] = [], anchors: [X509Certificate] = []
  ) throws {
    let paths = Set(try source.paths())
    guard paths.contains(EvidenceManifest.path) || paths.contains(EvidenceLog.path) else {
      throw CaseFileError.custody(file: source.name, .noEvidence)
    }
    let log = try EvidenceLog(source)
    let withheld = try Withheld(source)
    let found = try Self.digests(source, paths)
    let heads = SignedHeads(source, paths: paths, log: log, keys: keys)
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
    try check(.outcomes) { try facts.outcomes() }
    try check(.bodies) { try facts.bodies() }
    try check(.root) { try heads.root(log) }
    try check(.commitments) { try facts.commitments() }
    try check(.timeStamps) { try heads.timeStamps(log, witnesses: witnesses, anchors: anchors) }
    try check(.clock) { try facts.clock() }
    try check(.protocol) { try facts.protocolFirst(heads) }
    try check(.completeness) { try facts.completeness() }
    checks = made
    isComplete = withheld.isEmpty
    self.log = log
    self.source = source
  }

  private static func digests(_ source: any EvidenceSource, _ paths: Set<String>) throws -> [String: Digest] {
    try paths.reduce(into: [:]) { $0[$1] = try source.digest($1) }
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
