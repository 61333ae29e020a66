import CaseFile
import Custody
import Formats
import Monitoring

/// Files that no other file is written over, whoever names them as output: nothing makes them again.
package enum IrreplaceableFile {
  /// Enough for the first line of a ledger.
  private static let start = 1 << 20

  /// Whether a case, a private key, what a key cosigned, or a ledger of checks lies there.
  package static func isThere(_ path: String) throws -> Bool {
    guard FileBytes.isRegular(path) else { return false }
    if try CaseStore.isDatabase(path) { return true }
    let start = try FileBytes.head(path, count: start)
    return SigningKey.isMeant(by: start) || CosignedHeads.isMeant(by: start) || Ledger.isMeant(by: start)
  }
}
