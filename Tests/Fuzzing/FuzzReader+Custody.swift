import Custody
import Foundation

/// What parties hand to each other: notes, keys, time stamps.
extension FuzzReader {
  static func custody(_ seeds: SeedFiles) throws -> [FuzzReader] {
    [
      FuzzReader("note", seeds: try seeds["note"]) { bytes in
        if let note = SignedNote(parsing: bytes) {
          _ = Checkpoint(note.text)
          guard SignedNote(parsing: Array(note.written.utf8)) == note else {
            throw FuzzFault(description: "a note that is not read back")
          }
          if let key = NoteKey(name: "lab.example.org", publicKey: Array(repeating: 1, count: 32)) {
            _ = (note.isSigned(by: key), note.cosignatureTime(of: key))
          }
        }
        _ = HeadUpdate(parsing: bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        _ = (NoteKey(text), ConsistencyProof(text), Checkpoint(text))
      },
      FuzzReader("key", file: "k.key", seeds: try seeds["key"]) { file in
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        _ = try SigningKey.read(file: file)
      },
      FuzzReader("cosigned-heads", file: "c.key.heads", seeds: try seeds["cosigned-heads"]) { file in
        _ = try CosignedHeads(ofKey: String(file.dropLast(".heads".count))).last(of: "lab.example.org/case/0")
      },
      FuzzReader("time-stamp", seeds: try seeds["time-stamp"]) { bytes in
        _ = TimeStampRequest(stored: bytes)
        guard let token = TimeStampToken(response: bytes) else { return }
        _ = token.trust(anchors: [])
      },
      FuzzReader("certificates", seeds: try seeds["certificates"]) { bytes in
        let certificates = X509Certificate.all(pem: bytes)
        _ = certificates + [X509Certificate(bytes)].compactMap(\.self)
      },
    ]
  }
}
