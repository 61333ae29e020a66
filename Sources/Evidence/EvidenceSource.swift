import Formats
import Foundation

/// Evidence as it is read: files by their paths, a piece at a time.
package protocol EvidenceSource: Sendable {
  /// What it is called in messages.
  var name: String { get }
  /// Hands out the path of everything that is here, in no order; of a folder only if it is empty, with a slash behind it.
  func forEachPath(_ body: (String) throws -> Void) throws
  /// Whether a regular file is there: no link, pipe or socket, which can be something else at the next look.
  func contains(_ path: String) -> Bool
  /// Up to `count` bytes of a file; fewer only at its end, none if it is not there.
  func bytes(of path: String, from offset: Int, count: Int) throws -> [UInt8]
}

extension EvidenceSource {
  /// A whole file; nothing of one that is larger than `limit`, as if it said nothing.
  func bytes(_ path: String, upTo limit: Int = Limits.evidenceBytes) throws -> [UInt8] {
    var whole: [UInt8] = []
    var offset = 0
    while true {
      let piece = try bytes(of: path, from: offset, count: EvidenceLines.piece)
      whole += piece
      offset += piece.count
      guard offset <= limit else { return [] }
      guard piece.count == EvidenceLines.piece else { return whole }
    }
  }

  func digest(_ path: String) throws -> Digest {
    var digest = Digest.Running()
    try forEachPiece(of: path) { digest.add($0) }
    return digest.finished
  }

  /// Hands out each line without its end, and whether it had one; of a line that is too long, its beginning, and then no more.
  func forEachLine(of path: String, _ body: (ArraySlice<UInt8>, _ isWhole: Bool) throws -> Void) throws {
    var lines = EvidenceLines(self, path)
    while let line = try lines.next() { try body(line.bytes, line.isWhole) }
  }

  private func forEachPiece(of path: String, _ body: ([UInt8]) throws -> Void) throws {
    var offset = 0
    while true {
      let piece = try bytes(of: path, from: offset, count: EvidenceLines.piece)
      if !piece.isEmpty { try body(piece) }
      guard piece.count == EvidenceLines.piece else { return }
      offset += piece.count
    }
  }
}

/// The lines of a file, one after the other when they are asked for.
struct EvidenceLines {
  static let piece = 1 << 18

  private let source: any EvidenceSource
  private let path: String
  private var offset = 0
  private var hasEnded = false
  private var buffer: [UInt8] = []
  private var place = 0

  init(_ source: any EvidenceSource, _ path: String) {
    self.source = source
    self.path = path
  }

  /// A line without its end, and whether it had one; nil after the last. One that is too long is handed out as one that is cut
  /// off, and nothing behind it.
  mutating func next() throws -> (bytes: ArraySlice<UInt8>, isWhole: Bool)? {
    var searched = place
    while true {
      let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n"))
      if (end ?? buffer.count) - place > Limits.lineBytes {
        let start = buffer[place..<place + Limits.lineBytes]
        (buffer, place, hasEnded) = ([], 0, true)
        return (start, false)
      }
      if let end {
        defer { place = end + 1 }
        return (buffer[place..<end], true)
      }
      if hasEnded {
        guard place < buffer.count else { return nil }
        defer { place = buffer.count }
        return (buffer[place...], false)
      }
      buffer.removeFirst(place)
      (searched, place) = (buffer.count, 0)
      let piece = try source.bytes(of: path, from: offset, count: Self.piece)
      offset += piece.count
      hasEnded = piece.count < Self.piece
      buffer += piece
    }
  }
}

/// A folder or an archive, by what lies at the path.
package enum EvidencePlace {
  /// - Throws: `FileError` if neither is there.
  package static func open(_ path: String) throws -> any EvidenceSource {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    if FileBytes.isFolder(trimmed) { return EvidenceFolder(name: trimmed) }
    return try EvidenceTar(trimmed)
  }

  /// Whether an export under this name is evidence, not a folder of transcripts.
  package static func isMeant(by path: String) -> Bool {
    path.hasSuffix(".tar") || path.hasSuffix(".evidence") || path.hasSuffix(".evidence/")
  }
}

struct EvidenceFolder: EvidenceSource {
  let name: String

  func forEachPath(_ body: (String) throws -> Void) throws {
    try list("", depth: 0, body)
  }

  /// Evidence has files three folders deep; what lies deeper is a stray wherever it lies.
  private static let deepest = 16

  /// - Parameter folder: with a slash behind it, or empty.
  private func list(_ folder: String, depth: Int, _ body: (String) throws -> Void) throws {
    guard depth < Self.deepest, let stream = opendir("\(name)/\(folder)") else {
      guard depth > 0 else { throw FileError.unreadable(file: name, reason: String(cString: strerror(errno))) }
      return try body(folder)
    }
    var folders: [String] = []
    var isEmpty = true
    // Closed before the folders in it are read: a tree may be deep, and descriptors are few.
    do {
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let entryName = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard entryName != ".", entryName != ".." else { continue }
        isEmpty = false
        if Self.kind("\(name)/\(folder)\(entryName)") == S_IFDIR {
          folders.append("\(folder)\(entryName)/")
        } else {
          try body(folder + entryName)
        }
      }
    }
    if isEmpty, depth > 0 { try body(folder) }
    for inner in folders { try list(inner, depth: depth + 1, body) }
  }

  /// What lies there itself, links not followed; nil if nothing does.
  private static func kind(_ path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  func contains(_ path: String) -> Bool { Self.kind("\(name)/\(path)") == S_IFREG }

  func bytes(of path: String, from offset: Int, count: Int) throws -> [UInt8] {
    guard contains(path), let file = try InputFile("\(name)/\(path)") else { return [] }
    return try file.bytes(from: offset, count: count)
  }
}
