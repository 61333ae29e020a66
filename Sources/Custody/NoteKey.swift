import Crypto
import Formats
import Foundation

/// What checks a signature of a note: a name and an Ed25519 public key.
///
/// Written down as `NAME+ID+BASE64`, the verifier key of C2SP's signed-note: the ID is eight hexadecimal digits, and the
/// text in base 64 is the byte of the algorithm and the key.
package struct NoteKey: Hashable, Sendable, CustomStringConvertible {
  /// What a key signs, by the byte that C2SP gives it.
  package enum Algorithm: UInt8, Hashable, Sendable {
    /// The text of a note.
    case note = 1
    /// A checkpoint of somebody else's log, with a time.
    case cosignature = 4
  }

  /// Such as `lab.example.org`: not empty, without spaces and without `+`.
  package let name: String
  /// 32 bytes.
  package let publicKey: [UInt8]

  /// nil unless name and key can be those of a key.
  package init?(name: String, publicKey: [UInt8]) {
    guard Self.isName(name), publicKey.count == 32 else { return nil }
    self.name = name
    self.publicKey = publicKey
  }

  /// nil unless the text is a verifier key of `algorithm`, its ID included.
  package init?(_ text: String, algorithm: Algorithm = .note) {
    let parts = text.unicodeScalars.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(
      String.init)
    guard parts.count == 3, let bytes = Data(base64Encoded: parts[2]), bytes.base64EncodedString() == parts[2],
      bytes.first == algorithm.rawValue
    else { return nil }
    self.init(name: parts[0], publicKey: Array(bytes.dropFirst()))
    guard Hexadecimal.text(id(algorithm)) == parts[1] else { return nil }
  }

  /// To the byte: names that print alike are two keys'.
  package static func == (a: Self, b: Self) -> Bool {
    a.name.utf8.elementsEqual(b.name.utf8) && a.publicKey == b.publicKey
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(publicKey) }

  package static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
  }

  /// The first four bytes of `SHA-256(name ‖ 0x0A ‖ algorithm ‖ key)`.
  package func id(_ algorithm: Algorithm) -> [UInt8] {
    Array(Digest(of: Array(name.utf8) + [0x0A, algorithm.rawValue] + publicKey).bytes.prefix(4))
  }

  package func text(_ algorithm: Algorithm) -> String {
    let key = Data([algorithm.rawValue] + publicKey).base64EncodedString()
    return "\(name)+\(Hexadecimal.text(id(algorithm)))+\(key)"
  }

  package var description: String { text(.note) }

  func isValid(_ signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    return key.isValidSignature(signature, for: message)
  }
}
