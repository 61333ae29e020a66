/// The header of a file in an archive.
struct TarHeader: Hashable {
  static let block = 512
  /// Everything lies in one folder, whatever the archive is called.
  static let folder = "evidence/"

  /// Without that folder.
  let path: String
  let size: Int

  init(path: String, size: Int) {
    self.path = path
    self.size = size
  }

  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.block)
    func put(_ text: String, _ place: Int) { bytes.replaceSubrange(place..<(place + text.utf8.count), with: text.utf8) }
    func octal(_ value: Int, digits: Int) -> String {
      let text = String(value, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    put(String(decoding: (Self.folder + path).utf8.prefix(100), as: UTF8.self), 0)
    put("0000644", 100)
    put("0000000", 108)
    put("0000000", 116)
    put(octal(size, digits: 11), 124)
    put("00000000000", 136)
    put("        ", 148)
    put("0", 156)
    put("ustar\u{0}00", 257)
    put(octal(bytes.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ", 148)
    return bytes
  }

  /// nil for anything but a header that `bytes` would write.
  init?(_ header: [UInt8]) {
    guard header.count == Self.block,
      let name = String(validating: header.prefix(100).prefix { $0 != 0 }, as: UTF8.self),
      name.hasPrefix(Self.folder),
      let size = Int(String(decoding: header[124..<135], as: UTF8.self), radix: 8), size >= 0
    else { return nil }
    self.init(path: String(name.dropFirst(Self.folder.count)), size: size)
    guard bytes == header else { return nil }
  }

  static func padding(_ size: Int) -> Int { (block - size % block) % block }
}
