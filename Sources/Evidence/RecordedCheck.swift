import Cases
import Formats

/// Whether the answers that were recorded before the case are those of the protocol: the bytes by their digests, and how many of
/// them answer which probes, read again from these bytes.
struct RecordedCheck {
  let source: any EvidenceSource
  let found: FoundFiles
  let withheld: Withheld

  /// nil where every model was asked.
  func finding(_ asking: PlannedAsking?, _ probes: RevealedProbes) throws -> EvidenceCheck.Finding? {
    guard let recordings = asking?.recorded, !recordings.isEmpty else { return nil }
    let answers = RecordedAnswers(
      to: probes.revealed.values, sealed: probes.leaves.keys.filter { probes.revealed[$0] == nil })
    var kept = 0
    for recording in recordings {
      let name = "the recorded answers of \(recording.model)"
      if withheld.holds(recording.digest) {
        kept += 1
        continue
      }
      guard found.hasBody(recording.digest) else {
        throw EvidenceFault("\(name) are missing, or not as they were read")
      }
      let bytes = try source.bytes(EvidenceManifest.path(ofBody: recording.digest), upTo: Limits.fileBytes)
      let matching: Recording.Matching
      do {
        matching = try answers.read(bytes, file: recording.file, model: recording.model).matching
      } catch is FileError {
        throw EvidenceFault("\(name) cannot be read")
      } catch is CasesError {
        throw EvidenceFault("\(name) answer other prompts than the protocol says, or one of them twice")
      }
      guard matching == recording.matching else {
        throw EvidenceFault("\(name) are to other probes, or more or fewer, than the protocol says")
      }
    }
    let count = recordings.count
    return .passed(
      """
      \(count) \(count == 1 ? "model was" : "models were") not asked: \(count == 1 ? "its" : "their") answers were recorded before, on the operator's word\(kept > 0 ? ", \(kept) withheld" : "")
      """)
  }
}
