package import Cases
import Formats

/// Takes keys out of what is about to be stored or told. Servers echo what they are sent, by chance or to have it published.
///
/// A key is looked for in whatever can be read as one: in the bytes, in what their escapes stand for, in what compressed
/// bodies say, in the pieces of streams and lists put together, and in the forms of `KeyForms`. What is found is masked in
/// the bytes themselves, piece by piece, and everything else (answer, tokens, error) is read from the masked bytes: so what
/// is stored is what the stored body says. A body in which a key stays after that is not stored at all.
///
/// This is against echoes, not against whoever wants a key published: the handbook's page on threats says so, and what to do.
///
/// Not found: a key that is encrypted or changed by a rule of the sender's own, in base 85, base 58 or uuencode, in letters of
/// other scripts that look like Latin ones, spelt in words or shown in a picture; compressed within a text, or by a format that
/// neither a header nor its first bytes tell; cut into parts that are encoded each for itself, or that stand in different
/// members, lines and responses; and a part of it below three quarters, or below 64 letters and digits.
package struct Redaction: Sendable {
  package static let mark = "[redacted]"

  /// Escapes within escapes that are taken off; what has more of them is not kept.
  private static let deepest = 24
  /// How often what was masked is looked through again.
  private static let rounds = 4

  /// nil where there is nothing to look for.
  private let forms: KeyForms?
  private let limit: Int

  /// - Parameter limit: bytes of a body, decompressed.
  package init(secrets: [String], limit: Int = Limits.responseBytes) {
    let guarded = secrets.filter(KeyStrength.isGuarded)
    forms = guarded.isEmpty ? nil : KeyForms(of: guarded)
    self.limit = limit
  }

  /// The body without keys. One that cannot be looked into, or that holds a key in spite of all, is the mark alone.
  ///
  /// - Parameter encoding: value of `content-encoding`.
  package func body(_ bytes: [UInt8], encoding: String? = nil) -> (bytes: [UInt8], changed: Bool) {
    guard forms != nil, !bytes.isEmpty else { return (bytes, false) }
    switch InflatedBody(bytes, encoding: encoding, limit: limit, takingCut: true) {
    case .unknown: return (Self.nothing, true)
    case .inflated(let inner) where isIn(inner): return (Self.nothing, true)
    case .inflated, .plain: return masked(bytes)
    }
  }

  /// A body of which nothing may be kept.
  package static let nothing = Array(mark.utf8)

  /// Words fit to be told.
  package func text(_ text: String) -> String {
    let result = masked(Array(text.utf8))
    return result.changed ? String(decoding: result.bytes, as: UTF8.self) : text
  }

  /// Names and values, each and all together: a key may be cut over several of them.
  package func headers(_ headers: [Attempt.Header]) -> (headers: [Attempt.Header], changed: Bool) {
    let parts = headers.flatMap { [$0.name, $0.value] }.map { Array($0.utf8) }
    guard
      isIn(Array(parts.joined(separator: [0x0A]))) || isIn(headers.flatMap { Array($0.value.utf8) })
        || isIn(headers.flatMap { Array($0.name.utf8) })
    else { return (headers, false) }
    let each = headers.map { Attempt.Header(name: text($0.name), value: text($0.value)) }
    let values = each.flatMap { Array($0.value.utf8) }
    let names = each.flatMap { Array($0.name.utf8) }
    guard isIn(values) || isIn(names) || isIn(each.flatMap { Array("\($0.name)\n\($0.value)\n".utf8) }) else {
      return (each, true)
    }
    return (each.map { Attempt.Header(name: isIn(names) ? Self.mark : $0.name, value: Self.mark) }, true)
  }

  /// Whether there is a key in bytes, or may be one where nothing can be told.
  package func isIn(_ bytes: [UInt8]) -> Bool { look(through: bytes) != .clean }

  /// What bytes turn out to be.
  private enum Finding { case clean, withKey, tooDeep }

  private func look(through bytes: [UInt8]) -> Finding {
    guard let forms else { return .clean }
    return switch Self.views(of: bytes, shortest: forms.shortest, tracing: false, { !forms.occur(in: $0.bytes) }) {
    case .all: .clean
    case .stopped: .withKey
    case .tooDeep: .tooDeep
    }
  }

  private func masked(_ bytes: [UInt8]) -> (bytes: [UInt8], changed: Bool) {
    var result = bytes
    for round in 0...Self.rounds {
      switch look(through: result) {
      case .clean: return (result, round > 0)
      case .withKey where round < Self.rounds: result = maskedOnce(result)
      case .withKey, .tooDeep: return (Self.nothing, true)
      }
    }
    return (Self.nothing, true)
  }

  private func maskedOnce(_ bytes: [UInt8]) -> [UInt8] {
    guard let forms else { return bytes }
    var mask = KeyMask(bytes)
    _ = Self.views(of: bytes, shortest: forms.shortest, tracing: true) { view in
      forms.places(in: view.bytes) { mask.add(view.origin($0)) }
      return true
    }
    return mask.masked
  }

  /// How far the views of bytes were shown.
  private enum Views { case all, stopped, tooDeep }

  /// Shows everything that bytes can be read as, until `goOn` is false, or until they turn out to be nested deeper than is read.
  private static func views(
    of bytes: [UInt8], shortest: Int, tracing: Bool, _ goOn: (KeyView) -> Bool
  ) -> Views {
    var shown = layers(of: KeyView(bytes), tracing: tracing, goOn)
    guard shown == .all else { return shown }
    func show(joined ranges: some Collection<Range<Int>>) -> Bool {
      let count = ranges.reduce(0) { $0 + $1.count }
      guard ranges.count > 1, count >= shortest else { return true }
      var view = KeyView(tracing: tracing, capacity: count)
      for range in ranges { view.append(range, of: bytes) }
      shown = layers(of: view, tracing: tracing, goOn)
      return shown == .all
    }
    guard show(joined: EventPieces.ranges(in: bytes)) else { return shown }
    let pieces = KeyPieces(of: bytes)
    guard !pieces.isTooDeep else { return .tooDeep }
    guard
      pieces.strings.forEach(
        ofAtLeast: 2, { ranges in show(joined: ranges.lazy.map { Int($0.lowerBound)..<Int($0.upperBound) }) })
    else { return shown }
    _ = pieces.numbers.forEach(ofAtLeast: 8) { numbers in
      var view = KeyView(tracing: tracing, capacity: numbers.count)
      for number in numbers {
        let origin = KeyView.Origin(start: number.range.lowerBound, end: number.range.upperBound)
        view.append(number.value, from: origin, to: origin)
      }
      shown = layers(of: view, tracing: tracing, goOn)
      return shown == .all
    }
    return shown
  }

  /// Bytes, and what is left of them when one layer of escapes after the other is taken off.
  private static func layers(of view: KeyView, tracing: Bool, _ goOn: (KeyView) -> Bool) -> Views {
    var view = view
    for _ in 0...deepest {
      guard goOn(view) else { return .stopped }
      if let words = view.withoutTags(tracing: tracing), !goOn(words) { return .stopped }
      guard let next = view.unescaped(tracing: tracing) else { return .all }
      view = next
    }
    return .tooDeep
  }
}

/// Places of a body that a key stands at, and the body without them.
private struct KeyMask {
  private let bytes: [UInt8]
  private var isKey: [Bool]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isKey = Array(repeating: false, count: bytes.count)
  }

  mutating func add(_ origin: KeyView.Origin) {
    for place in Int(origin.start)..<min(Int(origin.end), bytes.count) { isKey[place] = true }
  }

  /// Every piece replaced: by the mark, or by 0 where a number stands, so that JSON stays what it is.
  var masked: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      guard isKey[at] else {
        result.append(bytes[at])
        at += 1
        continue
      }
      let end = end(ofPieceAt: at)
      if isNumber(at, end) {
        result.append(UInt8(ascii: "0"))
      } else {
        // The backslash of an escape goes with its letter.
        if result.reversed().prefix(while: { $0 == UInt8(ascii: "\\") }).count % 2 == 1 { result.removeLast() }
        result.append(contentsOf: Redaction.mark.utf8)
      }
      at = end
    }
    return result
  }

  /// A piece goes on over a few bytes that part no strings: marks of the key itself, zero bytes of a wide encoding.
  private func end(ofPieceAt start: Int) -> Int {
    var end = start
    while true {
      while end < bytes.count, isKey[end] { end += 1 }
      let gap = bytes[end...].prefix(7).prefix { !KeyForms.parting.contains($0) && !$0.isLetterOrDigit }
      let next = end + gap.count
      guard next > end, next < bytes.count, isKey[next] else { return end }
      end = next
    }
  }

  private func isNumber(_ start: Int, _ end: Int) -> Bool {
    guard bytes[start..<end].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == 0x2E }) else {
      return false
    }
    let before = bytes[..<start].reversed().prefix(64).first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
    let after = bytes[end...].prefix(64).first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
    return before.map { "[,:0123456789".utf8.contains($0) } ?? false
      && after.map { "],}0123456789".utf8.contains($0) } ?? false
  }
}
