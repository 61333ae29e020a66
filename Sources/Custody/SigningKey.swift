import Crypto
import Formats
import Foundation

/// A private key, with the name under which it signs. Its bytes appear in no description.
///
/// The file holds one line, `PRIVATE+KEY+NAME+ID+BASE64`, as Go's note package writes it: after the byte of the algorithm the
/// 32 bytes of the seed of RFC 8032. Nobody but the owner may read it (mode 600).
package struct SigningKey: Sendable, CustomStringConvertible {
  package let key: NoteKey
  private let seed: [UInt8]

  package var description: String { "private key of \(key.name)" }

  /// nil unless `seed` has 32 bytes and `name` can be a key's.
  package init?(name: String, seed: [UInt8]) {
    guard let pair = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
      let key = NoteKey(name: name, publicKey: Array(pair.publicKey.rawRepresentation))
    else { return nil }
    self.key = key
    self.seed = seed
  }

  /// A new key, from the system's random numbers.
  package init?(newNamed name: String) {
    self.init(name: name, seed: Array(Curve25519.Signing.PrivateKey().rawRepresentation))
  }

  /// - Throws: `FileError` or `CustodyError` for a file that cannot be read, that others may read, or that is no key.
  package static func read(file: String) throws -> SigningKey {
    var status = stat()
    // Of the file itself where a link leads to it: anybody may read the link.
    if stat(file, &status) == 0, status.st_mode & 0o077 != 0 { throw CustodyError.keyReadableByOthers(file: file) }
    let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
    // By code points: a name may begin with a mark that joins the `+` before it.
    let parts = text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.first?.split(
      separator: "+", maxSplits: 4, omittingEmptySubsequences: false
    ).map(String.init)
    guard let parts, parts.count == 5, parts[0] == "PRIVATE", parts[1] == "KEY",
      let bytes = Data(base64Encoded: parts[4]), bytes.first == NoteKey.Algorithm.note.rawValue,
      let key = SigningKey(name: parts[2], seed: Array(bytes.dropFirst())),
      Hexadecimal.text(key.key.id(.note)) == parts[3]
    else { throw CustodyError.noKey(file: file) }
    return key
  }

  private static let beginning = "PRIVATE+KEY+"

  /// Whether a file that begins so is, or was to be, a private key.
  package static func isMeant(by start: [UInt8]) -> Bool { start.starts(with: beginning.utf8) }

  /// Writes a new file that only its owner can read, from its first byte on.
  ///
  /// - Throws: `FileError.wouldOverwrite` if there is one.
  package func write(to file: String) throws {
    let secret = Data([NoteKey.Algorithm.note.rawValue] + seed).base64EncodedString()
    let line = "\(Self.beginning)\(key.name)+\(Hexadecimal.text(key.id(.note)))+\(secret)\n"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw FileError.wouldOverwrite(file: file) }
      throw FileBytes.unwritable(file)
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(line.utf8))
      try handle.synchronize()
      try handle.close()
    } catch {
      // Ours, and no key: half of one would only stand in the way.
      unlink(file)
      throw FileBytes.unwritable(file, FileBytes.reason(error))
    }
  }

  func signature(of message: [UInt8]) throws -> [UInt8] {
    Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).signature(for: message))
  }
}
