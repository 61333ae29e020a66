import CaseFile
package import Custody
import Formats
package import Foundation

/// Signed heads of logs, exchanged between parties before anybody has seen a result.
package enum CosignHeads {
  /// The signed head of one's own log, to be sent.
  ///
  /// - Parameter since: records of the earlier head that the other party knows; nil is the last one that was cosigned.
  package static func own(_ file: String, by key: SigningKey, since: Int?) throws -> HeadUpdate {
    try CaseStore.withOpen(at: file, for: .writing) { try $0.headToCosign(by: key, since: since) }
  }

  /// Another's head with one more signature under it; none if this key has cosigned a log that it does not continue.
  ///
  /// - Parameters:
  ///   - key: file of the signing key, beside which is kept what it has cosigned.
  ///   - expected: verifier key that must have signed the head. Without one the key would remember, and be bound by, a log that
  ///     anybody made up under that name.
  package static func cosigned(
    _ file: String, by key: String, expecting expected: NoteKey, now: Date
  ) throws -> HeadUpdate {
    let signer = try SigningKey.read(file: key)
    guard let update = HeadUpdate(parsing: try FileBytes.read(file)) else {
      throw CustodyError.noCheckpoint(file: file)
    }
    // The name of the log begins with that of its key: another's log cannot be spoken for.
    guard update.note.isSigned(by: expected), Checkpoint(update.note.text)?.isOfCase(signedBy: expected) == true else {
      throw CustodyError.notSignedBy(file: file, expected.name)
    }
    var memory = try CosignedHeads(ofKey: key)
    try memory.admit(update, file: file)
    return HeadUpdate(note: try update.note.cosigned(by: signer, time: Int(now.timeIntervalSince1970)))
  }

  /// Keeps in a case the head of its log that came back with the other's signature.
  package static func accept(_ accepted: String, into file: String) throws -> HeadUpdate {
    guard let note = SignedNote(parsing: try FileBytes.read(accepted)) else {
      throw CustodyError.noCheckpoint(file: accepted)
    }
    try CaseStore.withOpen(at: file, for: .writing) { try $0.add(cosigned: note, file: accepted) }
    return HeadUpdate(note: note)
  }
}
