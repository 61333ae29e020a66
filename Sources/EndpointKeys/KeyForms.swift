/// The forms in which a key can be written, as an automaton that finds all of them in one pass.
///
/// Texts are compared by their ASCII letters and digits alone, without case. What stands between them does not count: marks,
/// white space, line ends, zero-width characters, the zero bytes of UTF-16 and UTF-32, the commas of a list. So one form
/// stands for many spellings, and what is left between two letters can hide nothing.
///
/// - Source: Aho and Corasick, "Efficient string matching", CACM 18 (1975).
struct KeyForms: Sendable {
  /// Letters and digits.
  private static let symbols = 36
  private static let none: UInt8 = 0xFF

  /// The symbol of each byte.
  private static let symbol: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt8(byte) - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt8(byte) - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt8(byte) - UInt8(ascii: "A") + 10
    default: none
    }
  }

  /// What follows each state by each symbol.
  private let next: [Int32]
  /// The longest form that ends in a state, in symbols; 0 where none does.
  private let matched: [Int32]
  /// Symbols of the shortest form.
  let shortest: Int

  init(of secrets: [String]) {
    let forms = Set(secrets.flatMap { Self.forms(of: Array($0.utf8)) }.map(Self.folded))
    var next = [Int32](repeating: -1, count: Self.symbols)
    var matched: [Int32] = [0]
    for form in forms where !form.isEmpty {
      var state = 0
      for symbol in form {
        let place = state * Self.symbols + Int(symbol)
        if next[place] < 0 {
          next[place] = Int32(matched.count)
          next.append(contentsOf: repeatElement(-1, count: Self.symbols))
          matched.append(0)
        }
        state = Int(next[place])
      }
      matched[state] = max(matched[state], Int32(form.count))
    }
    Self.link(&next, &matched)
    self.next = next
    self.matched = matched
    shortest = forms.map(\.count).min() ?? 0
  }

  /// Turns a tree of forms into an automaton, state by state in the order of their depth.
  private static func link(_ next: inout [Int32], _ matched: inout [Int32]) {
    var failure = [Int](repeating: 0, count: matched.count)
    var queue: [Int] = []
    for symbol in 0..<symbols {
      if next[symbol] < 0 { next[symbol] = 0 } else { queue.append(Int(next[symbol])) }
    }
    var at = 0
    while at < queue.count {
      let state = queue[at]
      at += 1
      matched[state] = max(matched[state], matched[failure[state]])
      for symbol in 0..<symbols {
        let place = state * symbols + symbol
        let fallback = next[failure[state] * symbols + symbol]
        if next[place] < 0 {
          next[place] = fallback
        } else {
          failure[Int(next[place])] = Int(fallback)
          queue.append(Int(next[place]))
        }
      }
    }
  }

  /// Whether a form is in the bytes.
  func occur(in bytes: [UInt8]) -> Bool {
    var state = 0
    return bytes.withUnsafeBufferPointer { bytes in
      next.withUnsafeBufferPointer { next in
        matched.withUnsafeBufferPointer { matched in
          Self.symbol.withUnsafeBufferPointer { table in
            for byte in bytes {
              let symbol = table[Int(byte)]
              guard symbol != Self.none else { continue }
              state = Int(next[state * Self.symbols + Int(symbol)])
              if matched[state] > 0 { return true }
            }
            return false
          }
        }
      }
    }
  }

  /// Parts strings from each other, or begins an escape: never taken for a part of a key.
  static let parting = Set("\"\\{}[],:<>\n\r".utf8)
  /// Marks of the key itself, one after the other.
  private static let longestGap = 4

  /// Calls with the place of every byte that belongs to a form, marks within it included; with some more than once.
  func places(in bytes: [UInt8], _ found: (Int) -> Void) {
    var state = 0
    // The places of the symbols so far.
    var places: [UInt32] = []
    for (place, byte) in bytes.enumerated() {
      let symbol = Self.symbol[Int(byte)]
      guard symbol != Self.none else { continue }
      places.append(UInt32(place))
      state = Int(next[state * Self.symbols + Int(symbol)])
      guard matched[state] > 0 else { continue }
      var last: Int?
      for place in places.suffix(Int(matched[state])).lazy.map(Int.init) {
        if let last, place - last - 1 <= Self.longestGap, !bytes[last..<place].contains(where: Self.parting.contains) {
          (last..<place).forEach(found)
        }
        found(place)
        last = place
      }
    }
  }

  static func folded(_ bytes: [UInt8]) -> [UInt8] { bytes.map { symbol[Int($0)] }.filter { $0 != none } }
}

// MARK: Which forms

extension KeyForms {
  /// A part of a key of at least so many symbols is taken for the key: servers cut what they echo, and a body may end anywhere.
  private static let shortestPart = 16
  /// Bytes of a key that is looked for in all its forms.
  private static let longestInAllForms = 1_024
  /// A part of so many is, however long the key.
  private static let longestPart = 64

  /// Parts of a key of which one is in every part that is long enough: three quarters of it, or `longestPart`. Of long keys
  /// shorter ones at some distance: all of them would take memory by the square.
  private static func parts(of plain: [UInt8]) -> [[UInt8]] {
    let sufficient = min(longestPart, max(shortestPart, plain.count * 3 / 4))
    guard plain.count > sufficient else { return [] }
    let length = sufficient == longestPart ? 3 * longestPart / 4 : sufficient
    return stride(from: 0, through: plain.count - length, by: sufficient - length + 1).map {
      Array(plain[$0..<($0 + length)])
    }
    // A run of zeros within a key is no part that tells it.
    .filter { KeyStrength.surprising($0.map { symbol[Int($0)] }) >= KeyStrength.leastSurprising }
  }

  private static func forms(of key: [UInt8]) -> [[UInt8]] {
    let plain = key.filter { symbol[Int($0)] != none }
    let upper = key.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
    let lower = key.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
    var forms = [key, plain.reversed(), key.map(rot13)]
    // A key may itself hold what reads as an escape; what that stands for may be a word.
    if let decoded = KeyView(key).unescaped(tracing: false), KeyStrength.isGuarded(decoded.bytes) {
      forms.append(decoded.bytes)
    }
    forms += parts(of: plain)
    guard key.count <= longestInAllForms else { return forms + usualForms(of: key) }
    for spelling in Set([key, upper, lower]) {
      let wide: [UInt8] = spelling.flatMap { [$0, 0] as [UInt8] }
      let wideFromBig: [UInt8] = [0] + wide.dropLast()
      // All ways of writing for the key as it is, the common ones for the others.
      forms += numerals(of: spelling).prefix(spelling == key ? .max : 3)
      for bytes in [spelling, wide, wideFromBig] { forms += base64(of: bytes) }
      forms += base32(of: spelling)
      // Twice: base64 of base64, of hexadecimal digits and of percent signs, and the digits of base64.
      forms += base64(of: spelling).flatMap { base64(of: $0) }
      for inner in [digits(of: spelling, radix: 16, width: 2), percent(of: spelling)] { forms += base64(of: inner) }
      forms += base64(of: spelling).map { digits(of: $0, radix: 16, width: 2) }
    }
    return forms
  }

  /// Of what may be a token of a thousand letters: all forms of it would take hundreds of megabytes.
  private static func usualForms(of key: [UInt8]) -> [[UInt8]] {
    let wide: [UInt8] = key.flatMap { [$0, 0] as [UInt8] }
    let once = base64(of: key)
    return once + base64(of: wide) + once.flatMap { base64(of: $0) } + base32(of: key) + numerals(of: key).prefix(3)
  }

  /// Each byte as a number, in the ways in which languages write characters.
  private static func numerals(of bytes: [UInt8]) -> [[UInt8]] {
    let hexadecimal = digits(of: bytes, radix: 16, width: 2)
    return [
      hexadecimal, digits(of: bytes, radix: 10, width: 1), digits(of: bytes, radix: 10, width: 3),
      digits(of: bytes, radix: 8, width: 3), digits(of: bytes, radix: 8, width: 1),
      digits(of: bytes, radix: 2, width: 8), digits(of: bytes, radix: 16, width: 2, before: "x"),
      digits(of: bytes, radix: 16, width: 2, before: "0x"), digits(of: bytes, radix: 16, width: 4),
      digits(of: bytes, radix: 16, width: 4, before: "u"), digits(of: bytes, radix: 16, width: 8, before: "U"),
      digits(of: bytes, radix: 16, width: 2, before: "u"), digits(of: bytes, radix: 16, width: 2, before: "25"),
    ]
  }

  private static func digits(of bytes: [UInt8], radix: Int, width: Int, before: String = "") -> [UInt8] {
    bytes.flatMap { byte in
      let digits = String(byte, radix: radix)
      return Array((before + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits).utf8)
    }
  }

  private static func percent(of bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { Array("%".utf8) + digits(of: [$0], radix: 16, width: 2) }
  }

  private static func rot13(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): (byte - UInt8(ascii: "a") + 13) % 26 + UInt8(ascii: "a")
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): (byte - UInt8(ascii: "A") + 13) % 26 + UInt8(ascii: "A")
    default: byte
    }
  }

  private static let letters64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let letters32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  private static func base64(of bytes: [UInt8]) -> [[UInt8]] { letters(letters64, bits: 6, of: bytes, starts: 3) }
  private static func base32(of bytes: [UInt8]) -> [[UInt8]] { letters(letters32, bits: 5, of: bytes, starts: 5) }

  /// The letters that bytes give wherever they begin within a group: those that hold bits of a neighbour are left out.
  private static func letters(_ letters: [UInt8], bits: Int, of bytes: [UInt8], starts: Int) -> [[UInt8]] {
    (0..<starts).map { start in
      let first = (start * 8 + bits - 1) / bits * bits
      let end = (start + bytes.count) * 8
      func bit(_ place: Int) -> Int {
        let byte = place / 8 - start
        return byte >= 0 ? Int(bytes[byte] >> UInt8(7 - place % 8)) & 1 : 0
      }
      return stride(from: first, through: end - bits, by: bits).map { from in
        letters[(from..<(from + bits)).reduce(0) { $0 << 1 | bit($1) }]
      }
    }
  }
}
