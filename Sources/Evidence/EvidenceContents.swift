import CaseFile
package import Cases
import Custody
package import Formats

/// What an analysis reads, from evidence in place of the case file.
extension EvidenceVerification {
  /// - Throws: `EvidenceError.noEvidence` if something of it is missing or withheld.
  package func contents(_ reading: StoredReading = .present) throws -> CaseContents {
    func defective() -> EvidenceError { .noEvidence(file: source.name) }
    guard isComplete, let stored = log.frozen?["measurement"], let circumstances = log.circumstances,
      var contents = CaseContents.Builder(
        measurement: stored, circumstances: circumstances, reading: reading)
    else { throw defective() }
    var genesis = HashChain.Genesis(protocolDigest: Digest(of: stored.canonical))
    try source.forEachLine(of: EvidenceLayout.plan) { line, _ in
      guard let item = JSONValue(parsing: Array(line)).flatMap(PlannedItem.init(json:)) else { return }
      genesis.add(item)
      contents.add(planned: item)
    }
    var outcomes = EvidenceLines(source, EvidenceLayout.outcomes)
    _ = try EvidenceLog(source, marking: []) { attempt in
      guard let line = try outcomes.next() else { throw defective() }
      let answer =
        attempt.isFailed ? nil : JSONValue(parsing: Array(line.bytes)).flatMap(Answer.init(json:))
      guard attempt.isFailed || answer != nil else { throw defective() }
      contents.add(
        .init(
          number: attempt.number, model: attempt.item.model, probe: attempt.item.probe, sample: attempt.item.sample,
          outcome: attempt.outcome, started: attempt.startedText, ended: attempt.endedText, hash: attempt.hash.hex),
        isRedacted: attempt.isRedacted, answer: answer, storedHeaders: attempt.json["response_headers"])
    }
    var capabilities: [ModelID: [CapabilityFinding]] = [:]
    for record in log.others where record.kind == .capability {
      if let stored = StoredCapabilities(record: record.json) { capabilities[stored.model] = stored.findings }
    }
    let recorded = RecordedAnswers(to: probes.revealed.values)
    for (model, file, digest) in CaseContents.recordings(in: stored) {
      let bytes = try source.bytes(EvidenceManifest.path(ofBody: digest), upTo: Limits.fileBytes)
      guard let read = try? recorded.read(bytes, file: file, model: model) else { throw defective() }
      contents.add(recorded: read.transcript)
    }
    return contents.finished(
      probes: probes.revealed, commitments: probes.leaves, capabilities: capabilities,
      chainHead: log.lastAttempt?.hash ?? genesis.finished, custody: custody())
  }

  /// What endpoints said of the answers that they were given, in the order of the attempts; empty in a case of other probes.
  package func givenAnswers() throws -> [(model: ModelID, given: GivenAnswer, answer: Answer)] {
    var found: [(model: ModelID, given: GivenAnswer, answer: Answer)] = []
    var outcomes = EvidenceLines(source, EvidenceLayout.outcomes)
    _ = try EvidenceLog(source, marking: []) { attempt in
      guard let line = try outcomes.next(), !attempt.isFailed, let given = probes.revealed[attempt.item.probe]?.given,
        let answer = JSONValue(parsing: Array(line.bytes)).flatMap(Answer.init(json:))
      else { return }
      found.append((attempt.item.model, given, answer.telling(given)))
    }
    return found
  }

  /// What the report states of the method that it was made with.
  package var analysis: (method: Int?, calibration: Digest?) {
    let made = log.others.last { $0.kind == .analysis }?.json["analysis"] ?? log.frozen?["analysis"]
    return (made?["method"]?.integer, made?["calibration_sha256"]?.string.flatMap(Digest.init(hex:)))
  }

  /// The bytes of a file of the report; none if it is not there.
  package func file(_ path: String) throws -> [UInt8] { try source.bytes(path, upTo: Limits.reportBytes) }

  /// What is wrong with the files below `report/` and `analysis/`: they must be these and no others. nil if nothing is.
  package func difference(ofReportFiles expected: [String]) throws -> String? {
    let folders = [EvidenceLayout.reportFolder, EvidenceLayout.analysisFolder]
    var found: Set<String> = []
    try source.forEachPath { path in
      if folders.contains(where: { path.utf8.starts(with: $0.utf8) }) { found.insert(path) }
    }
    if let missing = expected.first(where: { !found.contains($0) }) { return "\(missing) is missing" }
    return found.subtracting(expected).min().map { "\($0) belongs to no report of this case" }
  }

  /// Whether a record of the log, which is signed, says that this program wrote it.
  package func isNamed(tool: String) -> Bool {
    log.others.contains { $0.json["tool"]?.string.map(\.utf8.self)?.elementsEqual(tool.utf8) == true }
  }

  private func custody() -> CustodySummary? {
    log.custody.summary(
      heads.heads.map { head in
        .init(
          head.checkpoint, key: heads.signer(of: head)?.name ?? "", cosigned: head.cosigned,
          stamps: head.stamps.map { ($0.authority, $0.response) })
      })
  }
}
