import Cases
import Formats

/// What evidence keeps back, by its own list: nothing is taken as withheld that is not named there, and nothing may be named
/// there that is here, or that nothing refers to.
struct Withheld {
  let digests: Set<Digest>
  let probes: Set<PromptID>
  /// What is wrong with the list itself; nil if nothing is.
  private let fault: String?

  init(_ source: any EvidenceSource) throws {
    var digests: Set<Digest> = []
    var probes: Set<PromptID> = []
    var fault: String?
    var number = 0
    try source.forEachLine(of: EvidenceLayout.withheld) { line, isWhole in
      number += 1
      guard isWhole, let json = EvidenceForm.withheld.read(line) else {
        fault = fault ?? "line \(number) of withheld.jsonl cannot be read"
        return
      }
      let isNew: Bool
      if let digest = json["sha256"]?.string.flatMap(Digest.init(lowerHex:)) {
        isNew = digests.insert(digest).inserted
      } else {
        isNew = probes.insert(PromptID(json["probe"]?.string ?? "")).inserted
      }
      if !isNew { fault = fault ?? "line \(number) of withheld.jsonl names what another names" }
    }
    self.digests = digests
    self.probes = probes
    self.fault = fault
  }

  /// Looks whether each entry is referred to, and absent.
  struct Check: AttemptCheck {
    private let withheld: Withheld
    private var seen: Set<Digest> = []

    init(_ withheld: Withheld) { self.withheld = withheld }

    mutating func follow(_ attempt: EvidenceLog.Attempt, said: ArraySlice<UInt8>?) throws {
      for digest in [attempt.request, attempt.response, attempt.said].compactMap(\.self)
      where withheld.digests.contains(digest) {
        guard withheld.probes.contains(attempt.item.probe) else {
          throw EvidenceFault("what belongs to attempt \(attempt.number) is withheld, and its probe is not")
        }
        seen.insert(digest)
      }
    }

    /// - Parameters:
    ///   - planned: probes that the plan asks.
    ///   - sets: the probe sets that the protocol names.
    func finding(
      _ found: FoundFiles, _ probes: RevealedProbes, planned: Set<PromptID>, sets: [Digest]
    ) throws -> EvidenceCheck.Finding {
      if let fault = withheld.fault { throw EvidenceFault(fault) }
      if let present = withheld.digests.filter(found.hasBody).min() {
        throw EvidenceFault("\(present.hex) is listed as withheld, and is here")
      }
      let known = seen.union(withheld.probes.isEmpty ? [] : sets)
      if let stranger = withheld.digests.subtracting(known).min() {
        throw EvidenceFault("\(stranger.hex) is listed as withheld, and nothing refers to it")
      }
      for probe in withheld.probes.sorted() {
        guard probes.leaves[probe] != nil, planned.contains(probe) else {
          throw EvidenceFault("the probe \(probe) is listed as withheld, and nothing asks it")
        }
        guard probes.revealed[probe] == nil else {
          throw EvidenceFault("the probe \(probe) is listed as withheld, and is revealed")
        }
      }
      return withheld.digests.isEmpty && withheld.probes.isEmpty
        ? .passed("nothing")
        : .passed("\(withheld.probes.count) probes and \(withheld.digests.count) texts: named, referred to, and absent")
    }
  }
}
