import Formats
import Foundation

/// What a key has cosigned last of each log, beside the key: checkpoints with an empty line after each. A key that has
/// cosigned a log never cosigns one that does not continue it, whoever asks and whenever. Held for one process at a time, so that
/// two heads of one log are never admitted side by side.
package struct CosignedHeads: Sendable {
  private let file: String
  private let lock: FileLock?
  private var heads: [Checkpoint]

  /// - Parameter key: file of the private key, by any link. A memory that is not there yet is empty.
  /// - Throws: `CustodyError.memoryDamaged`, also for a file that says nothing or names a log twice: it was never written so.
  package init(ofKey key: String) throws {
    file = FileBytes.resolved(key) + ".heads"
    lock = try FileLock.take(beside: file, patience: .seconds(10))
    heads = try Self.read(file)
    // Versions before 0.10.0 kept what a key cosigned beside the link that it was named by.
    for head in try Self.read(key + ".heads") where head.size > last(of: head.origin)?.size ?? -1 { keep(head) }
  }

  private static func read(_ file: String) throws -> [Checkpoint] {
    guard FileBytes.exists(file) else { return [] }
    let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
    var heads: [Checkpoint] = []
    for block in text.components(separatedBy: "\n\n").dropLast() {
      guard let head = Checkpoint(block + "\n") else { throw CustodyError.memoryDamaged(file: file) }
      heads.append(head)
    }
    guard !heads.isEmpty, written(heads).utf8.elementsEqual(text.utf8),
      Set(heads.map { Array($0.origin.utf8) }).count == heads.count
    else {
      throw CustodyError.memoryDamaged(file: file)
    }
    return heads
  }

  /// Whether a file that begins so is such a memory: checkpoints, and no signature under the first.
  package static func isMeant(by start: [UInt8]) -> Bool {
    let blocks = String(decoding: start, as: UTF8.self).components(separatedBy: "\n\n")
    return blocks.count > 1 && Checkpoint(blocks[0] + "\n") != nil && !blocks[1].hasPrefix("— ")
  }

  private static func written(_ heads: [Checkpoint]) -> String { heads.map { $0.text + "\n" }.joined() }

  /// The last head of that log; nil if none was cosigned.
  package func last(of origin: String) -> Checkpoint? { heads.first { $0.origin.utf8.elementsEqual(origin.utf8) } }

  /// Keeps a head as the last of its log; on the disk when this returns, before anything is signed.
  ///
  /// - Throws: `CustodyError.proofMissing` or `.notContinued` for a head that must not be cosigned.
  package mutating func admit(_ update: HeadUpdate, file source: String) throws {
    guard let head = Checkpoint(update.note.text) else { throw CustodyError.noCheckpoint(file: source) }
    if let last = last(of: head.origin) {
      if head == last { return }
      guard head.size > last.size else { throw CustodyError.notContinued(file: source, signed: last.size) }
      guard update.proof.old == last.size else {
        throw CustodyError.proofMissing(file: source, signed: last.size)
      }
      guard update.proof.shows(that: head, continues: last) else {
        throw CustodyError.notContinued(file: source, signed: last.size)
      }
    }
    keep(head)
    try FileBytes.writeDurably(Self.written(heads).utf8, to: file)
  }

  private mutating func keep(_ head: Checkpoint) { heads = heads.filter { !$0.isOfSameLog(as: head) } + [head] }
}
