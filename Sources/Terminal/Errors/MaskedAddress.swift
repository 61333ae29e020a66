/// What was typed as an address, as errors repeat it: they end in logs, and addresses may hold passwords and keys.
enum MaskedAddress {
  /// The word without a user's name and password, and without a query. A word that can hold neither stays as it is.
  static func of(_ word: String) -> String {
    // By bytes: what follows a sign may be a mark that joins it.
    let bytes = Array(word.utf8)
    var start = 0
    if let colon = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) { start = colon + 3 }
    var end = bytes.count
    var query: ArraySlice<UInt8> = []
    if let mark = bytes.firstIndex(of: UInt8(ascii: "?")), start > 0 || bytes[mark...].contains(UInt8(ascii: "=")) {
      query = Array("?…".utf8) + (bytes[mark...].firstIndex(of: UInt8(ascii: "#")).map { bytes[$0...] } ?? [])
      end = mark
    }
    var shown = bytes[..<end]
    // Also of a password with a slash or # in it that should have been escaped.
    if let at = shown.lastIndex(of: UInt8(ascii: "@")), start > 0 || shown[..<at].contains(UInt8(ascii: ":")) {
      shown = shown[..<start] + Array("…".utf8) + shown[at...]
    }
    return String(decoding: shown + query, as: UTF8.self)
  }
}
