/// JSON values that follow one another without being lines: as `jq` prints them, or each behind a record separator (RFC 7464).
enum ValueSequence {
  /// The objects of a file that holds nothing else, each with the line on which it begins; nil for any other file.
  static func objects(_ bytes: [UInt8]) -> [(line: Int, bytes: ArraySlice<UInt8>)]? {
    var found: [(line: Int, bytes: ArraySlice<UInt8>)] = []
    var (depth, line, start, startLine) = (0, 1, 0, 1)
    var (isQuoted, isEscaped) = (false, false)
    for (place, byte) in bytes.enumerated() {
      if byte == 0x0A { line += 1 }
      if isQuoted {
        if isEscaped {
          isEscaped = false
        } else if byte == 0x5C {
          isEscaped = true
        } else if byte == 0x22 {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case 0x22:
        guard depth > 0 else { return nil }
        isQuoted = true
      case 0x7B, 0x5B:
        if depth == 0 {
          guard byte == 0x7B else { return nil }
          (start, startLine) = (place, line)
        }
        depth += 1
      case 0x7D, 0x5D:
        depth -= 1
        guard depth >= 0 else { return nil }
        if depth == 0 { found.append((startLine, bytes[start...place])) }
      default:
        guard depth > 0 || byte <= 0x20 else { return nil }
      }
    }
    return depth == 0 && !isQuoted && found.count > 1 ? found : nil
  }
}
