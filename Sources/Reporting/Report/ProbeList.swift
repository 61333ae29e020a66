package import Cases
import Formats

/// The probes with their digests: all of them, or the first and the last by a stated rule and the digest of the whole
/// list.
package struct ProbeList: Sendable, Encodable {
  /// Probes that are listed; of more, the first and the last half of so many.
  package static let most = 200

  package struct Entry: Sendable, Encodable {
    package let probe: PromptID
    package let category: String?
    /// Salted commitment of a run with a log; else the SHA-256 of the probe's canonical line; nil where its text is not
    /// known.
    package let sha256: String?
    /// Of all models.
    package let answers: Int
    package let failed: Int
  }

  package let count: Int
  package let committed: Bool
  package let listed: [Entry]
  /// Over all probes in byte order of their names: name, tab, digest or `-`, line end.
  package let sha256: String

  init(_ contents: CaseContents) {
    let commitments = contents.ledger?.commitments ?? [:]
    committed = !commitments.isEmpty
    var answers: [PromptID: Int] = [:]
    for transcript in contents.transcripts.values {
      for response in transcript.responses { answers[response.prompt, default: 0] += 1 }
    }
    var failed: [PromptID: Int] = [:]
    for attempt in contents.ledger?.attempts ?? [] where attempt.isFailed { failed[attempt.probe, default: 0] += 1 }
    let ids = Set(contents.probes.keys).union(answers.keys).sorted()
    func digest(_ id: PromptID) -> String? {
      if let leaf = commitments[id] { return leaf.hex }
      return contents.probes[id].map { Digest(of: $0.canonicalLine).hex }
    }
    count = ids.count
    sha256 = Digest(of: ids.map { "\($0.rawValue)\t\(digest($0) ?? "-")\n" }.joined()).hex
    let shown = ids.count > Self.most ? Array(ids.prefix(Self.most / 2) + ids.suffix(Self.most / 2)) : ids
    listed = shown.map {
      Entry(
        probe: $0, category: contents.probes[$0]?.category, sha256: digest($0), answers: answers[$0] ?? 0,
        failed: failed[$0] ?? 0)
    }
  }
}
