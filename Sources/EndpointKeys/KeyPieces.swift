/// The strings and whole numbers of a body that may belong together: a key can come in as many pieces as there are deltas of a
/// stream, parts of an answer, tokens or bytes of a list.
///
/// The body is read as JSON is, but forgivingly: a stream of events, lines of JSON, a body that was cut or that is no JSON at
/// all have strings too. Pieces are gathered by where they stand: by the name before them, by all names above them, and by
/// these with their place in the innermost list, and with the number that an object around them states as its `index`.
struct KeyPieces {
  struct Number {
    let range: Range<UInt32>
    let value: UInt8
  }

  /// Names within each other that are told apart: more than any reader of JSON goes through.
  private static let deepest = 1_024

  private(set) var strings = PlaceGroups<Range<UInt32>>()
  /// Whole numbers from 0 to 255, which may be bytes.
  private(set) var numbers = PlaceGroups<Number>()
  /// Something stands deeper than is told apart: pieces of a key may be among it.
  private(set) var isTooDeep = false

  init(of body: [UInt8]) { body.withUnsafeBufferPointer { read($0) } }

  /// What encloses the place that is read.
  private struct Level {
    let isList: Bool
    /// Of all names up to here.
    let path: UInt64
    /// In the innermost list around it.
    let outerIndex: UInt64
    var name: UInt64 = 0
    /// Of what comes next in it.
    var index: UInt64 = 0
    /// Of the last `index` that it or what is around it states: several answers come in turn in one stream. 0 without one.
    var stated: UInt64 = 0

    var listIndex: UInt64 { isList ? index : outerIndex }
  }

  private mutating func read(_ body: UnsafeBufferPointer<UInt8>) {
    var levels: [Level] = [Level(isList: true, path: 1, outerIndex: 0)]
    var at = 0
    while at < body.count {
      let byte = body[at]
      switch byte {
      case UInt8(ascii: "\""):
        let end = Self.end(ofString: at, in: body)
        let range = UInt32(at + 1)..<UInt32(max(end, at + 1))
        let level = levels[levels.count - 1]
        if !level.isList, Self.isName(behind: end, in: body) {
          levels[levels.count - 1].name = Self.name(body[(at + 1)..<max(end, at + 1)])
          add(range, at: Self.mix(level.path, 3), 5)
        } else {
          let places = Self.places(level)
          add(range, at: places.name, places.path, places.index)
          if level.stated != 0 { add(range, at: Self.mix(places.index, level.stated)) }
        }
        at = end + 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard levels.count < Self.deepest else {
          isTooDeep = true
          return
        }
        let level = levels[levels.count - 1]
        levels.append(
          Level(
            isList: byte == UInt8(ascii: "["), path: Self.mix(level.path, level.name), outerIndex: level.listIndex,
            name: level.name, stated: level.stated))
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if levels.count > 1 { levels.removeLast() }
        at += 1
      case UInt8(ascii: ","):
        levels[levels.count - 1].index &+= 1
        at += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let level = levels[levels.count - 1]
        let end = readNumber(at, body, level)
        if !level.isList, level.name == Self.index { levels[levels.count - 1].stated = Self.hash(body[at..<end]) }
        at = end
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        at += 1
        // An event begins anew, whatever the one before it left open.
        if Self.isData(at, in: body) { levels.removeLast(levels.count - 1) }
      default: at += 1
      }
    }
  }

  private mutating func readNumber(_ start: Int, _ body: UnsafeBufferPointer<UInt8>, _ level: Level) -> Int {
    var at = start
    while at < body.count, body[at].isLetterOrDigit || body[at] == 0x2E || body[at] == 0x2B || body[at] == 0x2D {
      at += 1
    }
    // A key is spelled by negative numbers as well: log-probabilities are of that kind.
    guard at - start <= 8,
      let byte = Self.byte(UnsafeBufferPointer(rebasing: body[start..<at]))
    else { return at }
    let number = Number(range: UInt32(start)..<UInt32(at), value: byte)
    let places = Self.places(level)
    numbers.add(number, at: places.name)
    numbers.add(number, at: places.path)
    numbers.add(number, at: places.index)
    return at
  }

  /// What is written as a number, if it is a whole one from 0 to 255.
  private static func byte(_ digits: UnsafeBufferPointer<UInt8>) -> UInt8? {
    if digits.count <= 3, digits.allSatisfy({ $0 <= UInt8(ascii: "9") && $0 >= UInt8(ascii: "0") }) {
      return UInt8(exactly: digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
    }
    return Double(String(decoding: digits, as: UTF8.self)).flatMap { UInt8(exactly: $0) }
  }

  private mutating func add(_ range: Range<UInt32>, at places: UInt64...) {
    guard !range.isEmpty else { return }
    for place in places { strings.add(range, at: place) }
  }

  private static func places(_ level: Level) -> (name: UInt64, path: UInt64, index: UInt64) {
    let path = mix(level.path, level.name)
    return (mix(level.name, 7), mix(path, 11), mix(path, 13 &+ level.listIndex))
  }

  /// Where the string that begins at a quote ends: at its quote, or at the end of the line.
  private static func end(ofString start: Int, in body: UnsafeBufferPointer<UInt8>) -> Int {
    var at = start + 1
    while at < body.count {
      switch body[at] {
      case UInt8(ascii: "\""), 0x0A, 0x0D: return at
      // The end of a line ends a string behind a backslash, too.
      case UInt8(ascii: "\\"): at += at + 1 < body.count && [0x0A, 0x0D].contains(body[at + 1]) ? 1 : 2
      default: at += 1
      }
    }
    return body.count
  }

  private static func isName(behind end: Int, in body: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = end + 1
    while at < body.count, body[at] == 0x20 || body[at] == 0x09 || body[at] == 0x0A || body[at] == 0x0D { at += 1 }
    return at < body.count && body[at] == UInt8(ascii: ":")
  }

  private static func isData(_ at: Int, in body: UnsafeBufferPointer<UInt8>) -> Bool {
    at + 5 <= body.count && body[at..<(at + 5)].elementsEqual("data:".utf8)
  }

  /// FNV-1a. Names of digits alone count as one: some servers name alternatives by the ids of their tokens.
  private static func name(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
    bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? 17 : hash(bytes)
  }

  private static let index = hash("index".utf8)

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var value = (a ^ (b &* 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    value ^= value >> 29
    return value
  }
}

/// What stands behind `data:` in the events of a stream, one piece after the other.
enum EventPieces {
  static func ranges(in body: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var at = 0
    while at < body.count {
      let end = body[at...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? body.count
      if end - at > 5, body[at..<(at + 5)].elementsEqual("data:".utf8) { ranges.append((at + 5)..<end) }
      at = end + 1
    }
    return ranges
  }
}
