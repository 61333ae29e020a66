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
