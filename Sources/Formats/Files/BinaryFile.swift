/// Files that people have in place of answers as text: what they are, by their first bytes, and what makes text of them.
package enum BinaryFile: String, CaseIterable, Hashable, Sendable {
  case parquet, arrow, spreadsheet, zip, zstandard, xz, bzip2, hdf5, pickle, numpy, sqlite, pdf, tar
  /// The name of a large file, as Git keeps it until somebody fetches the file.
  case pointer
  case webPage

  /// - Returns: nil for what may be text.
  package init?(_ bytes: [UInt8]) {
    func begins(_ mark: [UInt8]) -> Bool { bytes.starts(with: mark) }
    if begins(Array("PAR1".utf8)) {
      self = .parquet
    } else if begins(Array("ARROW1".utf8)) {
      self = .arrow
    } else if begins([0xD0, 0xCF, 0x11, 0xE0]) {
      self = .spreadsheet
    } else if begins([0x50, 0x4B, 0x03, 0x04]) {
      // Workbooks are archives of files with these names.
      let head = String(decoding: bytes.prefix(4_096), as: UTF8.self)
      self = head.contains("[Content_Types].xml") || head.contains("xl/") ? .spreadsheet : .zip
    } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstandard
    } else if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
      self = .xz
    } else if begins(Array("BZh".utf8)), bytes.count > 9, bytes[4...].starts(with: [0x31, 0x41, 0x59]) {
      self = .bzip2
    } else if begins([0x89, 0x48, 0x44, 0x46]) {
      self = .hdf5
    } else if bytes.count > 2, bytes[0] == 0x80, (2...5).contains(bytes[1]) {
      self = .pickle
    } else if begins([0x93] + Array("NUMPY".utf8)) {
      self = .numpy
    } else if begins(Array("SQLite format 3".utf8)) {
      self = .sqlite
    } else if begins(Array("%PDF-".utf8)) {
      self = .pdf
    } else if bytes.count > 262, bytes[257...].starts(with: "ustar".utf8), bytes[262...].prefix(3).contains(0) {
      self = .tar
    } else if begins(Array("version https://git-lfs".utf8)) || begins(Array("/annex/objects/".utf8)) {
      self = .pointer
    } else if ["<!doctype html", "<html"].contains(where: { Self.head(bytes).starts(with: $0.utf8) }) {
      self = .webPage
    } else {
      return nil
    }
  }

  /// The beginning behind white space, in lower case.
  private static func head(_ bytes: [UInt8]) -> [UInt8] {
    bytes.prefix(64).drop { $0 <= 0x20 }.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
  }
}
