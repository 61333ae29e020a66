import CaseFile
import Cases
import Formats

/// The commitments to the probes, and the probes that are revealed, each read once.
struct RevealedProbes {
  private(set) var leaves: [PromptID: Digest] = [:]
  private(set) var revealed: [PromptID: Probe] = [:]
  /// Leaves in the order of the file.
  private var order: [Digest] = []
  private var fault: String?

  init(_ source: any EvidenceSource) throws {
    try source.forEachLine(of: EvidenceLayout.commitments) { line, isWhole in
      guard isWhole, let json = EvidenceForm.commitment.read(line), let probe = json["probe"]?.string,
        let leaf = json["leaf"]?.string.flatMap(Digest.init(lowerHex:))
      else { return note("a commitment cannot be read") }
      order.append(leaf)
      if leaves.updateValue(leaf, forKey: PromptID(probe)) != nil { note("the probe \(probe) is committed to twice") }
    }
    try source.forEachLine(of: EvidenceLayout.revealed) { line, isWhole in
      guard isWhole, let json = EvidenceForm.revealed.read(line), let name = json["probe"]?.string,
        let text = json["text"]?.string, let salt = json["salt"]?.string.flatMap(Digest.init(lowerHex:)),
        let stated = EvidenceForm.probe.read(text.utf8),
        stated["id"]?.string.map(\.utf8.self)?.elementsEqual(name.utf8) == true,
        let probe = Probe(revealed: stated)
      else { return note("a revealed probe cannot be read") }
      guard leaves[probe.id] == ProbeCommitment(text: text, salt: salt.bytes).leaf else {
        return note("the probe \(name) is not the one that was committed to")
      }
      if revealed.updateValue(probe, forKey: probe.id) != nil { note("the probe \(name) is revealed twice") }
    }
  }

  /// - Parameter frozen: the protocol.
  func finding(_ frozen: JSONValue?, _ withheld: Withheld) throws -> EvidenceCheck.Finding {
    if let fault { throw EvidenceFault(fault) }
    guard let stated = frozen?["probes"], EvidenceForm.probesWhole.fits(stated),
      stated["count"]?.integer == order.count, stated["root"]?.string == ProbeCommitment.root(order).hex
    else { throw EvidenceFault("the commitments are not those of the protocol") }
    let sealed = leaves.keys.filter { revealed[$0] == nil }
    if let missing = sealed.filter({ !withheld.probes.contains($0) }).min() {
      throw EvidenceFault("the probe \(missing) is neither revealed nor listed as withheld")
    }
    return .passed(
      "\(revealed.count) probes are those committed to" + (sealed.isEmpty ? "" : ", \(sealed.count) sealed"))
  }

  /// - Throws: `EvidenceFault` unless the probes are those of the sets that the protocol names, as far as these are here.
  func compare(with sets: [Digest], _ source: any EvidenceSource, _ found: FoundFiles) throws {
    let others = EvidenceFault("the probes are not those of the probe sets that the protocol names")
    var named: Set<PromptID> = []
    for digest in sets where found.hasBody(digest) {
      let path = EvidenceManifest.path(ofBody: digest)
      do {
        try JSONLines(file: path, bytes: try source.bytes(path)).forEachValue { line, _ in
          guard let id = (line["id"]?.string ?? line["prompt_id"]?.string).map({ PromptID($0) }), leaves[id] != nil,
            revealed[id]?.asks(line) != false
          else { throw others }
          named.insert(id)
        }
      } catch is FileError {
        throw EvidenceFault("the probe set \(digest.hex) cannot be read")
      }
    }
    guard named.count == leaves.count || !sets.allSatisfy(found.hasBody) else { throw others }
  }

  private mutating func note(_ found: String) { fault = fault ?? found }
}

extension Probe {
  /// Whether a line of a probe set makes the same request.
  fileprivate func asks(_ line: JSONValue) -> Bool {
    func isSame(_ name: String, _ text: String?) -> Bool {
      line[name]?.string.map { Array($0.utf8) } == text.map { Array($0.utf8) }
    }
    return isSame("prompt", prompt) && isSame("system", system) && line["samples"]?.integer == samples
      && line["max_tokens"]?.integer == maxTokens && line["temperature"]?.number == temperature
  }

  /// nil for a text that no probe set could have had.
  fileprivate init?(revealed json: JSONValue) {
    guard let id = json["id"]?.string, !id.isEmpty, !id.utf8.contains(0), let prompt = json["prompt"]?.string,
      (0...2).contains(json["temperature"]?.number ?? 0)
    else { return nil }
    var given: GivenAnswer?
    if let stated = json["given"] {
      var tokens: [ModelID: [Int]] = [:]
      for (model, list) in stated["tokens"]?.object ?? [:] {
        tokens[ModelID(model)] = (list.array ?? []).compactMap(\.integer)
      }
      given = GivenAnswer(
        text: stated["text"]?.string ?? "", model: stated["of"]?.string.map { ModelID($0) },
        prompt: PromptID(stated["prompt_id"]?.string ?? ""), sample: stated["sample"]?.integer ?? 0,
        plain: stated["plain"].flatMap(GivenAnswer.Plain.init(json:)), tokens: tokens)
    }
    self.init(
      id: PromptID(id), prompt: prompt, system: json["system"]?.string, category: json["category"]?.string,
      language: json["language"]?.string, samples: json["samples"]?.integer, maxTokens: json["max_tokens"]?.integer,
      temperature: json["temperature"]?.number, reads: (json["reads"]?.array ?? []).compactMap(\.string), given: given)
  }
}
