import Formats

/// The list of all files with their SHA-256, in the form of `sha256sum`, sorted by path: `sha256sum -c` can check it. The list
/// itself is named by a signed note.
enum EvidenceManifest {
  static func line(_ path: String, _ digest: Digest) -> String { "\(digest.hex)  \(path)\n" }

  /// nil for anything but a line that `line` would write, without its end, of a file that evidence can have.
  static func entry(_ line: ArraySlice<UInt8>) -> (path: String, digest: Digest)? {
    guard line.count > 66, line.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    let path = String(decoding: line.dropFirst(66), as: UTF8.self)
    guard let digest = Digest(lowerHex: String(decoding: line.prefix(64), as: UTF8.self)), isKnown(path),
      Self.line(path, digest).utf8.dropLast().elementsEqual(line)
    else { return nil }
    return (path, digest)
  }

  /// Whether evidence can have a file at this path.
  private static func isKnown(_ path: String) -> Bool { EvidenceLayout.order(of: path) != nil }

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
