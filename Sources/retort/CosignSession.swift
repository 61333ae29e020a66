import CaseFile
import Foundation

/// `retort cosign`.
struct CosignSession {
  let file: String
  let key: String?
  let from: String?
  let accept: String?
  let since: Int?
  let output: String?
  let json: Bool

  func run() throws {
    if let accept { return try keep(accept) }
    guard let key else { return }
    let signer = try SigningKey.read(file: key)
    let bytes = try FileBytes.read(file)
    guard bytes.starts(with: "SQLite format 3".utf8) else {
      return try tell(HeadUpdate(note: try cosigned(bytes, by: signer, keptBeside: key)))
    }
    try tell(try inCase { try $0.headToCosign(by: signer, since: since) })
  }

  /// The other's head with one more signature under it; none if this key has cosigned a log that it does not continue.
  private func cosigned(_ bytes: [UInt8], by signer: SigningKey, keptBeside key: String) throws -> SignedNote {
    guard let update = HeadUpdate(parsing: bytes) else { throw CaseFileError.custody(file: file, .noCheckpoint) }
    if let from {
      let expected = try KeyChoice.verifier(from)
      // The name of the log begins with that of its key: another's log cannot be spoken for.
      guard update.note.isSigned(by: expected), update.note.text.hasPrefix("\(expected.name)/case/") else {
        throw CaseFileError.custody(file: file, .notSignedBy(expected.name))
      }
    }
    var memory = try CosignedHeads(ofKey: key)
    try memory.admit(update, file: file)
    return try update.note.cosigned(by: signer, time: Int(Date().timeIntervalSince1970))
  }

  private func keep(_ accepted: String) throws {
    guard let note = SignedNote(parsing: try FileBytes.read(accepted)) else {
      throw CaseFileError.custody(file: accepted, .noCheckpoint)
    }
    try inCase { try $0.add(cosigned: note, file: accepted) }
    try tell(HeadUpdate(note: note))
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

  private func tell(_ head: HeadUpdate) throws {
    let note = head.note
    if let output { try FileBytes.write(head.written.utf8, to: output) }
    guard json else {
      if output == nil, accept == nil { try StandardOutput.write(head.written) }
      return Talk.say("signed by \(note.signatures.map(\.name).joined(separator: ", "))")
    }
    let checkpoint = Checkpoint(note.text)
    try StandardOutput.json(
      .object([
        "schema": .string("retort.checkpoint/1"), "tool": .string(Version.tool),
        "origin": .string(checkpoint?.origin ?? ""), "size": .integer(checkpoint?.size ?? 0),
        "root": .string(checkpoint?.root.hex ?? ""), "signatures": .array(note.signatures.map { .string($0.name) }),
        "note": .string(note.written), "continues": .integer(head.proof.old),
        "consistency": .array(head.proof.nodes.map { .string($0.hex) }),
      ]))
  }
}
