import Formats

/// SHA-256 of every file that lies in evidence. For bodies named by their digest only the digest is kept: there are two for
/// every attempt.
struct FoundFiles {
  private(set) var count = 0
  private var others: [String: Digest] = [:]
  /// Ascending.
  private var bodies: [Digest] = []
  /// The least of what is neither a regular file nor a folder with one: a link, a pipe, a socket, an empty folder.
  private(set) var odd: String?

  init(_ source: any EvidenceSource) throws {
    try source.forEachPath { path in
      count += 1
      guard source.contains(path) else {
        odd = odd.map { min($0, path) } ?? path
        return
      }
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
    bodyPlace(digest) != nil
  }

  var bodyCount: Int { bodies.count }

  func body(_ place: Int) -> Digest { bodies[place] }

  /// Where a body stands among all; nil if it is not there, or not as it was written.
  func bodyPlace(_ digest: Digest) -> Int? {
    let index = bodies.partitionPoint { $0 < digest }
    return index < bodies.count && bodies[index] == digest ? index : nil
  }

  /// The least of those that `isListed` does not know.
  func stray(_ isListed: (String) -> Bool) -> String? {
    (others.keys.filter { !isListed($0) } + bodies.map(EvidenceManifest.path(ofBody:)).filter { !isListed($0) }).min()
  }
}
