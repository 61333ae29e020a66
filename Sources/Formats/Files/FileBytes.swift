import Foundation

/// Whole files in and out, with errors that name the file and the system's reason.
package enum FileBytes {
  /// A whole file, or what a pipe or a terminal gives until its end, up to `Limits.fileBytes`.
  package static func read(_ file: String) throws -> [UInt8] { try read(file, upTo: Limits.fileBytes) }

  package static func read(_ file: String, upTo limit: Int) throws -> [UInt8] {
    let (descriptor, status) = try opened(file)
    defer { _ = close(descriptor) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    // A named pipe may have nobody who writes; what a shell hands over as /dev/fd/63 has its writer, and is waited for.
    case S_IFIFO where file.hasPrefix("/dev/"), S_IFCHR where isatty(descriptor) == 1:
      guard fcntl(descriptor, F_SETFL, O_RDONLY) == 0 else {
        throw FileError.unreadable(file: file, reason: systemReason())
      }
    case S_IFCHR where isNull(status): return []
    // A device such as /dev/zero never ends.
    default: throw FileError.unreadable(file: file, reason: otherThanFile(status))
    }
    return try read(descriptor, of: file, upTo: limit)
  }

  /// Opens a file that can be read at any place and has an end.
  ///
  /// - Returns: a descriptor, which whoever asked closes.
  /// - Throws: `FileError.unreadable`, at once for a pipe or a device.
  package static func descriptor(of file: String) throws -> Int32 {
    let (descriptor, status) = try opened(file)
    guard status.st_mode & S_IFMT == S_IFREG else {
      _ = close(descriptor)
      throw FileError.unreadable(file: file, reason: otherThanFile(status))
    }
    return descriptor
  }

  /// Opens whatever lies there for reading, without waiting for whoever writes to a pipe.
  private static func opened(_ file: String) throws -> (descriptor: Int32, status: stat) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw FileError.unreadable(file: file, reason: errno == ENOENT ? "no such file or folder" : systemReason())
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let reason = systemReason()
      _ = close(descriptor)
      throw FileError.unreadable(file: file, reason: reason)
    }
    return (descriptor, status)
  }

  private static func otherThanFile(_ status: stat) -> String {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: "it is a folder: name a file"
    case S_IFIFO: "it is a pipe, not a file"
    case S_IFCHR, S_IFBLK: "it is a device, not a file"
    default: "it is no file"
    }
  }

  /// The device that is an empty file, under whatever name.
  private static func isNull(_ status: stat) -> Bool {
    var null = stat()
    return stat("/dev/null", &null) == 0 && null.st_rdev == status.st_rdev
  }

  /// What an open file gives from where it stands.
  static func read(_ descriptor: Int32, of file: String, upTo limit: Int) throws -> [UInt8] {
    let tooLarge = FileError.fileTooLarge(file: file, limit: Limits.words(bytes: limit))
    var status = stat()
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    let size = isFile ? Int(status.st_size) : 0
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
        throw FileError.unreadable(file: file, reason: String(cString: strerror(problem)))
      }
      if part.isEmpty { return bytes }
      guard bytes.count + part.count <= limit else { throw tooLarge }
      if bytes.isEmpty { bytes = part } else { bytes += part }
      piece = 1 << 20
    }
  }

  /// Writes beside the target and renames: a reader sees the old file or the new one, never half of it. What is no file, such
  /// as a pipe or a device, is written to and stays what it is.
  package static func write(_ bytes: some Sequence<UInt8>, to file: String) throws {
    if isFolder(file) { throw FileError.unwritable(file: file, reason: "it is a folder: name a file") }
    var status = stat()
    if stat(file, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return try pour(Array(bytes), into: file) }
    do {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
    } catch {
      throw unwritable(file, reason(error))
    }
  }

  private static func pour(_ bytes: [UInt8], into file: String) throws {
    func failure() -> FileError { .unwritable(file: file, reason: String(cString: strerror(errno))) }
    let descriptor = open(file, O_WRONLY)
    guard descriptor >= 0 else { throw failure() }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else {
        defer { close(descriptor) }
        throw failure()
      }
      rest = rest.dropFirst(max(count, 0))
    }
    guard close(descriptor) == 0 else { throw failure() }
  }

  /// The path without symbolic links in it, as SQLite takes a database's; the path itself if it leads nowhere.
  package static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// The same, on the disk when this returns: for what must not be forgotten once something was done because of it.
  package static func writeDurably(_ bytes: some Sequence<UInt8>, to file: String) throws {
    let unfinished = UnfinishedFile(for: file, holding: nil)
    try unfinished.create()
    do {
      try fill(unfinished.path, bytes, named: file)
      try unfinished.replace()
    } catch {
      unfinished.abandon()
      throw error
    }
  }

  /// A new file, whole or not at all.
  ///
  /// - Throws: `FileError.wouldOverwrite` if there is one.
  package static func create(_ bytes: some Sequence<UInt8>, at file: String) throws {
    try makeFolder(of: file)
    let unfinished = UnfinishedFile(for: file, holding: nil)
    try unfinished.create()
    do {
      try fill(unfinished.path, bytes, named: file)
      try unfinished.place()
    } catch {
      unfinished.abandon()
      throw error
    }
  }

  /// Adds to the end of a file, or makes it; on the disk when this returns. Whole or not at all, and beside what other
  /// processes add.
  package static func append(_ bytes: some Sequence<UInt8>, to file: String) throws {
    try makeFolder(of: file)
    try GrowingFile(file).append(bytes)
  }

  /// The folder that a file will lie in, and those above it.
  package static func makeFolder(of file: String) throws {
    do {
      try FileManager.default.createDirectory(
        at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw unwritable(file, reason(error))
    }
  }

  private static func fill(_ path: String, _ bytes: some Sequence<UInt8>, named file: String) throws {
    do {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      try handle.write(contentsOf: Data(bytes))
      try handle.synchronize()
    } catch {
      throw unwritable(file, reason(error))
    }
  }

  /// Has the names in a folder written to the disk, where the system can.
  static func settle(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// The system's words for what failed last.
  package static func systemReason() -> String { String(cString: strerror(errno)) }

  /// The first bytes of a file, at most `count` of them: what it is, without reading it whole.
  package static func head(_ file: String, count: Int) throws -> [UInt8] {
    let descriptor = try descriptor(of: file)
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = pread(descriptor, &bytes, count, 0)
    guard read >= 0 else { throw FileError.unreadable(file: file, reason: systemReason()) }
    return Array(bytes.prefix(read))
  }

  static func start(of descriptor: Int32, count: Int) -> String {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = pread(descriptor, &bytes, count, 0)
    return String(decoding: bytes.prefix(max(read, 0)), as: UTF8.self)
  }

  /// Whether two names lead to one file, by links of any kind too.
  package static func areOne(_ first: String, _ second: String) -> Bool {
    var (one, other) = (stat(), stat())
    return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_dev == other.st_dev
      && one.st_ino == other.st_ino
  }

  package static func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: file) }

  /// Whether something lies there that is neither file nor folder, such as a pipe or a device: what is written to it cannot be
  /// read again, and reading may wait without end.
  package static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  package static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Whether the path itself is a symbolic link, wherever it leads.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether there is a file that has an end: no device, pipe or folder.
  package static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Names of the files directly in a folder, in byte order.
  package static func list(_ folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      let isOther = exists(folder) && !isFolder(folder)
      throw FileError.unreadable(file: folder, reason: isOther ? "it is no folder: name one" : reason(error))
    }
  }

  /// - Parameter reason: in the system's words.
  package static func unwritable(_ file: String, _ reason: String = systemReason()) -> FileError {
    let isTooLong = reason == String(cString: strerror(ENAMETOOLONG))
    return isTooLong ? .nameTooLong(file: file) : .unwritable(file: file, reason: reason)
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
    case NSFileWriteInvalidFileNameError, NSFileReadInvalidFileNameError: return String(cString: strerror(ENAMETOOLONG))
    case NSFileWriteOutOfSpaceError: return "no space left on the disk"
    case NSFileWriteVolumeReadOnlyError: return "the disk is read-only"
    case NSFileReadUnknownError, NSFileWriteUnknownError: return "the system gives no reason"
    default: return cocoa.localizedDescription
    }
  }
}
