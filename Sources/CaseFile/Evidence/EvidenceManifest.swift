/// The list of all files with their SHA-256, in the form of `sha256sum`, sorted by path: `sha256sum -c` can check it. The list
/// itself is named by a signed note.
enum EvidenceManifest {
  static let path = "MANIFEST.sha256"
  static let notePath = "MANIFEST.note"

  static func line(_ path: String, _ digest: Digest) -> String { "\(digest.hex)  \(path)\n" }

  /// Files that no evidence lacks, in the order in which they are missed.
  static let needed = [
    "protocol.json", "plan.jsonl", EvidenceLog.path, "outcomes.jsonl", "commitments.jsonl", "revealed.jsonl",
    "withheld.jsonl", "keys.txt",
  ]

  /// nil for anything but a line that `line` would write, without its end, of a file that evidence can have.
  static func entry(_ line: ArraySlice<UInt8>) -> (path: String, digest: Digest)? {
    guard line.count > 66, line.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    let path = String(decoding: line.dropFirst(66), as: UTF8.self)
    guard let digest = Digest(lowerHex: String(decoding: line.prefix(64), as: UTF8.self)), isKnown(path),
      Self.line(path, digest).utf8.dropLast().elementsEqual(line)
    else { return nil }
    return (path, digest)
  }

  /// Whether evidence can have a file at this path: relative, without `.` and `..`, of letters, digits, `.`, `_` and `-`.
  private static func isKnown(_ path: String) -> Bool {
    if needed.contains(path) || path == "VERIFY.md" || path == Self.path || path == notePath { return true }
    if body(at: path) != nil || NumberedFiles.place(of: path) != nil { return true }
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count > 1, ["analysis", "report"].contains(where: { $0.utf8.elementsEqual(parts[0]) }),
      path.utf8.count <= 200
    else { return false }
    return parts.allSatisfy { part in
      part.first.map { $0 != UInt8(ascii: ".") } ?? false && part.allSatisfy(isPlain)
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  static func noteText(origin: String, manifest: Digest) -> String { "retort evidence\n\(origin)\n\(manifest.hex)\n" }

  private static let bodies = "blobs/sha256/"

  /// Paths of bodies sort as their digests do.
  static func path(ofBody digest: Digest) -> String {
    let hex = digest.hex
    return "\(bodies)\(hex.prefix(2))/\(hex.dropFirst(2))"
  }

  /// The digest in the path of a body; nil for any other path.
  static func body(at path: String) -> Digest? {
    guard path.utf8.count == bodies.utf8.count + 65, path.hasPrefix(bodies),
      let digest = Digest(hex: String(path.dropFirst(bodies.count)).replacing("/", with: "")),
      Self.path(ofBody: digest) == path
    else { return nil }
    return digest
  }

  /// `00001`: sorts as it counts.
  static func number(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}
