import Foundation

/// Whole files in and out, with errors that name the file and the system's reason.
package enum FileBytes {
  /// A whole file, or what a pipe gives until its end, up to `Limits.fileBytes`: a device such as /dev/zero never ends.
  package static func read(_ file: String) throws -> [UInt8] { try read(file, upTo: Limits.fileBytes) }

  package static func read(_ file: String, upTo limit: Int) throws -> [UInt8] {
    func failed() -> CaseFileError { .unreadable(file: file, reason: String(cString: strerror(errno))) }
    let tooLarge = CaseFileError.fileTooLarge(file: file, limit: Limits.words(bytes: limit))
    var status = stat()
    // Opening a named pipe waits for somebody to write; what a shell hands over as /dev/fd/63 has its writer.
    if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFIFO, !file.hasPrefix("/dev/") {
      throw CaseFileError.unreadable(file: file, reason: "it is a pipe, not a file")
    }
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? CaseFileError.unreadable(file: file, reason: "no such file or folder") : failed()
    }
    defer { _ = close(descriptor) }
    guard fstat(descriptor, &status) == 0 else { throw failed() }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw CaseFileError.unreadable(file: file, reason: "it is a folder")
    }
    let size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    guard size <= limit else { throw tooLarge }
    var bytes: [UInt8] = []
    // One byte more than the size, so that the end is seen without another piece.
    var piece = max(size + 1, 1 << 16)
    while true {
      let room = piece
      var problem: Int32 = 0
      let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        let read = Foundation.read(descriptor, buffer.baseAddress, room)
        problem = read < 0 ? errno : 0
        filled = max(read, 0)
      }
      if problem == EINTR { continue }
      guard problem == 0 else {
        throw CaseFileError.unreadable(file: file, reason: String(cString: strerror(problem)))
      }
      if part.isEmpty { return bytes }
      guard bytes.count + part.count <= limit else { throw tooLarge }
      if bytes.isEmpty { bytes = part } else { bytes += part }
      piece = 1 << 20
    }
  }

  /// Writes beside the target and renames: a reader sees the old file or the new one, never half of it.
  package static func write(_ bytes: some Sequence<UInt8>, to file: String) throws {
    do {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw CaseFileError.unwritable(file: file, reason: reason(error))
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
      throw CaseFileError.unwritable(file: file, reason: reason(error))
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
      throw CaseFileError.unreadable(file: folder, reason: reason(error))
    }
  }

  /// The system's words for why a file could not be used.
  static func reason(_ error: any Error) -> String {
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
