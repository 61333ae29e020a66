import CaseFile
import Foundation

/// `retort cosign`.
struct CosignSession {
  let file: String
  let key: String?
  let from: String?
  let accept: String?
  let output: String?
  let json: Bool

  func run() throws {
    if let accept { return try keep(accept) }
    guard let key else { return }
    let signer = try SigningKey.read(file: key)
    let bytes = try FileBytes.read(file)
    guard bytes.starts(with: "SQLite format 3".utf8) else { return try tell(try cosigned(bytes, by: signer)) }
    let head = try inCase { try $0.signedHead(by: signer) }
    try tell(head.cosigned ?? head.note)
  }

  /// The other's head with one more signature under it.
  private func cosigned(_ bytes: [UInt8], by signer: SigningKey) throws -> SignedNote {
    guard let note = SignedNote(parsing: bytes), Checkpoint(note.text) != nil else {
      throw CaseFileError.custody(file: file, .noCheckpoint)
    }
    if let from {
      let expected = try KeyChoice.verifier(from)
      guard note.isSigned(by: expected) else { throw CaseFileError.custody(file: file, .notSignedBy(expected.name)) }
    }
    return try note.cosigned(by: signer, time: Int(Date().timeIntervalSince1970))
  }

  private func keep(_ accepted: String) throws {
    guard let note = SignedNote(parsing: try FileBytes.read(accepted)) else {
      throw CaseFileError.custody(file: accepted, .noCheckpoint)
    }
    try inCase { try $0.add(cosigned: note, file: accepted) }
    try tell(note)
  }

  private func inCase<Value>(_ body: (CaseStore) throws -> Value) throws -> Value {
    let store = try CaseStore.open(at: file, for: .writing)
    let value: Value
    do {
      value = try body(store)
    } catch {
      try? store.close()
      throw error
    }
    try store.close()
    return value
  }

  private func tell(_ note: SignedNote) throws {
    if let output { try FileBytes.write(note.written.utf8, to: output) }
    guard json else {
      if output == nil, accept == nil { FileHandle.standardOutput.write(Data(note.written.utf8)) }
      return Talk.say("signed by \(note.signatures.map(\.name).joined(separator: ", "))")
    }
    let head = Checkpoint(note.text)
    JSONOutput.print(
      .object([
        "schema": .string("retort.checkpoint/1"), "tool": .string(Version.tool),
        "origin": .string(head?.origin ?? ""), "size": .integer(head?.size ?? 0),
        "root": .string(head?.root.hex ?? ""), "signatures": .array(note.signatures.map { .string($0.name) }),
        "note": .string(note.written),
      ]))
  }
}
