import Cases
import Formats

/// What evidence keeps back, by its own list: nothing is taken as withheld that is not named there, and nothing may be named
/// there that is here, that nothing refers to, or that is something else than it says.
struct Withheld {
  /// What a text is, as a line of the list says it.
  enum Kind: String, CaseIterable {
    case request, response, outcome
    case probeSet = "probe set"
    case recordedAnswers = "recorded answers"
  }

  private let kinds: [Digest: Kind]
  let probes: Set<PromptID>
  /// What is wrong with the list itself; nil if nothing is.
  private let fault: String?

  init(_ source: any EvidenceSource) throws {
    var kinds: [Digest: Kind] = [:]
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
      if let digest = json["sha256"]?.string.flatMap(Digest.init(lowerHex:)),
        let kind = json["what"]?.string.flatMap(Kind.init(rawValue:))
      {
        isNew = kinds.updateValue(kind, forKey: digest) == nil
      } else {
        isNew = probes.insert(PromptID(json["probe"]?.string ?? "")).inserted
      }
      if !isNew { fault = fault ?? "line \(number) of withheld.jsonl names what another names" }
    }
    self.kinds = kinds
    self.probes = probes
    self.fault = fault
  }

  func holds(_ digest: Digest) -> Bool { kinds[digest] != nil }

  /// Looks whether each entry is referred to, as what it says it is, and absent.
  struct Check: AttemptCheck {
    private let withheld: Withheld
    /// What is referred to, and whether as what the list says. One text may be several: what an endpoint sends back as it came
    /// is the request and the response, and the list names it once.
    private var seen: [Digest: Bool] = [:]

    init(_ withheld: Withheld) { self.withheld = withheld }

    mutating func follow(_ attempt: EvidenceLog.Attempt, said: ArraySlice<UInt8>?) throws {
      let parts: [(Kind, Digest?)] = [
        (.request, attempt.request), (.response, attempt.response), (.outcome, attempt.said),
      ]
      for case (let kind, let digest?) in parts where withheld.holds(digest) {
        guard withheld.probes.contains(attempt.item.probe) else {
          throw EvidenceFault("what belongs to attempt \(attempt.number) is withheld, and its probe is not")
        }
        refer(kind, to: digest)
      }
    }

    private mutating func refer(_ kind: Kind, to digest: Digest) {
      guard let stated = withheld.kinds[digest] else { return }
      seen[digest] = (seen[digest] ?? false) || stated == kind
    }

    /// - Parameters:
    ///   - planned: probes that the plan asks.
    ///   - sets: the probe sets that the protocol names.
    ///   - recorded: the files of recorded answers that it names.
    mutating func finding(
      _ found: FoundFiles, _ probes: RevealedProbes, planned: Set<PromptID>, sets: [Digest], recorded: [Digest]
    ) throws -> EvidenceCheck.Finding {
      if let fault = withheld.fault { throw EvidenceFault(fault) }
      let listed = withheld.kinds.keys
      if let present = listed.filter(found.hasBody).min() {
        throw EvidenceFault("\(present.hex) is listed as withheld, and is here")
      }
      if !withheld.probes.isEmpty {
        for digest in sets { refer(.probeSet, to: digest) }
        for digest in recorded { refer(.recordedAnswers, to: digest) }
      }
      if let stranger = listed.filter({ seen[$0] == nil }).min() {
        throw EvidenceFault("\(stranger.hex) is listed as withheld, and nothing refers to it")
      }
      if let other = listed.filter({ seen[$0] == false }).min(), let kind = withheld.kinds[other] {
        throw EvidenceFault("\(other.hex) is listed as withheld, named \(kind.rawValue), and is something else")
      }
      for probe in withheld.probes.sorted() {
        guard probes.leaves[probe] != nil, planned.contains(probe) else {
          throw EvidenceFault("the probe \(probe) is listed as withheld, and nothing asks it")
        }
        guard probes.revealed[probe] == nil else {
          throw EvidenceFault("the probe \(probe) is listed as withheld, and is revealed")
        }
      }
      return listed.isEmpty && withheld.probes.isEmpty
        ? .passed("nothing")
        : .passed("\(withheld.probes.count) probes and \(listed.count) texts: named, referred to, and absent")
    }
  }
}
