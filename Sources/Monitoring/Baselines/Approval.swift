package import Formats

/// Who took a baseline for good, and why. Each names the one before it by its hash.
package struct Approval: Hashable, Sendable {
  package let baseline: Digest
  /// When the baseline was made.
  package let created: String
  package let by: String
  package let reason: String
  package let time: String
  package let previous: Digest?
  package let hash: Digest

  package init(baseline: Digest, created: String, by: String, reason: String, time: String, previous: Digest?) {
    self.baseline = baseline
    self.created = created
    self.by = by
    self.reason = reason
    self.time = time
    self.previous = previous
    hash = Digest(
      of: JSONValue.array(
        [baseline.hex, created, by, reason, time, previous?.hex ?? ""].map(JSONValue.string)
      ).canonical)
  }
}
