import Custody
import Formats

/// Keys on the command line.
enum KeyChoice {
  /// A verifier key, or a file that holds nothing else.
  static func verifier(_ text: String, algorithm: NoteKey.Algorithm = .note) throws -> NoteKey {
    var written = text
    if FileBytes.exists(text) {
      let lines = String(decoding: try FileBytes.read(text), as: UTF8.self).split(whereSeparator: \.isNewline)
      written = lines.first.map(String.init) ?? ""
    }
    guard let key = NoteKey(written, algorithm: algorithm) ?? NoteKey(written) else {
      throw CustodyError.noVerifierKey(file: text, written)
    }
    return key
  }
}
