import Custody
import Formats
import Foundation

/// The checkpoints in evidence with their time stamps and witnesses, and the note that names the list of files.
struct SignedHeads {
  typealias Stamp = (authority: String, request: [UInt8], response: [UInt8])

  struct Head {
    let number: Int
    let note: SignedNote
    let checkpoint: Checkpoint
    let cosigned: SignedNote?
    let stamps: [Stamp]
    /// That it continues the head before it; nil if none can be read.
    let proof: ConsistencyProof?

    /// Whether what others signed is this very head.
    var hasWitnessesOfItsText: Bool { cosigned.map { $0.text.utf8.elementsEqual(note.text.utf8) } ?? true }
  }

  let heads: [Head]
  private let manifestNote: SignedNote?
  /// Keys that the evidence names itself.
  private let named: [NoteKey]
  private let trusted: [NoteKey]
  private let fault: String?
  private let keysFault: String?

  init(_ source: any EvidenceSource, keys: [NoteKey]) throws {
    var heads: [Head] = []
    var fault: String?
    while source.contains(NumberedFiles.Place.checkpoint(heads.count + 1).path) {
      let number = heads.count + 1
      guard let note = SignedNote(parsing: try source.bytes(NumberedFiles.Place.checkpoint(number).path)),
        let checkpoint = Checkpoint(note.text)
      else {
        fault = "checkpoint \(number) cannot be read"
        break
      }
      var stamps: [Stamp] = []
      func stamp(_ end: String) -> String { NumberedFiles.Place.stamp(number, stamps.count + 1, end).path }
      while source.contains(stamp("tsr")) {
        // All of them are kept.
        func bytes(_ end: String) throws -> [UInt8] { try source.bytes(stamp(end), upTo: Limits.responseBytes) }
        let authority = String(decoding: try bytes("txt").prefix { $0 != 0x0A }, as: UTF8.self)
        stamps.append((authority, try bytes("tsq"), try bytes("tsr")))
      }
      let path = NumberedFiles.Place.witness(number).path
      let witnesses = try source.bytes(path)
      if !witnesses.isEmpty || source.contains(path), SignedNote(parsing: witnesses) == nil {
        fault = fault ?? "the witnesses of checkpoint \(number) cannot be read"
      }
      let proof = try source.bytes(NumberedFiles.Place.proof(number).path)
      heads.append(
        Head(
          number: number, note: note, checkpoint: checkpoint,
          cosigned: SignedNote(parsing: witnesses), stamps: stamps,
          proof: ConsistencyProof(String(decoding: proof, as: UTF8.self))))
    }
    self.heads = heads
    self.fault = fault
    manifestNote = SignedNote(parsing: try source.bytes(EvidenceLayout.manifestNote))
    var named: [NoteKey] = []
    var keysFault: String?
    try source.forEachLine(of: EvidenceLayout.keys) { line, isWhole in
      guard isWhole, let key = String(validating: line, as: UTF8.self).flatMap({ NoteKey($0) }), !named.contains(key)
      else {
        keysFault = "keys.txt holds a line that is no key, or is there twice"
        return
      }
      named.append(key)
    }
    self.named = named
    self.keysFault = keysFault
    trusted = keys
  }

  /// The key that signed the list of files, as far as it is known.
  private var signer: NoteKey? {
    manifestNote.flatMap { note in (trusted.isEmpty ? named : trusted).first(where: note.isSigned) }
  }

  /// The known key under which a head's signature verifies; nil if there is none. The name in a note proves nothing by itself.
  func signer(of head: Head) -> NoteKey? { (trusted + named).first(where: head.note.isSigned) }

  /// The key under which everything is signed, and whether somebody outside vouches for it.
  func signature(_ manifest: Digest?) throws -> EvidenceCheck.Finding {
    if let fault { throw EvidenceFault(fault) }
    if let keysFault { throw EvidenceFault(keysFault) }
    guard let note = manifestNote, let manifest, let last = heads.last else {
      throw EvidenceFault("the list of files or the log is not signed")
    }
    guard let key = (trusted.isEmpty ? named : trusted).first(where: note.isSigned) else {
      throw EvidenceFault(
        trusted.isEmpty
          ? "the list of files is not signed by a key that the evidence names"
          : "the list of files is not signed by \(trusted.map(\.name).joined(separator: " or "))")
    }
    let expected = EvidenceManifest.noteText(origin: last.checkpoint.origin, manifest: manifest)
    guard note.text.utf8.elementsEqual(expected.utf8) else {
      throw EvidenceFault("what is signed is another list of files")
    }
    if let other = heads.first(where: { !$0.note.isSigned(by: key) }) {
      throw EvidenceFault("checkpoint \(other.number) is not signed by \(key)")
    }
    return .passed(
      "\(heads.count) checkpoints and the list of files, by \(key)"
        + (trusted.isEmpty
          ? " (the evidence's own word: compare it with the key that was published, or give --key)" : ""))
  }

  /// Each checkpoint is the head of the records up to its size.
  func root(_ log: EvidenceLog) throws -> EvidenceCheck.Finding {
    if let fault { throw EvidenceFault(fault) }
    guard let last = heads.last, let frozen = log.frozen else { throw EvidenceFault("the log has no checkpoint") }
    let digest = Digest(of: frozen.canonical)
    var before = 0
    for head in heads {
      guard head.checkpoint.isOfCase(protocolDigest: digest), head.checkpoint.isOfSameLog(as: last.checkpoint)
      else {
        throw EvidenceFault("checkpoint \(head.number) is of another log")
      }
      guard head.checkpoint.size > before, let mark = log.marks[head.checkpoint.size],
        mark.root == head.checkpoint.root
      else {
        let first = (log.marks[before]?.attempts ?? 0) + 1
        let last = log.marks[head.checkpoint.size]?.attempts ?? log.attempts
        let attempts = first <= last ? " (attempts \(first) to \(last))" : ""
        throw EvidenceFault(
          """
          records \(before) to \(head.checkpoint.size - 1)\(attempts) do not lead to checkpoint \(head.number)
          """)
      }
      before = head.checkpoint.size
    }
    guard before == log.tree.size else {
      throw EvidenceFault("\(log.tree.size - before) records stand after the last checkpoint")
    }
    return .passed(log.tree.root.hex)
  }

  /// Each head continues the one before by a proof of its own, without the records; and the log continues the heads that
  /// were shown earlier.
  func consistency(_ log: EvidenceLog, earlier: [SignedNote]) throws -> EvidenceCheck.Finding {
    if let fault { throw EvidenceFault(fault) }
    for (before, head) in zip(heads, heads.dropFirst()) {
      guard let proof = head.proof else { throw EvidenceFault("the proof for checkpoint \(head.number) is missing") }
      guard proof.shows(that: head.checkpoint, continues: before.checkpoint) else {
        throw EvidenceFault("checkpoint \(head.number) does not continue checkpoint \(before.number)")
      }
    }
    for note in earlier {
      guard let shown = Checkpoint(note.text) else { throw EvidenceFault("what was shown earlier is no checkpoint") }
      // A head that anybody could have made accuses nobody.
      if let signer, !note.isSigned(by: signer) {
        throw EvidenceFault("the head of \(shown.size) records that was shown earlier is not signed by \(signer.name)")
      }
      guard shown.origin.utf8.elementsEqual((heads.last?.checkpoint.origin ?? "").utf8) else {
        throw EvidenceFault("the head of \(shown.size) records that was shown earlier is of another log")
      }
      guard log.marks[shown.size]?.root == shown.root else {
        throw EvidenceFault("the log does not continue the head of \(shown.size) records that was shown earlier")
      }
    }
    let shown = earlier.isEmpty ? "" : "; \(earlier.count) shown earlier among what it continues"
    return .passed("\(heads.count) checkpoints, each continues the one before\(shown)")
  }

  /// Every stamp that is there answers its request, for its checkpoint, and is later than what it covers.
  func timeStamps(
    _ log: EvidenceLog, witnesses: [NoteKey], anchors: [X509Certificate]
  ) throws -> EvidenceCheck.Finding {
    var words: [String] = []
    for head in heads {
      let covered = log.marks[head.checkpoint.size]?.lastEnded
      for stamp in head.stamps {
        let place = "the time stamp of checkpoint \(head.number) by \(stamp.authority)"
        guard let token = TimeStampToken(response: stamp.response),
          let request = TimeStampRequest(stored: stamp.request),
          token.answers(request, for: Array(head.note.written.utf8))
        else { throw EvidenceFault("\(place) is not one of this checkpoint") }
        switch token.trust(anchors: anchors) {
        case .trusted(let signer): words.append("\(UTCTime.text(token.time)) by \(signer)")
        case .signed(let signer): words.append("\(UTCTime.text(token.time)) by \(signer), unchecked: give --authority")
        case .notSigned: throw EvidenceFault("\(place) is not signed")
        case .notTrusted(let signer):
          throw EvidenceFault("\(place) is signed by \(signer), which no trusted authority vouches for")
        }
        if let covered, UTCTime.milliseconds(token.time) + ClockCheck.tolerance < covered {
          throw EvidenceFault("\(place) is earlier than attempts that it covers")
        }
      }
      if !head.hasWitnessesOfItsText {
        throw EvidenceFault("the witnesses of checkpoint \(head.number) signed another one")
      }
    }
    for witness in witnesses {
      let cosigned = heads.compactMap { head in head.cosigned?.cosignatureTime(of: witness).map { (head, time: $0) } }
      guard let first = cosigned.map(\.time).min() else {
        throw EvidenceFault("no checkpoint is cosigned by \(witness.name)")
      }
      for (head, time) in cosigned {
        guard let covered = log.marks[head.checkpoint.size]?.lastEnded else { continue }
        // To the second, and by another clock.
        guard time >= (covered - ClockCheck.tolerance) / 1_000 else {
          throw EvidenceFault(
            "\(witness.name) cosigned checkpoint \(head.number) earlier than attempts that it covers")
        }
      }
      words.append("cosigned \(UTCTime.text(Date(timeIntervalSince1970: Double(first)))) by \(witness.name)")
    }
    guard !words.isEmpty else { return .notChecked("there are none: only the machine's own clock tells when") }
    let shown = words.count > 4 ? words.prefix(2) + ["…"] + words.suffix(2) : words[...]
    return .passed("\(words.count): " + shown.joined(separator: "; "))
  }

  /// The earliest stamped time of a head that covers no attempt, milliseconds since 1970.
  func firstStamp(before attempt: Int) -> Int? {
    heads.filter { $0.checkpoint.size <= attempt }.flatMap(\.stamps)
      .compactMap { TimeStampToken(response: $0.response) }.map { UTCTime.milliseconds($0.time) }.min()
  }
}
