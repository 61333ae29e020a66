import Formats

/// The list of all files with their SHA-256, in the form of `sha256sum`, sorted by path: `sha256sum -c` can check it. The list
/// itself is named by a signed note.
enum EvidenceManifest {
  static let path = "MANIFEST.sha256"
  static let notePath = "MANIFEST.note"

  static func line(_ path: String, _ digest: Digest) -> String { "\(digest.hex)  \(path)\n" }

  /// nil for anything but a line that `line` would write, without its end.
  static func entry(_ line: ArraySlice<UInt8>) -> (path: String, digest: Digest)? {
    guard let text = String(validating: line, as: UTF8.self), let digest = Digest(hex: String(text.prefix(64))),
      text.dropFirst(64).hasPrefix("  ")
    else { return nil }
    let path = String(text.dropFirst(66))
    return Self.line(path, digest).utf8.dropLast().elementsEqual(line) ? (path, digest) : nil
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

/// SHA-256 of every file that lies in evidence. Of bodies that are what their names say it keeps no more than that digest:
/// there are two for every attempt.
struct FoundFiles {
  private(set) var count = 0
  private var others: [String: Digest] = [:]
  /// Ascending.
  private var bodies: [Digest] = []

  init(_ source: any EvidenceSource) throws {
    try source.forEachPath { path in
      count += 1
      let digest = try source.digest(path)
      if EvidenceManifest.body(at: path) == digest { bodies.append(digest) } else { others[path] = digest }
    }
    bodies.sort()
  }

  /// nil if it is not there.
  subscript(path: String) -> Digest? {
    guard let digest = EvidenceManifest.body(at: path) else { return others[path] }
    return hasBody(digest) ? digest : others[path]
  }

  /// Whether a body is there, as it was written.
  func hasBody(_ digest: Digest) -> Bool {
    let index = bodies.partitionPoint { $0 < digest }
    return index < bodies.count && bodies[index] == digest
  }

  /// The least of those that `isListed` does not know.
  func stray(_ isListed: (String) -> Bool) -> String? {
    (others.keys.filter { !isListed($0) } + bodies.map(EvidenceManifest.path(ofBody:)).filter { !isListed($0) }).min()
  }
}
