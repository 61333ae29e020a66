import Formats

/// An archive that `EvidenceTarSink` wrote, to the byte: its files in their order, and nothing may hide between them.
///
/// Bodies are its many files, and stand in the order of their digests: of each it keeps digest and place, no path.
struct EvidenceTar: EvidenceSource {
  private struct Place {
    let offset: Int
    let size: Int
  }

  let name: String
  private let file: InputFile
  private var places: [String: Place] = [:]
  private var bodies: [(digest: Digest, place: Place)] = []

  init(_ path: String) throws {
    name = path
    guard let file = try InputFile(path) else {
      throw FileError.unreadable(file: path, reason: "no such file or folder")
    }
    self.file = file
    var at = 0
    var last: [Int] = []
    func defective() -> EvidenceError {
      at == 0 ? .noEvidence(file: path) : .tarDefective(file: path, offset: at)
    }
    while at + TarHeader.block <= file.size {
      let block = try file.bytes(from: at, count: TarHeader.block)
      if block.allSatisfy({ $0 == 0 }) { break }
      guard let header = TarHeader(block), !contains(header.path) else { throw defective() }
      let place = Place(offset: at + TarHeader.block, size: header.size)
      let padding = TarHeader.padding(header.size)
      let next = place.offset + header.size + padding
      guard next <= file.size,
        try file.bytes(from: next - padding, count: padding).allSatisfy({ $0 == 0 })
      else { throw defective() }
      // What no evidence has is told as a stray.
      if let order = EvidenceLayout.order(of: header.path) {
        guard !order.lexicographicallyPrecedes(last) else { throw defective() }
        last = order
      }
      if let digest = EvidenceManifest.body(at: header.path) {
        guard bodies.last.map({ $0.digest < digest }) ?? true else { throw defective() }
        bodies.append((digest, place))
      } else {
        places[header.path] = place
      }
      at = next
    }
    guard !places.isEmpty, at + 2 * TarHeader.block == file.size,
      try file.bytes(from: at, count: 2 * TarHeader.block).allSatisfy({ $0 == 0 })
    else { throw defective() }
  }

  func forEachPath(_ body: (String) throws -> Void) throws {
    for path in places.keys { try body(path) }
    for (digest, _) in bodies { try body(EvidenceManifest.path(ofBody: digest)) }
  }

  func contains(_ path: String) -> Bool { place(of: path) != nil }

  func bytes(of path: String, from offset: Int, count: Int) throws -> [UInt8] {
    guard let place = place(of: path), offset < place.size else { return [] }
    return try file.bytes(from: place.offset + offset, count: min(count, place.size - offset))
  }

  private func place(of path: String) -> Place? {
    guard let digest = EvidenceManifest.body(at: path) else { return places[path] }
    let index = bodies.partitionPoint { $0.digest < digest }
    return index < bodies.count && bodies[index].digest == digest ? bodies[index].place : nil
  }
}
