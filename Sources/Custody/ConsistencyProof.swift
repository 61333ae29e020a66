package import Formats
import Foundation

/// What shows that one head of a log continues an earlier one (RFC 9162, 2.1.4), as it is written down: a line `old SIZE`,
/// and a line in base 64 for each node.
package struct ConsistencyProof: Hashable, Sendable {
  /// Records of the earlier head; 0 for none, which needs no proof.
  package let old: Int
  package let nodes: [Digest]

  package init(old: Int, nodes: [Digest]) {
    self.old = old
    self.nodes = nodes
  }

  /// A tree of less than 2⁶³ leaves has no longer path.
  private static let mostNodes = 63

  /// nil for anything but a text that `text` would write.
  package init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let first = lines.first, first.hasPrefix("old "), let old = Int(first.dropFirst(4)), old >= 0,
      lines.last == "", lines.count <= Self.mostNodes + 2
    else { return nil }
    let nodes = lines.dropFirst().dropLast().compactMap {
      Data(base64Encoded: $0).flatMap { Digest(stored: Array($0)) }
    }
    self.init(old: old, nodes: nodes)
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }

  package var text: String {
    "old \(old)\n" + nodes.map { Data($0.bytes).base64EncodedString() + "\n" }.joined()
  }

  package func shows(that new: Checkpoint, continues earlier: Checkpoint) -> Bool {
    old == earlier.size && new.isOfSameLog(as: earlier)
      && MerkleTree.isConsistent(
        old: (earlier.size, earlier.root), new: (new.size, new.root), proof: nodes)
  }
}

/// A head of a log for another party to cosign, and the proof that it continues the one that they cosigned before: the body
/// of C2SP's tlog-witness "add-checkpoint", which is the proof, an empty line, and the signed note. The first time the
/// note stands alone.
package struct HeadUpdate: Hashable, Sendable {
  package let note: SignedNote
  package let proof: ConsistencyProof

  package init(note: SignedNote, proof: ConsistencyProof = ConsistencyProof(old: 0, nodes: [])) {
    self.note = note
    self.proof = proof
  }

  /// nil for anything but a note that is a checkpoint, with a proof before it or without.
  package init?(parsing bytes: [UInt8]) {
    var (proof, note) = (ConsistencyProof(old: 0, nodes: []), bytes[...])
    if bytes.starts(with: "old ".utf8) {
      guard let gap = bytes.indices.dropLast().first(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }),
        let read = ConsistencyProof(String(decoding: bytes[...gap], as: UTF8.self))
      else { return nil }
      (proof, note) = (read, bytes[(gap + 2)...])
    }
    guard let signed = SignedNote(parsing: Array(note)), Checkpoint(signed.text) != nil else { return nil }
    self.init(note: signed, proof: proof)
  }

  package var written: String { (proof.old > 0 ? proof.text + "\n" : "") + note.written }
}

/// What a key has cosigned last of each log, beside the key: checkpoints with an empty line after each. A key that has
/// cosigned a log never cosigns one that does not continue it, whoever asks and whenever. Held for one process at a time, so that
/// two heads of one log are never admitted side by side.
package struct CosignedHeads: Sendable {
  private let file: String
  private let lock: FileLock?
  private var heads: [Checkpoint]

  /// - Parameter key: file of the private key. A memory that is not there yet is empty.
  /// - Throws: `CustodyError.memoryDamaged`, also for a file that says nothing or names a log twice: it was never written so.
  package init(ofKey key: String) throws {
    file = key + ".heads"
    lock = try FileLock.take(beside: file, patience: .seconds(10))
    heads = []
    guard FileBytes.exists(file) else { return }
    let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
    for block in text.components(separatedBy: "\n\n").dropLast() {
      guard let head = Checkpoint(block + "\n") else { throw CustodyError.memoryDamaged(file: file) }
      heads.append(head)
    }
    guard !heads.isEmpty, written.utf8.elementsEqual(text.utf8),
      Set(heads.map { Array($0.origin.utf8) }).count == heads.count
    else {
      throw CustodyError.memoryDamaged(file: file)
    }
  }

  private var written: String { heads.map { $0.text + "\n" }.joined() }

  /// The last head of that log; nil if none was cosigned.
  package func last(of origin: String) -> Checkpoint? { heads.first { $0.origin.utf8.elementsEqual(origin.utf8) } }

  /// Keeps a head as the last of its log; on the disk when this returns, before anything is signed.
  ///
  /// - Throws: `CustodyError.proofMissing` or `.notContinued` for a head that must not be cosigned.
  package mutating func admit(_ update: HeadUpdate, file source: String) throws {
    guard let head = Checkpoint(update.note.text) else { throw CustodyError.noCheckpoint(file: source) }
    if let last = last(of: head.origin) {
      if head == last { return }
      guard head.size > last.size else { throw CustodyError.notContinued(file: source, signed: last.size) }
      guard update.proof.old == last.size else {
        throw CustodyError.proofMissing(file: source, signed: last.size)
      }
      guard update.proof.shows(that: head, continues: last) else {
        throw CustodyError.notContinued(file: source, signed: last.size)
      }
    }
    heads = heads.filter { !$0.isOfSameLog(as: head) } + [head]
    try FileBytes.writeDurably(written.utf8, to: file)
  }
}
