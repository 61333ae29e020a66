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
  private static let maximumNodes = 63

  /// nil for anything but a text that `text` would write.
  package init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let first = lines.first, first.hasPrefix("old "), let old = Int(first.dropFirst(4)), old >= 0,
      lines.last == "", lines.count <= Self.maximumNodes + 2
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
