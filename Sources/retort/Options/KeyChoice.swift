import Custody
import Formats
import Foundation

/// Keys on the command line.
enum KeyChoice {
  /// A verifier key, or a file that holds one and nothing else: of several, it would not be told which one counts.
  ///
  /// - Throws: `FileError`, or `CustodyError.noVerifierKey`, which does not repeat what a file holds: it may be a private key.
  static func verifier(_ text: String, algorithm: NoteKey.Algorithm = .note) throws -> NoteKey {
    var written = text
    if FileBytes.exists(text) {
      let bytes = try FileBytes.read(text, upTo: Limits.vouchingBytes)
      written = (String(validating: bytes, as: UTF8.self) ?? "").trimmingCharacters(
        in: CharacterSet(charactersIn: " \t\r\n"))
    }
    guard let key = NoteKey(written, algorithm: algorithm) ?? NoteKey(written) else {
      throw CustodyError.noVerifierKey(text)
    }
    return key
  }
}
