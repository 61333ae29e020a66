import Foundation

/// How the characters of a file are written. UTF-8 and UTF-16 show themselves; code pages do not, and are named by who knows.
package enum TextEncoding: String, CaseIterable, Hashable, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case windows1252 = "windows-1252"
  case windows1250 = "windows-1250"
  case windows1251 = "windows-1251"
  case latin1 = "latin-1"
  case macRoman = "mac-roman"
  case shiftJIS = "shift-jis"
  case eucJP = "euc-jp"

  /// The bytes as UTF-8, without a byte order mark; nil for bytes that are not of this encoding.
  package func utf8(_ bytes: [UInt8]) -> [UInt8]? {
    switch self {
    case .utf8:
      let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
      return String(validating: body, as: UTF8.self) == nil ? nil : body
    case .utf16: return Self.fromUTF16(bytes)
    case .windows1252, .windows1250, .windows1251, .latin1, .macRoman, .shiftJIS, .eucJP:
      return String(data: Data(bytes), encoding: foundation).map { Array($0.utf8) }
    }
  }

  /// The bytes of a file that shows how it is written: those of UTF-16 as UTF-8, all others as they are.
  ///
  /// - Throws: `FileError.binary` for a file that is no text.
  package static func shown(by bytes: [UInt8], file: String) throws -> [UInt8] {
    if let kind = BinaryFile(bytes) { throw FileError.binary(file: file, kind) }
    return isUTF16(bytes) ? utf16.utf8(bytes) ?? bytes : bytes
  }

  private var foundation: String.Encoding {
    switch self {
    case .utf8: .utf8
    case .utf16: .utf16
    case .windows1252: .windowsCP1252
    case .windows1250: .windowsCP1250
    case .windows1251: .windowsCP1251
    case .latin1: .isoLatin1
    case .macRoman: .macOSRoman
    case .shiftJIS: .shiftJIS
    case .eucJP: .japaneseEUC
    }
  }

  /// Begins with a byte order mark, or has a zero in every other byte of its beginning, as text of few scripts has.
  package static func isUTF16(_ bytes: [UInt8]) -> Bool {
    // Four bytes to a character is another encoding, which begins like this one.
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return false }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
    let head = bytes.prefix(64)
    guard head.count >= 4, head.count.isMultiple(of: 2) else { return false }
    let zeros = head.enumerated().filter { $0.element == 0 }.map { $0.offset % 2 }
    return 4 * zeros.count >= head.count && Set(zeros).count == 1
  }

  private static func fromUTF16(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let marked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let isBigEndian = marked ? bytes[0] == 0xFE : bytes.first == 0
    let units = stride(from: marked ? 2 : 0, to: bytes.count, by: 2).map { place in
      let (one, other) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isBigEndian ? one << 8 | other : other << 8 | one
    }
    return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
  }
}
