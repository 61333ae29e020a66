import Foundation

/// Whole files in and out, with errors that name the file and the system's reason.
package enum FileBytes {
  package static func read(_ file: String) throws -> [UInt8] {
    Array(try mapped(file))
  }

  /// The file without a copy of it, where the system can map it.
  static func mapped(_ file: String) throws -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe)
    } catch {
      throw FileError.unreadable(file: file, reason: reason(error))
    }
  }

  /// Writes beside the target and renames: a reader sees the old file or the new one, never half of it.
  package static func write(_ bytes: some Sequence<UInt8>, to file: String) throws {
    do {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw FileError.unwritable(file: file, reason: reason(error))
    }
  }

  /// Adds to the end of a file, or makes it; on the disk when this returns.
  package static func append(_ bytes: some Sequence<UInt8>, to file: String) throws {
    guard exists(file) else { return try write(bytes, to: file) }
    do {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
      defer { try? handle.close() }
      try handle.seekToEnd()
      try handle.write(contentsOf: Data(bytes))
      try handle.synchronize()
    } catch {
      throw FileError.unwritable(file: file, reason: reason(error))
    }
  }

  package static func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: file) }

  package static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Names of the files directly in a folder, in byte order.
  package static func list(_ folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw FileError.unreadable(file: folder, reason: reason(error))
    }
  }

  /// The system's words for why a file could not be used.
  package static func reason(_ error: any Error) -> String {
    let cocoa = error as NSError
    if let posix = cocoa.userInfo[NSUnderlyingErrorKey] as? NSError, posix.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(posix.code)))
    }
    switch cocoa.code {
    case NSFileReadNoSuchFileError, NSFileNoSuchFileError: return "no such file or folder"
    case NSFileReadNoPermissionError, NSFileWriteNoPermissionError: return "permission denied"
    case NSFileWriteOutOfSpaceError: return "no space left on the disk"
    case NSFileWriteVolumeReadOnlyError: return "the disk is read-only"
    default: return cocoa.localizedDescription
    }
  }
}
