import Foundation

/// Looks for a key as somebody would who has a file and time: by decoding whatever can be decoded, by other means than the
/// program's own.
package enum KeyDecoding {
  /// - Returns: how the key was found; nil if it was not.
  package static func finding(_ key: String, in bytes: [UInt8]) -> String? {
    let sought = core(key)
    return readings(of: bytes).first { core($0.1).range(of: sought) != nil }?.0
  }

  /// Latin letters in lower case, and the decimal digits of any script.
  private static func core(_ text: String) -> Data {
    var kept = Data()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: kept.append(UInt8(scalar.value))
      case 0x41...0x5A: kept.append(UInt8(scalar.value + 0x20))
      case 0x80...: if scalar.properties.numericType == .decimal { kept.append(contentsOf: String(scalar).utf8) }
      default: break
      }
    }
    return kept
  }

  private static func readings(of bytes: [UInt8]) -> [(String, String)] {
    let data = Data(bytes)
    // Bytes, not UTF-8: a file that holds anything.
    let text = String(decoding: bytes, as: UTF8.self)
    var found = [("plain", text), ("reversed", String(text.reversed())), ("tags of Unicode", tagged(text))]
    for (name, encoding) in [
      ("utf-16 le", String.Encoding.utf16LittleEndian), ("utf-16 be", .utf16BigEndian),
      ("utf-32 le", .utf32LittleEndian), ("utf-32 be", .utf32BigEndian),
    ] {
      if let wide = String(data: data, encoding: encoding) { found.append((name, wide)) }
    }
    var layer = text
    for depth in 1...80 {
      let next = unescaped(layer)
      guard next != layer else { break }
      found.append(("escapes, layer \(depth)", next))
      layer = next
    }
    for (name, spelling) in found {
      found.append(("\(name) without tags", replacing("<[^>]*>", in: spelling, with: "")))
      found.append(("\(name) with look-alikes", spelling.precomposedStringWithCompatibilityMapping))
    }
    // What was read once need not be read under another name: most files spell most of what they hold in one way.
    var known: Set<String> = []
    found.removeAll { !known.insert($0.1).inserted }
    var decoded: Set<String> = []
    func base64(_ text: String) -> [String] {
      runs("[A-Za-z0-9+/_-]{12,}", in: text).filter { decoded.insert($0).inserted }.flatMap(Self.unpacked)
    }
    for (name, spelling) in found {
      // Unbroken first: what ends one run of letters joins two others.
      for (kind, run) in [("", spelling), ("broken ", replacing(#"\\[nrt]|\s"#, in: spelling, with: ""))] {
        let once = base64(run)
        found += (once + once.flatMap(base64)).map { ("\(kind)base64 in \(name)", $0) }
      }
      found += hexadecimal(spelling).map { ("hexadecimal in \(name)", $0) }
    }
    for (name, joined) in pieces(bytes) {
      found.append(("joined \(name)", joined))
      found += base64(joined).map { ("base64 in joined \(name)", $0) }
      found.append(("escapes in joined \(name)", unescaped(joined)))
    }
    return found
  }

  private static func unescaped(_ text: String) -> String {
    var result = text
    for (pattern, radix) in [
      (#"\\u([0-9a-fA-F]{4})"#, 16), (#"\\x([0-9a-fA-F]{2})"#, 16), (#"%([0-9a-fA-F]{2})"#, 16),
      (#"&#0*([0-9]+);?"#, 10), (#"&#[xX]0*([0-9a-fA-F]+);?"#, 16), (#"=([0-9a-fA-F]{2})"#, 16),
      (#"\\([0-3][0-7]{2})"#, 8),
    ] {
      guard let expression = try? NSRegularExpression(pattern: pattern) else { continue }
      let whole = result as NSString
      var rebuilt = ""
      var at = 0
      for match in expression.matches(in: result, range: NSRange(location: 0, length: whole.length)) {
        rebuilt += whole.substring(with: NSRange(location: at, length: match.range.location - at))
        let code = UInt32(whole.substring(with: match.range(at: 1)), radix: radix) ?? 0xFFFD
        rebuilt.unicodeScalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        at = match.range.location + match.range.length
      }
      result = rebuilt + whole.substring(from: at)
    }
    return result.replacingOccurrences(of: "&amp;", with: "&").replacingOccurrences(of: "\\/", with: "/")
      .replacingOccurrences(of: "\\\\", with: "\\")
  }

  private static func replacing(_ pattern: String, in text: String, with replacement: String) -> String {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return text }
    let range = NSRange(location: 0, length: (text as NSString).length)
    return expression.stringByReplacingMatches(in: text, range: range, withTemplate: replacement)
  }

  /// The invisible letters of Unicode's tags.
  private static func tagged(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          (0xE0020...0xE007E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xE0000) ?? scalar : scalar
        }))
  }

  private static func runs(_ pattern: String, in text: String) -> [String] {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return [] }
    let whole = text as NSString
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
      whole.substring(with: $0.range)
    }
  }

  /// What a run of letters says in base64, wherever its groups of four begin.
  private static func unpacked(_ run: String) -> [String] {
    let standard = run.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    return (0..<4).flatMap { skipped -> [String] in
      let part = String(standard.dropFirst(skipped))
      let padded = String(part.prefix(part.count / 4 * 4))
      let whole = part + String(repeating: "=", count: (4 - part.count % 4) % 4)
      return [padded, whole].compactMap { Data(base64Encoded: $0) }.flatMap { data in
        [String(decoding: data, as: UTF8.self), String(decoding: data.filter { $0 != 0 }, as: UTF8.self)]
      }
    }
  }

  private static func hexadecimal(_ text: String) -> [String] {
    runs("(?:[0-9a-fA-F]{2}[ :,-]?){10,}", in: text).map { run in
      let digits = Array(run.utf8.filter { Character(Unicode.Scalar($0)).isHexDigit })
      let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// All strings and small numbers of a body, of its events or of its lines, by the names before them.
  private static func pieces(_ bytes: [UInt8]) -> [(String, String)] {
    var texts: [String: String] = [:]
    var numbers: [String: [UInt8]] = [:]
    // By all names above, and by these with the place in the innermost list.
    func walk(_ value: Any, _ path: String, _ index: Int) {
      switch value {
      case let text as String:
        texts[path, default: ""] += text
        texts["\(path) at \(index)", default: ""] += text
      case let number as NSNumber:
        if let byte = UInt8(exactly: abs(number.doubleValue)) { numbers[path, default: []].append(byte) }
      case let list as [Any]: list.enumerated().forEach { walk($1, path, $0) }
      case let members as [String: Any]:
        // Several answers may come in turn in one stream.
        let choice = (members["index"] as? Int).map { "\($0)" } ?? ""
        for key in members.keys.sorted() {
          texts["names of \(path)", default: ""] += key
          if let member = members[key] { walk(member, "\(path)\(choice).\(key)", index) }
        }
      default: break
      }
    }
    let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: .newlines)
    // Of lines that are no JSON, too: the values behind each name.
    for line in lines {
      guard let expression = try? NSRegularExpression(pattern: #""(\w+)"\s*:\s*"([^"\\]*)""#) else { continue }
      for match in expression.matches(in: line, range: NSRange(location: 0, length: (line as NSString).length)) {
        let name = (line as NSString).substring(with: match.range(at: 1))
        texts["values of \(name)", default: ""] += (line as NSString).substring(with: match.range(at: 2))
      }
    }
    let documents = [Data(bytes)] + lines.map { Data(($0.hasPrefix("data:") ? String($0.dropFirst(5)) : $0).utf8) }
    for document in documents {
      if let value = try? JSONSerialization.jsonObject(with: document, options: .fragmentsAllowed) {
        walk(value, "", 0)
      }
    }
    texts["events"] = lines.filter { $0.hasPrefix("data:") }.map {
      $0.dropFirst(5).trimmingCharacters(in: .whitespaces)
    }
    .joined()
    return texts.map { ($0.key, $0.value) }
      + numbers.map { ("numbers of \($0.key)", String(decoding: $0.value, as: UTF8.self)) }
  }
}
