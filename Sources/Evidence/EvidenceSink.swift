import Formats
import Foundation

/// Where evidence is written: files one after the other, each begun, filled and ended. It appears under its name when it is
/// complete, never before.
protocol EvidenceSink: AnyObject {
  func begin(_ path: String) throws
  func write(_ bytes: [UInt8]) throws
  func end() throws
  /// Gives the whole its name.
  func finish() throws
  /// Removes what was written.
  func abandon()
}

extension EvidenceSink {
  func add(_ path: String, _ bytes: [UInt8]) throws {
    try begin(path)
    try write(bytes)
    try end()
  }
}

/// A buffered file of the C library: evidence has a file for every body, and these open fastest.
private final class OutputFile {
  let path: String
  private let stream: UnsafeMutablePointer<FILE>
  private var isOpen = true

  init(_ path: String) throws {
    guard let stream = fopen(path, "wbx") else { throw Self.failure(path) }
    self.path = path
    self.stream = stream
  }

  deinit { if isOpen { fclose(stream) } }

  func write(_ bytes: [UInt8]) throws {
    guard bytes.isEmpty || fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw Self.failure(path) }
  }

  func seek(to offset: Int) throws { guard fseek(stream, offset, SEEK_SET) == 0 else { throw Self.failure(path) } }

  func close() throws {
    isOpen = false
    guard fclose(stream) == 0 else { throw Self.failure(path) }
  }

  static func failure(_ path: String) -> FileError {
    .unwritable(file: path, reason: String(cString: strerror(errno)))
  }
}

/// `NAME.evidence/`: a folder with a file for each.
final class EvidenceFolderSink: EvidenceSink {
  private let lock: FileLock?
  private let unfinished: UnfinishedFile
  private var made: Set<String> = []
  private var file: OutputFile?

  init(_ folder: String) throws {
    guard !FileBytes.exists(folder) else { throw FileError.wouldOverwrite(file: folder) }
    try FileBytes.makeFolder(of: folder)
    lock = try FileLock.take(beside: folder, patience: .zero)
    unfinished = UnfinishedFile(for: folder, holding: lock)
  }

  func begin(_ path: String) throws {
    let whole = "\(unfinished.path)/\(path)"
    let parent = String(whole[..<(whole.lastIndex(of: "/") ?? whole.startIndex)])
    if made.insert(parent).inserted {
      do {
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      } catch {
        throw FileBytes.unwritable(parent, FileBytes.reason(error))
      }
    }
    file = try OutputFile(whole)
  }

  func write(_ bytes: [UInt8]) throws { try file?.write(bytes) }

  func end() throws {
    try file?.close()
    file = nil
  }

  func finish() throws { try unfinished.placeFolder() }

  func abandon() {
    file = nil
    unfinished.abandon()
  }
}

/// `NAME.tar`: one archive, ustar (POSIX.1-1988), with the same bytes for the same files: no owner, no time.
final class EvidenceTarSink: EvidenceSink {
  private let lock: FileLock?
  private let unfinished: UnfinishedFile
  private let file: OutputFile
  private var entry: (path: String, at: Int, size: Int)?
  private var length = 0

  init(_ path: String) throws {
    guard !FileBytes.exists(path) else { throw FileError.wouldOverwrite(file: path) }
    try FileBytes.makeFolder(of: path)
    lock = try FileLock.take(beside: path, patience: .zero)
    unfinished = UnfinishedFile(for: path, holding: lock)
    file = try OutputFile(unfinished.path)
  }

  func begin(_ path: String) throws {
    entry = (path, length, 0)
    try append(TarHeader(path: path, size: 0).bytes)
  }

  func write(_ bytes: [UInt8]) throws {
    entry?.size += bytes.count
    try append(bytes)
  }

  /// Fills up to a whole block, and puts the size that is known now into the header.
  func end() throws {
    guard let entry else { return }
    self.entry = nil
    try append(Array(repeating: 0, count: TarHeader.padding(entry.size)))
    try file.seek(to: entry.at)
    try file.write(TarHeader(path: entry.path, size: entry.size).bytes)
    try file.seek(to: length)
  }

  func finish() throws {
    try append(Array(repeating: 0, count: 2 * TarHeader.block))
    try file.close()
    try unfinished.place()
  }

  func abandon() { unfinished.abandon() }

  private func append(_ bytes: [UInt8]) throws {
    try file.write(bytes)
    length += bytes.count
  }
}
