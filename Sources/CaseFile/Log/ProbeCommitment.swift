package import Cases
import Custody
package import Formats

/// What fixes a probe before it is asked and shows nothing of it: `SHA-256(0x00 ‖ salt ‖ probe)`, with 32 random bytes of salt
/// and the probe's canonical JSON. With both at hand, anybody can check later that it was this probe.
package struct ProbeCommitment: Hashable, Sendable {
  package let salt: [UInt8]
  package let leaf: Digest

  /// - Parameter salt: 32 bytes; random unless given.
  package init(_ probe: Probe, salt: [UInt8]? = nil) {
    self.init(text: probe.canonicalText, salt: salt ?? (0..<32).map { _ in UInt8.random(in: .min ... .max) })
  }

  /// - Parameter text: canonical JSON of a probe.
  package init(text: String, salt: [UInt8]) {
    self.salt = salt
    leaf = MerkleTree.leaf(salt + Array(text.utf8))
  }

  /// Root of the tree over the commitments, in the order of the probes.
  package static func root(_ leaves: [Digest]) -> Digest { MerkleTree(leaves: leaves).root }
}

extension Probe {
  /// Its canonical line without the line's end.
  package var canonicalText: String { String(canonicalLine.dropLast()) }
}
