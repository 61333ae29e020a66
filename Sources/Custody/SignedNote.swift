package import Formats
import Foundation

/// A text with signatures under it, by C2SP's signed-note: the text, an empty line, and a line for each signature,
/// `— NAME BASE64` with the key's ID before the signature.
package struct SignedNote: Hashable, Sendable {
  /// Whole lines, the last line's end included.
  package let text: String
  package private(set) var signatures: [Signature]

  package struct Signature: Hashable, Sendable {
    package let name: String
    /// Four bytes.
    package let keyID: [UInt8]
    package let bytes: [UInt8]

    func isNamed(_ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }

    var line: String { "— \(name) \(Data(keyID + bytes).base64EncodedString())\n" }
  }

  /// Longest note that is read, and the most signatures.
  private static let longest = 1 << 20
  private static let maximumSignatures = 100

  /// The text, signed by `key`.
  package init(text: String, signedBy key: SigningKey) throws {
    self.text = text
    let bytes = try key.signature(of: Array(text.utf8))
    signatures = [Signature(name: key.key.name, keyID: key.key.id(.note), bytes: bytes)]
  }

  /// nil for anything but a note; whether its signatures hold is another question.
  package init?(parsing bytes: [UInt8]) {
    guard bytes.count <= Self.longest, let note = String(validating: bytes, as: UTF8.self),
      note.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" }),
      let gap = note.range(of: "\n\n", options: [.backwards, .literal]), bytes.last == 0x0A
    else { return nil }
    text = String(note[..<note.index(gap.lowerBound, offsetBy: 1)])
    var found: [Signature] = []
    for line in note[gap.upperBound...].dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
      // By code points: a space before a combining mark is a space still.
      let parts = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, parts[0] == "—", NoteKey.isName(parts[1]), let data = Data(base64Encoded: parts[2]),
        data.base64EncodedString() == parts[2], data.count > 4, found.count < Self.maximumSignatures
      else { return nil }
      found.append(Signature(name: parts[1], keyID: Array(data.prefix(4)), bytes: Array(data.dropFirst(4))))
    }
    guard !found.isEmpty else { return nil }
    signatures = found
  }

  package var written: String { text + "\n" + signatures.map(\.line).joined() }

  package func isSigned(by key: NoteKey) -> Bool {
    signatures.contains {
      $0.isNamed(key.name) && $0.keyID == key.id(.note) && key.isValid($0.bytes, of: Array(text.utf8))
    }
  }

  /// The same note with one more signature, which says that `key` saw it at that time (C2SP's cosignature/v1).
  ///
  /// - Parameter time: seconds since 1970.
  package func cosigned(by key: SigningKey, time: Int) throws -> SignedNote {
    let seconds = UInt64(max(time, 0))
    let stamp = withUnsafeBytes(of: seconds.bigEndian, Array.init)
    let bytes = try key.signature(of: Self.cosigned(text, seconds: seconds))
    var note = self
    note.signatures.append(Signature(name: key.key.name, keyID: key.key.id(.cosignature), bytes: stamp + bytes))
    return note
  }

  /// When `key` cosigned the note, in seconds since 1970; nil if it did not.
  package func cosignatureTime(of key: NoteKey) -> Int? {
    for signature in signatures
    where signature.isNamed(key.name) && signature.keyID == key.id(.cosignature) && signature.bytes.count == 72 {
      let seconds = signature.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let time = Int(exactly: seconds),
        key.isValid(Array(signature.bytes.dropFirst(8)), of: Self.cosigned(text, seconds: seconds))
      else { continue }
      return time
    }
    return nil
  }

  /// The same text with the signatures of both.
  package func merged(with other: SignedNote) -> SignedNote {
    var note = self
    note.signatures += other.signatures.filter { !signatures.contains($0) }
    return note
  }

  private static func cosigned(_ text: String, seconds: UInt64) -> [UInt8] {
    Array("cosignature/v1\ntime \(seconds)\n\(text)".utf8)
  }
}

/// The head of a log at one size, by C2SP's tlog-checkpoint.
package struct Checkpoint: Equatable, Sendable {
  /// Which log: the signing key's name and the case's protocol, since one key signs the logs of many cases.
  package let origin: String
  package let size: Int
  package let root: Digest

  package init(origin: String, size: Int, root: Digest) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// nil unless the text is that of a checkpoint without extensions.
  package init?(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 4, !lines[0].isEmpty, lines[3].isEmpty, let size = Int(lines[1]), size >= 0,
      String(size) == lines[1], let hash = Data(base64Encoded: lines[2]), hash.base64EncodedString() == lines[2],
      let root = Digest(stored: Array(hash))
    else { return nil }
    self.init(origin: lines[0], size: size, root: root)
  }

  package var text: String { "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n" }

  /// To the byte: names that print alike are of two logs.
  package static func == (a: Self, b: Self) -> Bool {
    a.isOfSameLog(as: b) && a.size == b.size && a.root == b.root
  }

  package func isOfSameLog(as other: Checkpoint) -> Bool { origin.utf8.elementsEqual(other.origin.utf8) }

  package static func origin(key: NoteKey, protocolDigest: Digest) -> String {
    prefix(of: key) + protocolDigest.hex.prefix(16)
  }

  /// Whether the log is one of a case that this key signs.
  package func isOfCase(signedBy key: NoteKey) -> Bool { origin.utf8.starts(with: Self.prefix(of: key).utf8) }

  /// Whether the log is that of a case with this protocol, whoever signs it.
  package func isOfCase(protocolDigest: Digest) -> Bool {
    let end = (Self.folder + protocolDigest.hex.prefix(16)).utf8
    return origin.utf8.suffix(end.count).elementsEqual(end)
  }

  private static let folder = "/case/"

  private static func prefix(of key: NoteKey) -> String { key.name + folder }
}
