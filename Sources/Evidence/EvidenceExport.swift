package import CaseFile
package import Cases
package import Custody
package import Formats
import Foundation

/// What an export keeps to itself. Digests, commitments and records are always in it.
package enum EvidenceWithholding: Hashable, Sendable {
  case nothing
  /// Every text: of probes, requests, responses and answers.
  case texts
  /// These probes, and all that was asked and answered with them.
  case probes(Set<PromptID>)

  func withholds(_ probe: PromptID) -> Bool {
    switch self {
    case .nothing: false
    case .texts: true
    case .probes(let probes): probes.contains(probe)
    }
  }
}

/// A case as evidence: a folder or an archive that an opponent can check without this program. `VERIFY.md` in it tells
/// what each file is and how it is checked.
///
/// The same case, key and report give the same bytes, on Linux; on Apple's platforms signatures are random.
package struct EvidenceExport {
  private let store: CaseStore
  private let key: SigningKey
  private let withholding: EvidenceWithholding
  /// Report, calibration and directions, by path.
  private let attachments: [(path: String, bytes: [UInt8])]

  /// - Parameter store: with a signed head at the end of its log.
  package init(
    _ store: CaseStore, key: SigningKey, withholding: EvidenceWithholding,
    attachments: [(path: String, bytes: [UInt8])]
  ) {
    self.store = store
    self.key = key
    self.withholding = withholding
    self.attachments = attachments
  }

  /// What was written.
  package struct Summary: Hashable, Sendable {
    package let files: Int
    package let records: Int
    package let attempts: Int
    package let withheld: Int
    /// Merkle root over all records.
    package let root: Digest
    package let manifest: Digest
  }

  /// - Parameter path: ends in `.tar` for an archive.
  /// - Throws: whatever kept it from being written; nothing is left behind then.
  package func write(to path: String) throws -> Summary {
    let trimmed = path.hasSuffix("/") ? String(path.dropLast()) : path
    let sink: any EvidenceSink =
      trimmed.hasSuffix(".tar")
      ? try EvidenceTarSink(trimmed) : try EvidenceFolderSink(trimmed)
    do {
      return try write(into: sink)
    } catch {
      sink.abandon()
      throw error
    }
  }

  private func write(into sink: any EvidenceSink) throws -> Summary {
    let checkpoints = try store.checkpoints()
    guard let head = checkpoints.last, let frozen = try store.frozenProtocol() else {
      throw CaseFileError.notSigned(file: store.file)
    }
    let writer = Writer(sink)
    let kept = try withheldDigests()
    try writer.add(EvidenceLayout.frozenProtocol, Array(frozen.canonical.utf8))
    try writer.add(EvidenceLayout.plan) { line in
      try store.forEachPlanned { try line($0.canonicalLine) }
    }
    var chain = ConsistencyChain(sizes: checkpoints.map(\.checkpoint.size))
    try writer.add(EvidenceLayout.records) { line in
      try store.forEachRecord { text in
        try line(text + "\n")
        chain.append(LogRecord.leaf(text))
      }
    }
    let records = chain.tree.size
    guard records == head.checkpoint.size else { throw CaseFileError.notSigned(file: store.file) }
    var attempts = 0
    try writer.add(EvidenceLayout.outcomes) { line in
      try store.forEachOutcome { text in
        attempts += 1
        if !kept.outcomes.contains(Digest(of: text)) { try line(text + "\n") }
      }
    }
    try writeProbes(writer)
    try writer.add(EvidenceLayout.withheld) { line in for entry in kept.list { try line(entry.canonical + "\n") } }
    try writeBodies(writer, except: kept.bodies)
    try writeCheckpoints(checkpoints, chain.proofs, writer)
    for attachment in attachments { try writer.add(attachment.path, attachment.bytes) }
    let manifest = try writeManifest(writer, except: kept.bodies)
    let note = try SignedNote(
      text: EvidenceManifest.noteText(origin: head.checkpoint.origin, manifest: manifest), signedBy: key)
    try sink.add(EvidenceLayout.manifestNote, Array(note.written.utf8))
    try sink.finish()
    return Summary(
      files: writer.count + 2, records: records, attempts: attempts, withheld: kept.list.count,
      root: head.checkpoint.root, manifest: manifest)
  }

  private func writeProbes(_ writer: Writer) throws {
    let probes = try store.probes()
    let salts = try store.probeSalts()
    try writer.add(EvidenceLayout.commitments) { line in
      for (id, salt) in salts {
        guard let probe = probes[id] else { continue }
        try line(
          JSONValue.object([
            "probe": .string(id.rawValue), "leaf": .string(ProbeCommitment(probe, salt: salt).leaf.hex),
          ]).canonical + "\n")
      }
    }
    try writer.add(EvidenceLayout.revealed) { line in
      for (id, salt) in salts where !withholding.withholds(id) {
        guard let probe = probes[id] else { continue }
        try line(
          JSONValue.object([
            "probe": .string(id.rawValue), "salt": .string(Hexadecimal.text(salt)),
            "text": .string(probe.canonicalText),
          ]).canonical + "\n")
      }
    }
  }

  private func writeBodies(_ writer: Writer, except withheld: Set<Digest>) throws {
    try store.forEachBody { digest, bytes in
      if !withheld.contains(digest) { try writer.addBody(digest, bytes()) }
    }
  }

  /// The list of all files, sorted by path. Bodies are many: their digests come sorted out of the case a second time.
  private func writeManifest(_ writer: Writer, except withheld: Set<Digest>) throws -> Digest {
    var rest = writer.files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }[...]
    return try writer.lines(of: EvidenceLayout.manifest) { line in
      func writeRest(before path: String?) throws {
        while let (name, digest) = rest.first, path.map({ name.utf8.lexicographicallyPrecedes($0.utf8) }) ?? true {
          try line(EvidenceManifest.line(name, digest))
          rest.removeFirst()
        }
      }
      try store.forEachBodyDigest { digest in
        guard !withheld.contains(digest) else { return }
        let path = EvidenceManifest.path(ofBody: digest)
        try writeRest(before: path)
        try line(EvidenceManifest.line(path, digest))
      }
      try writeRest(before: nil)
    }
  }

  /// - Parameter proofs: from each checkpoint to the next.
  private func writeCheckpoints(
    _ checkpoints: [CaseStore.StoredCheckpoint], _ proofs: [[Digest]], _ writer: Writer
  ) throws {
    func add(_ place: NumberedFiles.Place, _ bytes: [UInt8]) throws { try writer.add(place.path, bytes) }
    for (index, checkpoint) in checkpoints.enumerated() {
      let number = index + 1
      try add(.checkpoint(number), Array(checkpoint.note.written.utf8))
      if index > 0, index <= proofs.count {
        let proof = ConsistencyProof(old: checkpoints[index - 1].checkpoint.size, nodes: proofs[index - 1])
        try add(.proof(number), Array(proof.text.utf8))
      }
      if let cosigned = checkpoint.cosigned {
        try add(.witness(number), Array(cosigned.written.utf8))
      }
      for (place, stamp) in checkpoint.timeStamps.enumerated() {
        try add(.stamp(number, place + 1, "tsq"), stamp.request)
        try add(.stamp(number, place + 1, "tsr"), stamp.response)
        try add(.stamp(number, place + 1, "txt"), Array("\(stamp.authority)\n".utf8))
      }
    }
    let keys = Set(checkpoints.map { $0.key.text(.note) } + [key.key.text(.note)]).sorted()
    try writer.add(EvidenceLayout.keys, Array(keys.map { "\($0)\n" }.joined().utf8))
  }

  /// Digests of bodies and outcomes that are kept back, and the list of all that is.
  private func withheldDigests() throws -> (bodies: Set<Digest>, outcomes: Set<Digest>, list: [JSONValue]) {
    guard withholding != .nothing else { return ([], [], []) }
    var withheld: [(what: Withheld.Kind, digest: Digest)] = []
    var shown: Set<Digest> = []
    try store.forEachExchange { exchange in
      let parts: [(Withheld.Kind, Digest?)] = [
        (.request, exchange.request), (.response, exchange.response), (.outcome, exchange.outcome),
      ]
      for case (let what, let digest?) in parts {
        if withholding.withholds(exchange.probe) { withheld.append((what, digest)) } else { shown.insert(digest) }
      }
    }
    for set in try store.probeSets() where set.probes.contains(where: { withholding.withholds($0.id) }) {
      withheld.append((.probeSet, set.digest))
    }
    for (digest, probes) in try store.recordings() {
      if withholding == .texts || probes.contains(where: { withholding.withholds($0) }) {
        withheld.append((.recordedAnswers, digest))
      } else {
        shown.insert(digest)
      }
    }
    // Exchanges may share a body: one that another part of the evidence shows cannot be withheld.
    let kept = withheld.filter { !shown.contains($0.digest) }
    let probes = try store.probeSalts().map(\.probe)
    var listed: Set<Digest> = []
    return (
      Set(kept.filter { $0.what != .outcome }.map(\.digest)), Set(kept.filter { $0.what == .outcome }.map(\.digest)),
      probes.filter { withholding.withholds($0) }.map {
        .object(["what": .string("probe"), "probe": .string($0.rawValue)])
      }
        + kept.filter { listed.insert($0.digest).inserted }.map {
          .object(["what": .string($0.what.rawValue), "sha256": .string($0.digest.hex)])
        }
    )
  }

  /// Counts and hashes what goes into a sink.
  private final class Writer {
    private let sink: any EvidenceSink
    /// Of all but bodies.
    private(set) var files: [String: Digest] = [:]
    private var bodies = 0

    init(_ sink: any EvidenceSink) { self.sink = sink }

    var count: Int { files.count + bodies }

    func add(_ path: String, _ bytes: [UInt8]) throws {
      try sink.add(path, bytes)
      files[path] = Digest(of: bytes)
    }

    func addBody(_ digest: Digest, _ bytes: [UInt8]) throws {
      try sink.add(EvidenceManifest.path(ofBody: digest), bytes)
      bodies += 1
    }

    /// A file made of lines, each handed over with its end.
    func add(_ path: String, _ body: ((String) throws -> Void) throws -> Void) throws {
      files[path] = try lines(of: path, body)
    }

    /// The same, of a file that is not listed.
    func lines(of path: String, _ body: ((String) throws -> Void) throws -> Void) throws -> Digest {
      var digest = Digest.Running()
      try sink.begin(path)
      try body { line in
        let bytes = Array(line.utf8)
        digest.add(bytes)
        try sink.write(bytes)
      }
      try sink.end()
      return digest.finished
    }
  }
}
