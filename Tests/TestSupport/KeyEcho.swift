import CZlib
import Foundation

/// Ways in which an endpoint can send back the key that it was sent.
package enum KeyEcho: String, CaseIterable, Sendable {
  case plain, upperCase, cut, escaped, escapedBroken, escapedTwice, slashes, base64, base64Second, base64Third,
    base64URL
  case base64Lines, base64Wide, base64Twice, percent, percentTwice, percentMixed, entities, entitiesHexadecimal
  case entitiesPadded, entitiesOfEntities, quotedPrintable, hexadecimal, hexadecimalSpaced, octal, decimals
  /// As log-probabilities are.
  case negativeDecimals
  case utf16Little, utf16Big, utf32Little, utf32Big, gzip, zlib, deflate, gzipUnnamed, brotliClaimed
  case zeroWidth, spaced, tags, fullWidth, invisible, reversed
  case answer, answerParts, model, modelAndFingerprint, fingerprint, finish, errorCode, errorList, toolArguments
  case streamEscaped, streamSplit, streamLetters, streamReasoning, streamPlain, streamBase64, streamChoices
  case tokens, tokenBytes, topTokens, topNames, headers, headerNames, headersSplit, reason
  case gzipFourTimes, percentDeep, percentDeeper, streamReturns, streamOtherChoice, manyPlaces, deepLists

  private struct Parts {
    let key: String
    let halves: [String]
    let letters: [String]

    init(_ key: String) {
      self.key = key
      let half = key.count / 2
      halves = [String(key.prefix(half)), String(key.dropFirst(half))]
      letters = key.map(String.init)
    }
  }

  /// The helper that looks for keys takes no compressed bodies apart.
  package var isCompressed: Bool {
    [.gzip, .zlib, .deflate, .gzipUnnamed, .gzipFourTimes, .brotliClaimed].contains(self)
  }

  /// The body holds nothing of the key.
  package var isOutsideBody: Bool { [.headers, .headerNames, .headersSplit, .reason].contains(self) }

  package func status() -> String {
    switch self {
    case .plain, .upperCase, .cut, .escaped, .escapedBroken, .escapedTwice, .slashes, .percent, .entities, .errorCode,
      .errorList:
      "500 Internal Server Error"
    default: "200 OK"
    }
  }

  /// - Returns: the body of a response, and its headers.
  package func response(_ key: String) -> (body: [UInt8], headers: [(String, String)]) {
    var headers = [("Content-Type", "application/json")]
    switch self {
    case .gzip: headers.append(("Content-Encoding", "gzip"))
    case .gzipFourTimes: headers.append(("Content-Encoding", "gzip, gzip, gzip, gzip"))
    case .zlib, .deflate: headers.append(("Content-Encoding", "deflate"))
    case .brotliClaimed: headers.append(("Content-Encoding", "br"))
    case .headers: headers += [("X-Request-Id", key), ("Server", key.uppercased()), ("Retry-After", "0")]
    case .headerNames: headers.append(("X-RateLimit-\(key)", "1"))
    case .headersSplit:
      headers += [("X-Request-Id", Parts(key).halves[0]), ("Via", Parts(key).halves[1])]
    default: break
    }
    return (body(key), headers)
  }

  private func body(_ key: String) -> [UInt8] {
    let parts = Parts(key)
    let bytes = Array(key.utf8)
    func error(_ text: String) -> [UInt8] { Array(#"{"error":{"message":"bad key \#(text) sent","type":"t"}}"#.utf8) }
    func numbers(_ radix: Int, width: Int, before: String = "", behind: String = "") -> String {
      bytes.map {
        let digits = String($0, radix: radix)
        return before + String(repeating: "0", count: max(0, width - digits.count)) + digits + behind
      }.joined()
    }
    func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
    func wide(_ encoding: String.Encoding) -> [UInt8] { Array("the key is \(key)!".data(using: encoding) ?? Data()) }
    switch self {
    case .plain: return error(key)
    case .upperCase: return error(key.uppercased())
    case .cut: return error(String(key.dropLast()))
    case .escaped: return error(numbers(16, width: 4, before: "\\u"))
    case .escapedBroken: return error(numbers(16, width: 4, before: "\\u")).dropLast()
    case .escapedTwice: return error(numbers(16, width: 4, before: "\\\\u"))
    case .slashes: return error(parts.letters.joined(separator: "\\/"))
    case .base64: return error(base64(bytes))
    case .base64Second: return error(base64(Array("x".utf8) + bytes + Array("yy".utf8)))
    case .base64Third: return error(base64(Array("xx".utf8) + bytes + Array("y".utf8)))
    case .base64URL:
      return error(base64(bytes).replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_"))
    case .base64Lines: return error(base64(bytes).map(String.init).joined(separator: "\\n"))
    case .base64Wide: return error(base64(bytes.flatMap { [$0, 0] as [UInt8] }))
    case .base64Twice: return error(base64(Array(base64(bytes).utf8)))
    case .percent: return error(numbers(16, width: 2, before: "%"))
    case .percentTwice: return error(numbers(16, width: 2, before: "%25"))
    case .percentMixed:
      return error(
        zip(parts.letters, bytes).enumerated().map { $0 % 2 == 0 ? $1.0 : "%" + String($1.1, radix: 16) }.joined())
    case .entities: return error(numbers(10, width: 1, before: "&#", behind: ";"))
    case .entitiesHexadecimal: return error(numbers(16, width: 1, before: "&#x", behind: ";"))
    case .entitiesPadded: return error(numbers(10, width: 12, before: "&#", behind: ""))
    case .entitiesOfEntities: return error(numbers(10, width: 1, before: "&amp;#", behind: ";"))
    case .quotedPrintable: return error(numbers(16, width: 2, before: "="))
    case .hexadecimal: return error(numbers(16, width: 2))
    case .hexadecimalSpaced: return error(numbers(16, width: 2, behind: ":"))
    case .octal: return error(numbers(8, width: 3, before: "\\\\"))
    case .decimals: return Array("{\"bytes\":[\(bytes.map(String.init).joined(separator: ", "))]}".utf8)
    case .negativeDecimals:
      return Array("{\"logprobs\":[\(bytes.map { "-\($0)" }.joined(separator: ", "))]}".utf8)
    case .utf16Little: return wide(.utf16LittleEndian)
    case .utf16Big: return wide(.utf16BigEndian)
    case .utf32Little: return wide(.utf32LittleEndian)
    case .utf32Big: return wide(.utf32BigEndian)
    case .gzip, .gzipUnnamed: return Self.compressed(Self.chat("key: \(key)"), window: 15 + 16)
    case .gzipFourTimes:
      return (0..<4).reduce(Self.chat("key: \(key)")) { packed, _ in Self.compressed(packed, window: 15 + 16) }
    case .percentDeep: return error(numbers(16, width: 2, before: "%" + String(repeating: "25", count: 20)))
    case .percentDeeper: return error(numbers(16, width: 2, before: "%" + String(repeating: "25", count: 60)))
    // Each event leaves a string, a list and an object open, and ends as one may without a line feed.
    case .streamReturns:
      return Array(
        parts.letters.map { "data: {\"c\":[{\"content\":\"\($0)\"},\"noise\",\"noise\r\r" }.joined().utf8)
    case .manyPlaces:
      let places = (0..<5_000).map { "\"n\($0)\":\"v\"" }.joined(separator: ",")
      return Array("{\(places),\"list\":[\(Self.withNoise(parts.letters))]}".utf8)
    case .deepLists:
      let depth = 70
      return Array(
        (String(repeating: "[", count: depth) + Self.withNoise(parts.letters) + String(repeating: "]", count: depth))
          .utf8)
    case .zlib: return Self.compressed(Self.chat("key: \(key)"), window: 15)
    case .deflate: return Self.compressed(Self.chat("key: \(key)"), window: -15)
    case .brotliClaimed: return [0x1B, 0x40, 0x00, 0xF8, 0xA5, 0x9D, 0xC2, 0x84, 0x00]
    case .zeroWidth: return error(parts.letters.joined(separator: "\u{200B}"))
    case .spaced: return error(parts.letters.joined(separator: " "))
    case .tags: return Array("<p>\(parts.letters.joined(separator: "<b></b>"))</p>".utf8)
    case .fullWidth:
      return error(
        String(String.UnicodeScalarView(key.unicodeScalars.compactMap { Unicode.Scalar($0.value - 0x21 + 0xFF01) })))
    case .invisible:
      return error(
        String(String.UnicodeScalarView(key.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xE0000) })))
    case .reversed: return error(String(key.reversed()))
    case .answer: return Self.chat("your key is \(key), is it not?")
    case .answerParts:
      return Self.chat(
        raw: "[" + parts.letters.map { #"{"type":"text","text":"\#($0)"}"# }.joined(separator: ",") + "]")
    case .model: return Self.chat("An answer.", model: key)
    case .modelAndFingerprint: return Self.chat("An answer.", model: parts.halves[0], fingerprint: key)
    case .fingerprint: return Self.chat("An answer.", fingerprint: key)
    case .finish: return Self.chat("An answer.", finish: key)
    case .errorCode: return Array(#"{"error":{"message":"no","code":"\#(key)"}}"#.utf8)
    case .errorList: return Array(#"[{"error":{"message":"no","status":"\#(key)"}}]"#.utf8)
    case .toolArguments:
      return Self.chat(
        "An answer.", further: #","tool_calls":[{"function":{"name":"f","arguments":"{\"k\":\"\#(key)\"}"}}]"#)
    case .streamEscaped: return Self.stream([numbers(16, width: 4, before: "\\u")])
    case .streamSplit: return Self.stream(["key: "] + parts.halves + [" end"])
    case .streamLetters: return Self.stream(parts.letters)
    case .streamReasoning: return Self.stream(parts.letters, field: "reasoning_content")
    case .streamPlain: return Array(parts.halves.map { "data: \($0)\n\n" }.joined().utf8)
    case .streamBase64: return Self.stream(base64(bytes).map(String.init))
    case .streamChoices:
      return Self.stream(
        parts.letters, between: #"data: {"choices":[{"index":1,"delta":{"content":"noise"}}]}"# + "\n\n")
    case .streamOtherChoice:
      return Self.stream(
        parts.letters.map { _ in "noise" },
        each: parts.letters.map {
          #"data: {"choices":[{"index":1,"delta":{"content":"\#($0)"}}]}"# + "\n\n"
        })
    case .tokens:
      return Self.chat(
        "x",
        tokens: parts.letters.map { #"{"token":"\#($0)","logprob":-1,"top_logprobs":[{"token":"a","logprob":-2}]}"# })
    case .tokenBytes: return Self.chat("x", tokens: bytes.map { #"{"token":"?","logprob":-1.5,"bytes":[\#($0)]}"# })
    case .topTokens:
      return Self.chat(
        "x",
        tokens: parts.letters.map {
          #"{"token":"?","logprob":-1,"top_logprobs":[{"token":"a","logprob":-2},{"token":"\#($0)","logprob":-3}]}"#
        })
    case .topNames:
      let names = [String(key.prefix(6)), String(key.dropFirst(6))].map { #"{"\#($0)":-1.5}"# }.joined(separator: ",")
      return Array(
        #"{"choices":[{"text":"x","finish_reason":"stop","logprobs":{"tokens":["x","y"],"token_logprobs":[-1,-1],"top_logprobs":[\#(names)]}}]}"#
          .utf8)
    case .headers, .headerNames, .headersSplit, .reason: return Self.chat("An answer.")
    }
  }

  private static func withNoise(_ pieces: [String]) -> String {
    pieces.map { "{\"k\":\"\($0)\",\"z\":\"noise\"}" }.joined(separator: ",")
  }

  private static func chat(
    _ text: String = "", raw: String? = nil, model: String = "m", fingerprint: String = "f", finish: String = "stop",
    further: String = "", tokens: [String] = []
  ) -> [UInt8] {
    let logprobs = tokens.isEmpty ? "" : #","logprobs":{"content":[\#(tokens.joined(separator: ","))]}"#
    return Array(
      #"{"model":"\#(model)","system_fingerprint":"\#(fingerprint)","choices":[{"index":0,"finish_reason":"\#(finish)","message":{"role":"assistant","content":\#(raw ?? "\"\(text)\"")\#(further)}\#(logprobs)}],"usage":{"prompt_tokens":5,"completion_tokens":3}}"#
        .utf8)
  }

  private static func stream(_ pieces: [String], field: String = "content", between: String = "") -> [UInt8] {
    stream(pieces, field: field, each: pieces.map { _ in between })
  }

  /// - Parameter others: follow the pieces, one each.
  private static func stream(_ pieces: [String], field: String = "content", each others: [String]) -> [UInt8] {
    let events = zip(pieces, others).map {
      #"data: {"choices":[{"index":0,"delta":{"\#(field)":"\#($0)"}}]}"# + "\n\n" + $1
    }
    let end = #"data: {"choices":[{"index":0,"delta":{"content":"."},"finish_reason":"stop"}]}"#
    return Array((events.joined() + end + "\n\ndata: [DONE]\n\n").utf8)
  }

  /// - Parameter window: as zlib wants it: 15 for its own head, 16 more for gzip's, below 0 for none.
  package static func compressed(_ bytes: [UInt8], window: Int32) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard deflateInit2_(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
      return []
    }
    defer { deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: bytes.count + 1_024)
    var input = bytes
    let written = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
        (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
        return CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END ? output.count - Int(stream.avail_out) : 0
      }
    }
    return Array(output[..<written])
  }
}
