import Foundation

/// Evidence as it is read: files by their paths, a piece at a time.
package protocol EvidenceSource: Sendable {
  /// What it is called in messages.
  var name: String { get }
  /// Paths of all files, in no order.
  func paths() throws -> [String]
  /// Hands out the file in pieces. A file that is not there has none.
  func forEachPiece(of path: String, _ body: ([UInt8]) throws -> Void) throws
}

extension EvidenceSource {
  func bytes(_ path: String) throws -> [UInt8] {
    var whole: [UInt8] = []
    try forEachPiece(of: path) { whole += $0 }
    return whole
  }

  /// Hands out each line without its end, and whether it had one.
  func forEachLine(of path: String, _ body: (ArraySlice<UInt8>, _ isWhole: Bool) throws -> Void) throws {
    var rest: [UInt8] = []
    try forEachPiece(of: path) { piece in
      rest += piece
      var start = 0
      while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
        try body(rest[start..<end], true)
        start = end + 1
      }
      rest.removeFirst(start)
    }
    if !rest.isEmpty { try body(rest[...], false) }
  }

  func digest(_ path: String) throws -> Digest {
    var digest = Digest.Running()
    try forEachPiece(of: path) { digest.add($0) }
    return digest.finished
  }
}

/// A folder or an archive, by what lies at the path.
package enum EvidencePlace {
  /// - Throws: `CaseFileError` if neither is there.
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

  func paths() throws -> [String] {
    do {
      return try FileManager.default.subpathsOfDirectory(atPath: name).filter { !FileBytes.isFolder("\(name)/\($0)") }
    } catch {
      throw CaseFileError.unreadable(file: name, reason: FileBytes.reason(error))
    }
  }

  func forEachPiece(of path: String, _ body: ([UInt8]) throws -> Void) throws {
    try FilePieces.forEach(of: "\(name)/\(path)", from: 0, length: .max, body)
  }
}

/// An archive that `EvidenceTarSink` wrote, to the byte: nothing may hide between its files.
struct EvidenceTar: EvidenceSource {
  let name: String
  private let places: [String: (offset: Int, size: Int)]

  init(_ path: String) throws {
    name = path
    guard FileBytes.exists(path) else {
      throw CaseFileError.unreadable(file: path, reason: "no such file or folder")
    }
    let whole = try FileBytes.mapped(path)
    var places: [String: (offset: Int, size: Int)] = [:]
    var at = 0
    func defective() -> CaseFileError {
      at == 0 ? .custody(file: path, .noEvidence) : .custody(file: path, .tarDefective(offset: at))
    }
    while at + TarHeader.block <= whole.count {
      let block = Array(whole[at..<(at + TarHeader.block)])
      if block.allSatisfy({ $0 == 0 }) { break }
      guard let header = TarHeader(block), places[header.path] == nil else { throw defective() }
      let end = at + TarHeader.block + header.size
      let next = end + TarHeader.padding(header.size)
      guard next <= whole.count, whole[end..<next].allSatisfy({ $0 == 0 }) else { throw defective() }
      places[header.path] = (at + TarHeader.block, header.size)
      at = next
    }
    guard !places.isEmpty, at + 2 * TarHeader.block == whole.count, whole[at...].allSatisfy({ $0 == 0 }) else {
      throw defective()
    }
    self.places = places
  }

  func paths() -> [String] { Array(places.keys) }

  func forEachPiece(of path: String, _ body: ([UInt8]) throws -> Void) throws {
    guard let place = places[path] else { return }
    try FilePieces.forEach(of: name, from: place.offset, length: place.size, body)
  }
}

/// A file read in pieces of a megabyte.
private enum FilePieces {
  static func forEach(of path: String, from offset: Int, length: Int, _ body: ([UInt8]) throws -> Void) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return }
      throw CaseFileError.unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var left = length
    var at = off_t(offset)
    while left > 0 {
      let wanted = min(left, 1 << 20)
      let piece = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        count = max(0, pread(descriptor, buffer.baseAddress, wanted, at))
        if count == 0, errno == EIO { throw CaseFileError.unreadable(file: path, reason: "the disk failed") }
      }
      guard !piece.isEmpty else { return }
      try body(piece)
      left -= piece.count
      at += off_t(piece.count)
    }
  }
}
