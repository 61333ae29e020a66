/// The list of all files with their SHA-256, in the form of `sha256sum`, sorted by path: `sha256sum -c` can check it. The list
/// itself is named by a signed note.
struct EvidenceManifest {
  static let path = "MANIFEST.sha256"
  static let notePath = "MANIFEST.note"

  let files: [String: Digest]

  init(files: [String: Digest]) { self.files = files }

  var text: String {
    files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\($0.value.hex)  \($0.key)\n" }.joined()
  }

  /// nil for anything but a text that `text` would write.
  init?(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var files: [String: Digest] = [:]
    for line in text.split(separator: "\n") {
      guard let digest = Digest(hex: String(line.prefix(64))), line.dropFirst(64).hasPrefix("  ") else { return nil }
      files[String(line.dropFirst(66))] = digest
    }
    self.init(files: files)
    guard !files.isEmpty, Array(self.text.utf8) == bytes else { return nil }
  }

  static func noteText(origin: String, manifest: Digest) -> String { "retort evidence\n\(origin)\n\(manifest.hex)\n" }

  static func path(ofBody digest: Digest) -> String {
    "blobs/sha256/\(digest.hex.prefix(2))/\(digest.hex.dropFirst(2))"
  }

  /// `00001`: sorts as it counts.
  static func number(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}
