import Formats
import Foundation

/// A copy of a case file as it was at one moment, in a folder of its own, to be read while a run may hold the original.
///
/// The original is opened for reading only, by this program and not by SQLite: no lock is taken that a run would wait for,
/// and nothing is written beside it. A run writes to the end of its log (`-wal`) and moves that into the file from time to
/// time; so the file must be the same before and after copying, and the log must still begin with the same header, which
/// SQLite changes when it starts the log anew. A last frame that was copied half is known by its checksum and left out.
///
/// Only a file is copied: a device has no end, and a pipe may have nobody who writes to it.
///
/// Links are followed as SQLite follows them: the log lies beside the file that a symbolic link leads to. Under a second name
/// of one file (a hard link) the log is not found, and the copy is the case as it was when its log was last folded in.
///
/// - Source: "Write-Ahead Logging" and "WAL-mode File Format" of SQLite, §1: the header with its salts is the first 32 bytes.
package struct CaseSnapshot: Sendable {
  /// What tells one state of the files from the next, without reading them.
  package struct State: Hashable, Sendable {
    private let sizes: [UInt64]
    private let changed: [Date]

    /// - Throws: `FileError.unreadable` if there is no such file.
    package init(of name: String) throws {
      let file = FileBytes.resolved(name)
      var sizes: [UInt64] = []
      var changed: [Date] = []
      for path in [file, file + "-wal"] {
        guard FileBytes.exists(path) else { continue }
        do {
          let attributes = try FileManager.default.attributesOfItem(atPath: path)
          sizes.append((attributes[.size] as? NSNumber)?.uint64Value ?? 0)
          changed.append(attributes[.modificationDate] as? Date ?? .distantPast)
        } catch {
          throw FileError.unreadable(file: path, reason: FileBytes.reason(error))
        }
      }
      guard !sizes.isEmpty else { throw FileError.unreadable(file: name, reason: "no such file or folder") }
      self.sizes = sizes
      self.changed = changed
    }
  }

  package let state: State
  /// The copy, open for reading until the last reference to it is gone. No other process knows it.
  package let store: CaseStore

  /// - Parameter attempts: how often copying is begun anew when the file changes meanwhile.
  package init(of file: String, attempts: Int = 20) throws {
    // Checked before copying, so that the error names the original and not the copy.
    if FileBytes.isFolder(file) { throw CaseFileError.isFolder(file: file) }
    _ = close(try FileBytes.descriptor(of: file))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)").path
    do {
      // Answers may be secret: the copy is for this user only.
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw FileBytes.unwritable(folder, FileBytes.reason(error))
    }
    let copy = "\(folder)/case.retort"
    // Once it is open, the copy needs no name: however this process ends, nothing of it is left behind.
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      state = try Self.copy(FileBytes.resolved(file), to: copy, attempts: attempts)
      // Merges the write-ahead log into the copy, which is then a single file that is only read.
      if FileBytes.exists(copy + "-wal") { try CaseStore.open(at: copy).close() }
      store = try CaseStore.open(at: copy)
    } catch {
      throw Self.naming(file, insteadOf: copy, in: error)
    }
  }

  private static func copy(_ file: String, to copy: String, attempts: Int) throws -> State {
    for _ in 0..<attempts {
      let before = try State(of: file)
      let main = try stamp(file)
      let log = header(file + "-wal")
      for ending in ["", "-wal"] {
        try? FileManager.default.removeItem(atPath: copy + ending)
        guard FileBytes.exists(file + ending) else { continue }
        do {
          try copyBytes(of: file + ending, to: copy + ending)
        } catch {
          // The log may have been folded in between the two lines above.
          guard ending == "-wal", !FileBytes.exists(file + ending) else { throw error }
        }
      }
      if try stamp(file) == main, header(file + "-wal") == log { return before }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw FileError.inUse(file: file, holder: FileHolder(of: file))
  }

  /// The bytes alone, into a file for this user: neither the rights nor the links of the original are taken over, and it is
  /// open for reading only.
  private static func copyBytes(of file: String, to copy: String) throws {
    func failure(_ path: String, reading: Bool) -> FileError {
      let reason = String(cString: strerror(errno))
      return reading ? .unreadable(file: path, reason: reason) : .unwritable(file: path, reason: reason)
    }
    let from = try FileBytes.descriptor(of: file)
    defer { close(from) }
    let to = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard to >= 0 else { throw failure(copy, reading: false) }
    defer { close(to) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(from, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(file, reading: true) }
      if count == 0 { return }
      var rest = buffer[..<count]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(to, $0.baseAddress, $0.count) }
        guard written > 0 || errno == EINTR else { throw failure(copy, reading: false) }
        rest = rest.dropFirst(max(written, 0))
      }
    }
  }

  private static func stamp(_ file: String) throws -> [AnyHashable] {
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      return [attributes[.size], attributes[.modificationDate], attributes[.systemFileNumber]].map {
        $0 as? AnyHashable ?? AnyHashable(0)
      }
    } catch {
      throw FileError.unreadable(file: file, reason: FileBytes.reason(error))
    }
  }

  /// nil where there is no log.
  private static func header(_ log: String) -> Data? {
    guard let descriptor = try? FileBytes.descriptor(of: log) else { return nil }
    return try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).read(upToCount: 32)
  }

  /// The same error about the file that the user named.
  private static func naming(_ file: String, insteadOf copy: String, in error: any Error) -> any Error {
    switch error {
    case CaseFileError.notSQLite(copy): CaseFileError.notSQLite(file: file)
    case CaseFileError.notACase(copy): CaseFileError.notACase(file: file)
    case CaseFileError.newerCase(copy, let version, let supported):
      CaseFileError.newerCase(file: file, version: version, supported: supported)
    case CaseFileError.caseDamaged(copy, let reason): CaseFileError.caseDamaged(file: file, reason: reason)
    case CaseFileError.chainBroken(copy, let broken): CaseFileError.chainBroken(file: file, broken)
    case FileError.unreadable(copy, let reason): FileError.unreadable(file: file, reason: reason)
    default: error
    }
  }
}
