import Foundation

/// A file or folder while it is made: under a name of its own in the folder of what it becomes, which no two runs share and no
/// user gives, `.NAME.0123456789abcdef.unfinished`. It takes its name without replacing anything.
package struct UnfinishedFile {
  /// What it becomes.
  let target: String
  package let path: String

  private static let ending = "unfinished"
  /// What SQLite keeps beside a file.
  private static let sqliteEndings = ["-journal", "-wal", "-shm"]

  /// - Parameter lock: of `target`. With it, whatever else was begun under that name is what a killed process left: it is removed.
  package init(for target: String, holding lock: FileLock?) {
    self.target = target
    path = Self.hidden(target, ending: "\(Self.drawn()).\(Self.ending)")
    guard lock != nil, let names = try? FileManager.default.contentsOfDirectory(atPath: Self.folder(of: target)) else {
      return
    }
    for name in names where Self.isRemains(name, of: target) {
      try? FileManager.default.removeItem(atPath: Self.folder(of: target) + "/" + name)
    }
  }

  /// An empty file, made by nobody else.
  package func create() throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileBytes.unwritable(target) }
    close(descriptor)
  }

  /// Gives a file its name.
  ///
  /// - Parameter emptyToo: whether an empty file may stand there, as `mktemp` leaves one.
  /// - Throws: `FileError.wouldOverwrite` if there is another.
  package func place(overEmpty emptyToo: Bool = false) throws {
    if link(path, target) == 0 {
      unlink(path)
      return FileBytes.settle(Self.folder(of: target))
    }
    if errno == EEXIST {
      guard emptyToo, Self.isEmptyFile(target) else { throw FileError.wouldOverwrite(file: target) }
    } else {
      // A file system without links: the name is reserved first, which only one run can do.
      let reserved = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard reserved >= 0 else {
        if errno == EEXIST { throw FileError.wouldOverwrite(file: target) }
        throw FileBytes.unwritable(target)
      }
      close(reserved)
      do {
        return try move()
      } catch {
        // The reservation is ours; nobody is to find an empty file in place of what was to be made.
        unlink(target)
        throw error
      }
    }
    try move()
  }

  /// Gives a folder its name: the system refuses where a file or a folder with anything in it stands.
  package func placeFolder() throws {
    var status = stat()
    if lstat(target, &status) == 0 { throw FileError.wouldOverwrite(file: target) }
    try move()
  }

  /// Gives a file its name, whatever stands there.
  func replace() throws { try move() }

  package func abandon() {
    for ending in [""] + Self.sqliteEndings { try? FileManager.default.removeItem(atPath: path + ending) }
  }

  private func move() throws {
    guard rename(path, target) == 0 else {
      if [EEXIST, ENOTEMPTY, ENOTDIR, EISDIR].contains(errno) { throw FileError.wouldOverwrite(file: target) }
      throw FileBytes.unwritable(target)
    }
    FileBytes.settle(Self.folder(of: target))
  }
}

extension UnfinishedFile {
  static func folder(of target: String) -> String {
    // By bytes: a name may begin with a mark that joins the slash before it.
    guard let slash = target.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == target.startIndex ? "/" : String(target[..<slash])
  }

  /// A name that begins with a dot, beside `target`. A long name is told by its hash: names end at 255 bytes.
  static func hidden(_ target: String, ending: String) -> String {
    "\(folder(of: target))/\(stem(of: target)).\(ending)"
  }

  static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
    var (held, named) = (stat(), stat())
    return fstat(descriptor, &held) == 0 && lstat(path, &named) == 0
      && (held.st_dev, held.st_ino) == (named.st_dev, named.st_ino)
  }

  private static func stem(of target: String) -> String {
    let name = target.unicodeScalars.split(separator: "/").last.map(String.init) ?? target
    return "." + (name.utf8.count <= 180 ? name : Digest(of: name).hex)
  }

  private static func drawn() -> String { Hexadecimal.text((0..<8).map { _ in .random(in: .min ... .max) }) }

  private static func isRemains(_ name: String, of target: String) -> Bool {
    let start = stem(of: target) + "."
    guard name.utf8.starts(with: start.utf8) else { return false }
    let rest = name.dropFirst(start.count)
    guard rest.prefix(16).utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
      return false
    }
    return ([""] + sqliteEndings).contains { rest.dropFirst(16) == ".\(ending)\($0)" }
  }

  private static func isEmptyFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size == 0
  }
}
