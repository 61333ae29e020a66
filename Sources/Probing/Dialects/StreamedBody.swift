package import Formats

/// The body of a response that came as a stream: Server-Sent Events, or one JSON value a line.
///
/// - Source: WHATWG, HTML Living Standard, "Server-sent events", §9.2.6.
package struct StreamedBody: Hashable, Sendable {
  /// Events that are read: an event is a token or more, and no answer that is asked for has so many.
  package static let mostEvents = 65_536

  /// In words, as in `a stream of more than …`.
  static let limit = "\(mostEvents) events or \(JSONSize.stream.room) values"

  /// The JSON of each event, in the order of the stream.
  package private(set) var values: [JSONValue] = []
  /// `data: [DONE]` came.
  package private(set) var isDone = false
  /// Something came that is not JSON: the stream was cut within an event, or mixed with other text.
  package private(set) var isBroken = false
  /// More events or values came than are read; it is broken, too.
  package private(set) var isTooLong = false
  /// What the events that are still to come may take.
  private var room = JSONSize.stream

  /// The events of a body; nil if it is none: JSON and HTML begin with none of the words that events begin with.
  package init?(events body: [UInt8]) {
    let start = body.firstIndex { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) } ?? body.count
    guard ["data:", "event:", "id:", "retry:", ":"].contains(where: { body[start...].starts(with: $0.utf8) }) else {
      return nil
    }
    var data: [UInt8] = []
    var hasData = false
    var lines = Lines(of: body, from: start)
    while !isTooLong, let line = lines.next() {
      if line.isEmpty {
        if hasData { add(data) }
        data.removeAll(keepingCapacity: true)
        hasData = false
      } else if line.starts(with: "data:".utf8) {
        if hasData { data.append(UInt8(ascii: "\n")) }
        let value = line.dropFirst(5)
        data.append(contentsOf: value.first == 0x20 ? value.dropFirst() : value)
        hasData = true
      }
    }
    // The standard drops an event without the empty line behind it; servers leave that line out after the last one.
    if hasData { add(data) }
  }

  /// One JSON value a line; nil for an empty body.
  package init?(lines body: [UInt8]) {
    var lines = Lines(of: body, from: 0)
    while !isTooLong, let line = lines.next() {
      if line.contains(where: { $0 > 0x20 }) { add(Array(line)) }
    }
    guard !values.isEmpty else { return nil }
  }

  private mutating func add(_ data: [UInt8]) {
    if data.elementsEqual("[DONE]".utf8) {
      isDone = true
    } else if values.count == Self.mostEvents {
      (isTooLong, isBroken) = (true, true)
    } else if let value = JSONValue.parse(data, within: &room) {
      values.append(value)
    } else {
      isBroken = true
      isTooLong = room.room == 0
    }
  }

  /// The lines of a body, one at a time: there may be millions. They end in LF, CR LF or CR.
  private struct Lines {
    private let bytes: [UInt8]
    private var at: Int

    init(of bytes: [UInt8], from start: Int) {
      self.bytes = bytes
      at = start
    }

    mutating func next() -> ArraySlice<UInt8>? {
      guard at < bytes.count else { return nil }
      let start = at
      while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
      let line = bytes[start..<at]
      let isPair = at + 1 < bytes.count && bytes[at] == 0x0D && bytes[at + 1] == 0x0A
      at += isPair ? 2 : 1
      return line
    }
  }
}

extension StreamedBody {
  /// The texts at a place of every event, joined; nil if there are none.
  func joined(_ place: (JSONValue) -> JSONValue?) -> JSONValue? {
    let texts = values.compactMap { place($0)?.string }
    return texts.isEmpty ? nil : .string(texts.joined())
  }

  /// The lists at a place of every event, one after the other; nil if there are none.
  func appended(_ place: (JSONValue) -> JSONValue?) -> JSONValue? {
    let lists = values.compactMap { place($0)?.array }
    return lists.isEmpty ? nil : .array(lists.flatMap(\.self))
  }

  /// The last value at a place that is not null.
  func last(_ place: (JSONValue) -> JSONValue?) -> JSONValue? {
    values.reversed().lazy.compactMap(place).first { $0 != .null }
  }
}
